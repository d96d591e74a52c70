// What a client may do, as responses tell it (KIP-430): a bit for each AclOperation code. Without an authorizer that is
// everything that there is to do.
import { AclResource as Resource, SUPPORTED_OPERATIONS } from '../protocol/acl.ts';

/** The field of a response that was not asked for operations. */
export const OPERATIONS_NOT_ASKED = -2147483648;

const supported = (resourceType: number): readonly number[] => SUPPORTED_OPERATIONS.get(resourceType) ?? [];

/** A bit for each operation. */
export function operationBits(operations: readonly number[]): number {
  return operations.reduce((field, code) => field | (1 << code), 0);
}

export const ALL_TOPIC_OPERATIONS = operationBits(supported(Resource.TOPIC));
export const ALL_CLUSTER_OPERATIONS = operationBits(supported(Resource.CLUSTER));
export const ALL_GROUP_OPERATIONS = operationBits(supported(Resource.GROUP));
