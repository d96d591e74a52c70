// From a command line of kafka-acls to the entries that it means (org.apache.kafka.tools.AclCommand). Kafka goes through
// hash sets of enums here, whose order is another in each run: this one is the order of the command line.

import type { AclEntry, AclPattern } from '../../../client/admin/types.ts';
import {
  AclOperation,
  AclResource,
  CLUSTER_NAME,
  operationName,
  PatternType,
  Permission,
  patternTypeName,
  resourceTypeName,
  SUPPORTED_OPERATIONS,
  WILDCARD,
} from '../../../protocol/acl.ts';
import type { AskedAcls } from '../../../tools/acls/acl-text.ts';
import { JavaException } from '../../../tools/java-exception.ts';
import { UsageError } from '../errors.ts';
import { parsePrincipal } from '../principal.ts';
import type { AclsOptions } from './acls.ts';
import { patternTypeOf } from './acls-checks.ts';

const { READ, WRITE, CREATE, DESCRIBE, IDEMPOTENT_WRITE, ALL, ANY } = AclOperation;
const UNKNOWN = 0;
const CLUSTER: AclPattern = {
  resourceType: AclResource.CLUSTER,
  resourceName: CLUSTER_NAME,
  patternType: PatternType.LITERAL,
};

/** SecurityUtils.operation: `DescribeConfigs`, also all in capitals; what is none of them no resource supports. */
const OPERATIONS: ReadonlyMap<string, number> = new Map(
  Object.entries(AclOperation).map(([name, code]) => [name.replaceAll('_', ''), code]),
);

export function operationsOf(options: AclsOptions): number[] {
  return [...new Set(options.values('operation').map((name) => OPERATIONS.get(name.trim().toUpperCase()) ?? UNKNOWN))];
}

/** @throws UsageError if there must be one and is none */
export function patternsOf(options: AclsOptions, must: 'must' | 'may'): AclPattern[] {
  const patternType = patternTypeOf(options);
  const of = (resourceType: number, names: readonly string[]): AclPattern[] =>
    names.map((resourceName) => ({ resourceType, resourceName, patternType }));
  const trimmed = (name: 'topic' | 'group' | 'delegation-token' | 'user-principal') =>
    options.values(name).map((value) => value.trim());
  const isCluster = options.has('cluster') || options.has('idempotent');
  const all = [
    ...of(AclResource.TOPIC, trimmed('topic')),
    ...(isCluster && patternType === PatternType.LITERAL ? [CLUSTER] : []),
    ...of(AclResource.GROUP, trimmed('group')),
    ...of(AclResource.TRANSACTIONAL_ID, options.values('transactional-id')),
    ...of(AclResource.DELEGATION_TOKEN, trimmed('delegation-token')),
    ...of(AclResource.USER, trimmed('user-principal')),
  ];
  if (all.length === 0 && must === 'must') {
    const text =
      'You must provide at least one resource: --topic <topic> or --cluster or --group <group> or --delegation-token <Delegation Token ID>';
    throw new UsageError(text);
  }
  return [...new Map(all.map((pattern) => [patternKey(pattern), pattern])).values()];
}

const patternKey = ({ resourceType, patternType, resourceName }: AclPattern): string =>
  `${resourceType} ${patternType} ${resourceName}`;

/** @throws JavaException as AccessControlEntry's constructor */
function entriesOf(options: AclsOptions, operations: readonly number[]): AclEntry[] {
  const product = (permission: 'allow' | 'deny'): AclEntry[] => {
    const permissionType = permission === 'allow' ? Permission.ALLOW : Permission.DENY;
    const principals = new Set(options.values(`${permission}-principal`).map(parsePrincipal));
    const given = options.values(`${permission}-host`).map((host) => host.trim());
    const hosts = new Set(given.length > 0 ? given : [WILDCARD]);
    return [...principals].flatMap((principal) =>
      operations.flatMap((operation) => [...hosts].map((host) => ({ principal, host, operation, permissionType }))),
    );
  };
  const entries = [...product('allow'), ...product('deny')];
  if (entries.some(({ operation }) => operation === ANY))
    throw new JavaException('java.lang.IllegalArgumentException', 'operation must not be ANY');
  return entries;
}

/** What --add and --remove are about. @throws UsageError, JavaException */
export function askedAcls(options: AclsOptions): AskedAcls[] {
  const asked = new Map<string, AskedAcls>();
  const add = (pattern: AclPattern, entries: readonly AclEntry[]) => {
    const known = asked.get(patternKey(pattern))?.entries ?? [];
    const isNew = (entry: AclEntry) => !known.some((other) => JSON.stringify(other) === JSON.stringify(entry));
    asked.set(patternKey(pattern), { pattern, entries: [...known, ...entries.filter(isNew)] });
  };
  const ofType = (type: number, operations: readonly number[]) => {
    const entries = entriesOf(options, operations);
    for (const pattern of patternsOf(options, 'must')) if (pattern.resourceType === type) add(pattern, entries);
  };
  if (!options.has('producer') && !options.has('consumer')) {
    const entries = entriesOf(options, operationsOf(options));
    for (const pattern of patternsOf(options, 'must')) add(pattern, entries);
  }
  if (options.has('producer')) {
    ofType(AclResource.TOPIC, [WRITE, DESCRIBE, CREATE]);
    ofType(AclResource.TRANSACTIONAL_ID, [WRITE, DESCRIBE]);
    if (options.has('idempotent')) add(CLUSTER, entriesOf(options, [IDEMPOTENT_WRITE]));
  }
  if (options.has('consumer')) {
    ofType(AclResource.TOPIC, [READ, DESCRIBE]);
    ofType(AclResource.GROUP, [READ]);
  }
  for (const { pattern, entries } of asked.values())
    checkOperations(
      pattern,
      entries.map(({ operation }) => operation),
    );
  return [...asked.values()];
}

/** @throws UsageError if there is no such operation on the resource */
export function checkOperations({ resourceType }: AclPattern, operations: readonly number[]): void {
  const valid = [ALL, ...(SUPPORTED_OPERATIONS.get(resourceType) ?? [])];
  if (operations.every((operation) => valid.includes(operation))) return;
  const names = valid.map(operationName).sort();
  const type = resourceTypeName(resourceType);
  throw new UsageError(`ResourceType ${type} only supports operations [${names.join(', ')}]`);
}

/** What --add is about. @throws UsageError, JavaException */
export function addedAcls(options: AclsOptions): AskedAcls[] {
  const type = patternTypeOf(options);
  if (type !== PatternType.LITERAL && type !== PatternType.PREFIXED) {
    const text = `A '--resource-pattern-type' value of '${patternTypeName(type)}' is not valid when adding acls.`;
    throw new UsageError(text);
  }
  const asked = askedAcls(options);
  if (asked.some(({ entries }) => entries.length === 0))
    throw new UsageError('You must specify one of: --allow-principal, --deny-principal when trying to add ACLs.');
  return asked;
}
