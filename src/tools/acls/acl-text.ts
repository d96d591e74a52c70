// Entries and patterns as Kafka's classes write them.
import type { AclBinding, AclEntry, AclPattern } from '../../client/admin/types.ts';
import { operationName, patternTypeName, permissionName, resourceTypeName } from '../../protocol/acl.ts';

/** Entries on one pattern; for --remove none means all. */
export interface AskedAcls {
  readonly pattern: AclPattern;
  readonly entries: readonly AclEntry[];
}

/** ResourcePattern.toString and ResourcePatternFilter.toString. */
export function patternText({ resourceType, resourceName, patternType }: AclPattern): string {
  const type = resourceTypeName(resourceType);
  return `ResourcePattern(resourceType=${type}, name=${resourceName}, patternType=${patternTypeName(patternType)})`;
}

/** AccessControlEntry.toString. */
function entryText({ principal, host, operation, permissionType }: AclEntry): string {
  return `(principal=${principal}, host=${host}, operation=${operationName(operation)}, permissionType=${permissionName(permissionType)})`;
}

export const bindingText = (binding: AclBinding): string =>
  `(pattern=${patternText(binding)}, entry=${entryText(binding)})`;

export const indented = (entries: readonly AclEntry[]): string =>
  entries.map((entry) => `\t${entryText(entry)}`).join('\n');

/** An entry in words, for documents and tables. */
export function plainBinding(binding: AclBinding) {
  return {
    resourceType: resourceTypeName(binding.resourceType),
    resourceName: binding.resourceName,
    patternType: patternTypeName(binding.patternType),
    principal: binding.principal,
    host: binding.host,
    operation: operationName(binding.operation),
    permissionType: permissionName(binding.permissionType),
  };
}

const sameEntry = (a: AclEntry, b: AclEntry): boolean =>
  a.principal === b.principal &&
  a.host === b.host &&
  a.operation === b.operation &&
  a.permissionType === b.permissionType;

const samePattern = (a: AclPattern, b: AclPattern): boolean =>
  a.resourceType === b.resourceType && a.resourceName === b.resourceName && a.patternType === b.patternType;

export const sameBinding = (a: AclBinding, b: AclBinding): boolean => samePattern(a, b) && sameEntry(a, b);

/** Entries by their patterns, each once, in the order in which patterns first come. */
export function byPattern(bindings: readonly AclBinding[]): { pattern: AclPattern; bindings: AclBinding[] }[] {
  const groups = new Map<string, { pattern: AclPattern; bindings: AclBinding[] }>();
  for (const binding of bindings) {
    const key = patternText(binding);
    const known = groups.get(key);
    if (!known) groups.set(key, { pattern: binding, bindings: [binding] });
    else if (!known.bindings.some((other) => sameEntry(other, binding))) known.bindings.push(binding);
  }
  return [...groups.values()];
}
