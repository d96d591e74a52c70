import type { Admin, CallOptions, GroupListing } from '../../client/admin.ts';
import { hashMapOrder, javaStringHash } from '../../util/java-hash.ts';
import type { GroupChoice } from '../consumer-groups/described-groups.ts';
import { groupsOf, SHARE_GROUPS } from '../list-by-state.ts';
import type { Report } from '../report.ts';
import { exceptionText } from '../wrapped-error.ts';

interface Result {
  readonly group: string;
  readonly error?: string;
}

/**
 * `share-groups --delete`: groups that are no share groups, or have members, are not asked to be deleted. Kafka's script
 * ends with 0 also when some, or all, could not be.
 * Data: [{ group, deleted, error? }].
 */
export async function deleteGroups(
  admin: Pick<Admin, 'listGroups' | 'deleteGroups'>,
  choice: GroupChoice,
  options: CallOptions,
): Promise<Report> {
  const listed = await groupsOf(admin, SHARE_GROUPS, options);
  const names = 'groups' in choice ? [...new Set(choice.groups)] : listed.map(({ groupId }) => groupId);
  const refused = new Map(
    names.flatMap((group) => {
      const reason = refusal(group, listed);
      return reason === undefined ? [] : [[group, reason] as const];
    }),
  );
  const wanted = names.filter((group) => !refused.has(group));
  const outcomes = wanted.length === 0 ? new Map() : await admin.deleteGroups(wanted, { ...options, kind: 'Share' });
  const results = names.map((group): Result => {
    const error = refused.get(group) ?? (outcomes.get(group) && exceptionText(outcomes.get(group)));
    return error === undefined ? { group } : { group, error };
  });
  const failed = results.some(({ error }) => error !== undefined);
  return {
    data: results.map((result) => ({ ...result, deleted: result.error === undefined })),
    text: resultText(hashMapOrder(results, ({ group }) => javaStringHash(group))),
    ...(failed && { failed, kafkaExit: 0 }),
  };
}

function refusal(group: string, listed: readonly GroupListing[]): string | undefined {
  const found = listed.find(({ groupId }) => groupId === group);
  if (!found) return `java.lang.IllegalArgumentException: Group '${group}' is not a share group.`;
  if (found.state === 'Dead') return `java.lang.IllegalStateException: Share group '${group}' group state is DEAD.`;
  if (found.state === '' || found.state === 'Empty') return undefined;
  return `org.apache.kafka.common.errors.GroupNotEmptyException: Share group '${group}' is not EMPTY.`;
}

function resultText(results: readonly Result[]): string {
  const failures = results.filter(({ error }) => error !== undefined);
  const deleted = results.filter(({ error }) => error === undefined);
  const names = deleted.map(({ group }) => `'${group}'`).join(', ');
  if (failures.length === 0) return `Deletion of requested share groups (${names}) was successful.\n`;
  const lines = failures.map(({ group, error }) => `* Group '${group}' could not be deleted due to: ${error}\n`);
  const rest = deleted.length === 0 ? '' : `\nThese share groups were deleted successfully: ${names}\n`;
  return `\nError: Deletion of some share groups failed:\n${lines.join('')}${rest}`;
}
