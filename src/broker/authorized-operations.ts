// What a client may do, as responses tell it (KIP-430): a bit for each AclOperation code. Without an authorizer that is
// everything that there is to do.

/** AclOperation.code. */
const Operation = {
  READ: 3,
  WRITE: 4,
  CREATE: 5,
  DELETE: 6,
  ALTER: 7,
  DESCRIBE: 8,
  CLUSTER_ACTION: 9,
  DESCRIBE_CONFIGS: 10,
  ALTER_CONFIGS: 11,
  IDEMPOTENT_WRITE: 12,
} as const;
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
