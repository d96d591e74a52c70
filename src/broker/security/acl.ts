// Access control entries as the broker keeps them.
import { operationName, patternTypeName, permissionName, resourceTypeName } from '../../protocol/acl.ts';

export * from '../../protocol/acl.ts';

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
  return `StandardAcl[${resource}, principal=${principal}, host=${host}, operation=${operationName(operation)}, permissionType=${permissionName(permissionType)}]`;
}
