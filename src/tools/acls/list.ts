import type { AclBinding, AclPattern } from '../../client/admin/types.ts';
import type { Admin } from '../../client/admin.ts';
import { hashMapOrder, javaStringHash } from '../../util/java-hash.ts';
import type { Report } from '../report.ts';
import { futureOf } from './acl-failure.ts';
import { byPattern, indented, patternText, plainBinding } from './acl-text.ts';

/**
 * `acls --list`: by resource, and by principal before that if some are asked for. Data: [entry].
 * @param patterns none for all resources
 * @param principals none for everybody's
 */
export async function listAcls(
  admin: Pick<Admin, 'describeAcls'>,
  patterns: readonly AclPattern[],
  principals: readonly string[],
): Promise<Report> {
  const found: AclBinding[] = [];
  for (const filter of patterns.length > 0 ? patterns : [{}])
    found.push(...(await futureOf(admin.describeAcls(filter))));
  const all = byPattern(found).flatMap(({ bindings }) => bindings);
  const wanted = hashMapOrder(new Set(principals), principalHash);
  const shown = wanted.length === 0 ? all : all.filter(({ principal }) => wanted.includes(principal));
  const text =
    wanted.length === 0
      ? resourcesText(all)
      : wanted.map((each) => `ACLs for principal \`${each}\`\n${resourcesText(ofPrincipal(all, each))}`).join('');
  return {
    data: shown.map(plainBinding),
    text,
    table: {
      columns: ['Resource', 'Name', 'Pattern', 'Principal', 'Host', 'Operation', 'Permission'],
      unordered: true,
      rows: shown.map((binding) => Object.values(plainBinding(binding))),
    },
  };
}

const ofPrincipal = (bindings: readonly AclBinding[], wanted: string): AclBinding[] =>
  bindings.filter(({ principal }) => principal === wanted);

function resourcesText(bindings: readonly AclBinding[]): string {
  return byPattern(bindings)
    .map(
      ({ pattern, bindings: entries }) =>
        `Current ACLs for resource \`${patternText(pattern)}\`:\n${indented(entries)}\n\n`,
    )
    .join('');
}

/** KafkaPrincipal.hashCode. */
function principalHash(principal: string): number {
  const colon = principal.indexOf(':');
  return (Math.imul(31, javaStringHash(principal.slice(0, colon))) + javaStringHash(principal.slice(colon + 1))) | 0;
}
