import type { Admin } from '../../client/admin.ts';
import { KafkaError } from '../../protocol/errors.ts';
import type { Report } from '../report.ts';
import { futureOf } from './acl-failure.ts';
import { type AskedAcls, indented, patternText, plainBinding } from './acl-text.ts';

/**
 * `acls --remove`: after a question for each resource; what is not there is no error. Data: { removed: [entry] }.
 * @param confirm whether to go on
 */
export async function removeAcls(
  admin: Pick<Admin, 'deleteAcls'>,
  asked: readonly AskedAcls[],
  confirm: (question: string) => Promise<boolean>,
): Promise<Report> {
  const removed = [];
  for (const { pattern, entries } of asked) {
    if (!(await confirm(questionOf({ pattern, entries })))) continue;
    const filters = entries.length === 0 ? [pattern] : entries.map((entry) => ({ ...pattern, ...entry }));
    for (const outcome of await futureOf(admin.deleteAcls(filters))) {
      if (outcome instanceof KafkaError) await futureOf(Promise.reject(outcome));
      else removed.push(...outcome.map(plainBinding));
    }
  }
  return { data: { removed }, text: '' };
}

function questionOf({ pattern, entries }: AskedAcls): string {
  const filter = patternText(pattern);
  return entries.length === 0
    ? `Are you sure you want to delete all ACLs for resource filter \`${filter}\`? (y/n)`
    : `Are you sure you want to remove ACLs: \n ${indented(entries)}\n from resource filter \`${filter}\`? (y/n)`;
}
