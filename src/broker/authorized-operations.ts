// What a client may do, as responses tell it (KIP-430): a bit for each AclOperation code. Without an authorizer that is
// everything that there is to do.
import { AclOperation as Operation, AclResource as Resource } from './security/acl.ts';

const { READ, WRITE, CREATE, DELETE, ALTER, DESCRIBE, CLUSTER_ACTION, DESCRIBE_CONFIGS, ALTER_CONFIGS } = Operation;

const bits = (...codes: number[]) => codes.reduce((field, code) => field | (1 << code), 0);

/** The field of a response that was not asked for operations. */
export const OPERATIONS_NOT_ASKED = -2147483648;

/** AclEntry.supportedOperations of a topic. */
export const ALL_TOPIC_OPERATIONS = bits(READ, WRITE, CREATE, DELETE, ALTER, DESCRIBE, DESCRIBE_CONFIGS, ALTER_CONFIGS);

/** AclEntry.supportedOperations of the cluster. */
export const ALL_CLUSTER_OPERATIONS = bits(
  CREATE,
  ALTER,
  DESCRIBE,
  CLUSTER_ACTION,
  DESCRIBE_CONFIGS,
  ALTER_CONFIGS,
  Operation.IDEMPOTENT_WRITE,
);

/** AclEntry.supportedOperations of a group. */
export const ALL_GROUP_OPERATIONS = bits(READ, DELETE, DESCRIBE, DESCRIBE_CONFIGS, ALTER_CONFIGS);

const SUPPORTED: ReadonlyMap<number, number> = new Map([
  [Resource.TOPIC, ALL_TOPIC_OPERATIONS],
  [Resource.CLUSTER, ALL_CLUSTER_OPERATIONS],
  [Resource.GROUP, ALL_GROUP_OPERATIONS],
]);

/** AclEntry.supportedOperations of a resource type that responses tell operations of, by their codes. */
export function supportedOperations(resourceType: number): number[] {
  const field = SUPPORTED.get(resourceType) ?? 0;
  return Object.values(Operation).filter((code) => (field & (1 << code)) !== 0);
}
