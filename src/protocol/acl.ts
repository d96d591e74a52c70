// The words of access control lists by the codes of the protocol (org.apache.kafka.common.acl, .resource).

/** ResourceType.code. */
export const AclResource = {
  ANY: 1,
  TOPIC: 2,
  GROUP: 3,
  CLUSTER: 4,
  TRANSACTIONAL_ID: 5,
  DELEGATION_TOKEN: 6,
  USER: 7,
} as const;

/** PatternType.code. ANY and MATCH are for filters only. */
export const PatternType = { ANY: 1, MATCH: 2, LITERAL: 3, PREFIXED: 4 } as const;

/** AclOperation.code. */
export const AclOperation = {
  ANY: 1,
  ALL: 2,
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
  CREATE_TOKENS: 13,
  DESCRIBE_TOKENS: 14,
  TWO_PHASE_COMMIT: 15,
} as const;

/** AclPermissionType.code. */
export const Permission = { ANY: 1, DENY: 2, ALLOW: 3 } as const;

/** The only name that the CLUSTER resource has. */
export const CLUSTER_NAME = 'kafka-cluster';
/** A literal resource of this name stands for all of its type; a host for all hosts. */
export const WILDCARD = '*';
/** The principal that stands for all users. */
export const WILDCARD_PRINCIPAL = 'User:*';

const nameOf = (codes: Readonly<Record<string, number>>, code: number): string =>
  Object.keys(codes).find((name) => codes[name] === code) ?? 'UNKNOWN';

export const resourceTypeName = (code: number): string => nameOf(AclResource, code);
export const patternTypeName = (code: number): string => nameOf(PatternType, code);
export const operationName = (code: number): string => nameOf(AclOperation, code);
export const permissionName = (code: number): string => nameOf(Permission, code);

const { READ, WRITE, CREATE, DELETE, ALTER, DESCRIBE, CLUSTER_ACTION, DESCRIBE_CONFIGS, ALTER_CONFIGS } = AclOperation;
const { IDEMPOTENT_WRITE, CREATE_TOKENS, DESCRIBE_TOKENS, TWO_PHASE_COMMIT } = AclOperation;

/** AclEntry.supportedOperations: what can be done to a resource, by its type. */
export const SUPPORTED_OPERATIONS: ReadonlyMap<number, readonly number[]> = new Map([
  [AclResource.TOPIC, [READ, WRITE, CREATE, DELETE, ALTER, DESCRIBE, DESCRIBE_CONFIGS, ALTER_CONFIGS]],
  [AclResource.GROUP, [READ, DELETE, DESCRIBE, DESCRIBE_CONFIGS, ALTER_CONFIGS]],
  [AclResource.CLUSTER, [CREATE, ALTER, DESCRIBE, CLUSTER_ACTION, DESCRIBE_CONFIGS, ALTER_CONFIGS, IDEMPOTENT_WRITE]],
  [AclResource.TRANSACTIONAL_ID, [DESCRIBE, WRITE, TWO_PHASE_COMMIT]],
  [AclResource.DELEGATION_TOKEN, [DESCRIBE]],
  [AclResource.USER, [CREATE_TOKENS, DESCRIBE_TOKENS]],
]);

/** Whoever is allowed one of these may look, too. */
const IMPLY_DESCRIBE: ReadonlySet<number> = new Set([READ, WRITE, DELETE, ALTER]);

/** Whether an entry is about an operation: a permission covers what it implies, a denial only what it names. */
export function coversOperation(
  entry: { readonly operation: number; readonly permissionType: number },
  operation: number,
): boolean {
  if (entry.operation === AclOperation.ALL || entry.operation === operation) return true;
  if (entry.permissionType !== Permission.ALLOW) return false;
  if (operation === DESCRIBE) return IMPLY_DESCRIBE.has(entry.operation);
  return operation === DESCRIBE_CONFIGS && entry.operation === ALTER_CONFIGS;
}
