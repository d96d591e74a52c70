// Access control lists: their vocabulary by the codes of the protocol (org.apache.kafka.common.acl, .resource).

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

/** One access control entry on one resource pattern. */
export interface Acl {
  readonly resourceType: number;
  readonly resourceName: string;
  readonly patternType: number;
  /** `User:alice`. */
  readonly principal: string;
  /** An address, or `*`. */
  readonly host: string;
  readonly operation: number;
  readonly permissionType: number;
}

const nameOf = (codes: Readonly<Record<string, number>>, code: number): string =>
  Object.keys(codes).find((name) => codes[name] === code) ?? 'UNKNOWN';

export const resourceTypeName = (code: number): string => nameOf(AclResource, code);
export const patternTypeName = (code: number): string => nameOf(PatternType, code);
export const operationName = (code: number): string => nameOf(AclOperation, code);
export const permissionName = (code: number): string => nameOf(Permission, code);

/** Two entries with the same key are the same. */
export const aclKey = (acl: Acl): string =>
  [
    acl.resourceType,
    acl.patternType,
    acl.operation,
    acl.permissionType,
    acl.host,
    acl.principal,
    acl.resourceName,
  ].join('\u0000');

/** As StandardAcl.toString writes it. */
export function aclText(acl: Acl): string {
  const { resourceType, resourceName, patternType, principal, host, operation, permissionType } = acl;
  const resource = `resourceType=${resourceTypeName(resourceType)}, resourceName=${resourceName}, patternType=${patternTypeName(patternType)}`;
  return `StandardAcl(${resource}, principal=${principal}, host=${host}, operation=${operationName(operation)}, permissionType=${permissionName(permissionType)})`;
}
