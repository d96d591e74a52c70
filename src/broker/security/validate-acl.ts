// What an entry must be to be made (AclApis.handleCreateAcls, AclControlManager.validateNewAcl), with Kafka's texts.
import {
  type Acl,
  AclOperation,
  AclResource,
  CLUSTER_NAME,
  operationName,
  PatternType,
  Permission,
  patternTypeName,
  permissionName,
  resourceTypeName,
} from './acl.ts';

const known = (codes: Readonly<Record<string, number>>, code: number): boolean => Object.values(codes).includes(code);

/** Why an entry cannot be made; undefined if it can. */
export function aclProblem(acl: Acl): string | undefined {
  const { resourceType, resourceName, patternType, principal, operation, permissionType } = acl;
  if (resourceType === AclResource.CLUSTER && resourceName !== CLUSTER_NAME)
    return `The only valid name for the CLUSTER resource is ${CLUSTER_NAME}`;
  if (resourceName === '') return 'Invalid empty resource name';
  if (resourceType === AclResource.ANY || !known(AclResource, resourceType))
    return `Invalid resourceType ${resourceTypeName(resourceType)}`;
  if (patternType !== PatternType.LITERAL && patternType !== PatternType.PREFIXED)
    return `Invalid patternType ${patternTypeName(patternType)}`;
  if (operation === AclOperation.ANY || !known(AclOperation, operation))
    return `Invalid operation ${operationName(operation)}`;
  if (permissionType !== Permission.ALLOW && permissionType !== Permission.DENY)
    return `Invalid permissionType ${permissionName(permissionType)}`;
  if (!principal.includes(':'))
    return `Could not parse principal from \`${principal}\` (no colon is present separating the principal type from the principal name)`;
  return undefined;
}
