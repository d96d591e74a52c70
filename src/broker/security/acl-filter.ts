// Which entries a filter of DescribeAcls or DeleteAcls means (AclBindingFilter, ResourcePatternFilter; KIP-290).
import { type Acl, AclOperation, AclResource, PatternType, Permission, WILDCARD } from './acl.ts';

/** A filter as the requests have it; null and the codes ANY match everything. */
export interface AclFilter {
  readonly resourceTypeFilter: number;
  readonly resourceNameFilter: string | null;
  readonly patternTypeFilter: number;
  readonly principalFilter: string | null;
  readonly hostFilter: string | null;
  readonly operation: number;
  readonly permissionType: number;
}

export function matchesFilter(acl: Acl, filter: AclFilter): boolean {
  return matchesResource(acl, filter) && matchesEntry(acl, filter);
}

function matchesEntry(acl: Acl, { principalFilter, hostFilter, operation, permissionType }: AclFilter): boolean {
  return (
    (principalFilter === null || principalFilter === acl.principal) &&
    (hostFilter === null || hostFilter === acl.host) &&
    (operation === AclOperation.ANY || operation === acl.operation) &&
    (permissionType === Permission.ANY || permissionType === acl.permissionType)
  );
}

function matchesResource(acl: Acl, filter: AclFilter): boolean {
  const { resourceTypeFilter, resourceNameFilter: name, patternTypeFilter } = filter;
  if (resourceTypeFilter !== AclResource.ANY && resourceTypeFilter !== acl.resourceType) return false;
  const anyPattern = patternTypeFilter === PatternType.ANY;
  if (!anyPattern && patternTypeFilter !== PatternType.MATCH && patternTypeFilter !== acl.patternType) return false;
  if (name === null) return true;
  if (anyPattern || patternTypeFilter === acl.patternType) return name === acl.resourceName;
  if (acl.patternType === PatternType.PREFIXED) return name.startsWith(acl.resourceName);
  return name === acl.resourceName || acl.resourceName === WILDCARD;
}
