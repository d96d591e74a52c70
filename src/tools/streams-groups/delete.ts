import type { Admin, CallOptions, GroupListing } from '../../client/admin.ts';
import type { KafkaError } from '../../protocol/errors.ts';
import { hashMapOrder, javaStringHash } from '../../util/java-hash.ts';
import type { GroupChoice } from '../consumer-groups/described-groups.ts';
import { groupsOf, STREAMS_GROUPS } from '../list-by-state.ts';
import type { Report } from '../report.ts';
import { exceptionText, failedFuture } from '../wrapped-error.ts';
import { groupNames } from './groups.ts';
import { deleteTopics, type InternalTopics, internalTopicsOf } from './internal-topics.ts';

type DeletingAdmin = Pick<Admin, 'listGroups' | 'describeStreamsGroups' | 'deleteGroups' | 'deleteTopics'>;

interface Result {
  readonly group: string;
  readonly error?: string;
}

/**
 * `streams-groups --delete`, with the groups' internal topics if asked for. Kafka's script ends with 0 also when some, or
 * all, could not be deleted.
 * Data: [{ group, deleted, error?, internalTopics? }].
 * @param complain gets the exception that Kafka's script prints where internal topics could not be asked for
 */
export async function deleteGroups(
  admin: DeletingAdmin,
  choice: GroupChoice & { readonly internalTopics: boolean },
  options: CallOptions,
  complain: (exception: string) => void = () => {},
): Promise<Report> {
  const names = [...new Set(await groupNames(admin, choice, options))];
  const listed = await groupsOf(admin, STREAMS_GROUPS, options);
  const refused = new Map(names.flatMap((group) => refusal(group, listed) ?? []));
  const wanted = names.filter((group) => !refused.has(group));
  const internal: InternalTopics =
    choice.internalTopics && wanted.length > 0
      ? await internalTopicsOf(admin, wanted, options)
      : { byGroup: new Map(), text: '' };
  if (internal.failure) complain(failedFuture(internal.failure));
  const outcomes = wanted.length === 0 ? new Map() : await admin.deleteGroups(wanted, options);
  const results = hashMapOrder(names, javaStringHash).map((group): Result => {
    const error = refused.get(group) ?? (outcomes.get(group) && exceptionText(outcomes.get(group)));
    return error === undefined ? { group } : { group, error };
  });
  const deleted = results.filter(({ error }) => error === undefined).map(({ group }) => group);
  const topics = await deleteInternal(admin, deleted, internal, options);
  const failed = topics.failed || deleted.length < results.length;
  return {
    data: results.map(({ group, error }) => ({
      group,
      deleted: error === undefined,
      ...(error !== undefined && { error }),
      ...(internal.byGroup.has(group) && { internalTopics: internal.byGroup.get(group) }),
    })),
    text: `${internal.text}${topics.each}${resultText(results, deleted)}${topics.summary}`,
    ...(failed && { failed, kafkaExit: 0 }),
  };
}

function refusal(group: string, listed: readonly GroupListing[]): [string, string][] | undefined {
  const found = listed.find(({ groupId }) => groupId === group);
  const because = (text: string): [string, string][] => [[group, text]];
  if (!found)
    return because(`java.lang.IllegalArgumentException: Group '${group}' does not exist or is not a streams group.`);
  if (found.state === 'Dead')
    return because(`java.lang.IllegalStateException: Streams group '${group}' group state is DEAD.`);
  if (found.state === '' || found.state === 'Empty') return undefined;
  return because(`org.apache.kafka.common.errors.GroupNotEmptyException: Streams group '${group}' is not EMPTY.`);
}

function resultText(results: readonly Result[], deleted: readonly string[]): string {
  const names = `'${deleted.join("', '")}'`;
  const failures = results.filter(({ error }) => error !== undefined);
  if (failures.length === 0) return `Deletion of requested streams groups (${names}) was successful.\n`;
  const lines = failures.map(({ group, error }) => `* Group '${group}' could not be deleted due to: ${error}\n`);
  const rest = deleted.length === 0 ? '' : `\nThese streams groups were deleted successfully: ${names}.\n`;
  return `\nError: Deletion of some streams groups failed:\n${lines.join('')}${rest}`;
}

/** The internal topics of groups that are gone; what Kafka's script says of each topic and at the end. */
async function deleteInternal(
  admin: DeletingAdmin,
  deleted: readonly string[],
  { byGroup }: InternalTopics,
  options: CallOptions,
): Promise<{ each: string; summary: string; failed: boolean }> {
  const withTopics = deleted.filter((group) => byGroup.has(group));
  const failures: { group: string; error: KafkaError }[] = [];
  let each = '';
  for (const group of withTopics) {
    const errors = await deleteTopics(admin, byGroup.get(group)!, options);
    for (const topic of errors.keys()) each += `Failed to delete internal topic: ${topic}\n`;
    const [error] = errors.values();
    if (error) failures.push({ group, error });
  }
  if (byGroup.size === 0 || deleted.length === 0) return { each, summary: '', failed: false };
  if (failures.length === 0) {
    const names = withTopics.join("', '");
    const summary = `Deletion of associated internal topics of the streams groups ('${names}') was successful.\n`;
    return { each, summary, failed: false };
  }
  const lines = failures.map(
    ({ group, error }) =>
      `* Internal topics of the streams group '${group}' could not be deleted due to: ${exceptionText(error)}\n`,
  );
  return { each, summary: `Deletion of some associated internal topics failed:\n${lines.join('')}`, failed: true };
}
