import type { Admin } from '../../client/admin.ts';
import { KafkaError } from '../../protocol/errors.ts';
import type { Report } from '../report.ts';
import { futureOf } from './acl-failure.ts';
import { type AskedAcls, bindingText, indented, patternText, plainBinding, sameBinding } from './acl-text.ts';

/**
 * `acls --add`: one resource after another; what is there already is said and left. Data: { added: [entry] }.
 * @param say prints a line as soon as it is known
 */
export async function addAcls(
  admin: Pick<Admin, 'describeAcls' | 'createAcls'>,
  asked: readonly AskedAcls[],
  say: (line: string) => void,
): Promise<Report> {
  const added = [];
  for (const { pattern, entries } of asked) {
    const existing = await futureOf(admin.describeAcls(pattern));
    const bindings = entries.map((entry) => ({ ...pattern, ...entry }));
    const isThere = (binding: (typeof bindings)[number]) => existing.some((other) => sameBinding(other, binding));
    for (const binding of bindings.filter(isThere)) say(`Acl ${bindingText(binding)} already exists.`);
    const missing = bindings.filter((binding) => !isThere(binding));
    if (missing.length === 0) continue;
    say(`Adding ACLs for resource \`${patternText(pattern)}\`: \n ${indented(missing)}\n`);
    const outcomes = await futureOf(admin.createAcls(missing));
    for (const outcome of outcomes) if (outcome instanceof KafkaError) await futureOf(Promise.reject(outcome));
    added.push(...missing.map(plainBinding));
  }
  return { data: { added }, text: '' };
}
