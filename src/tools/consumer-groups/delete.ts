import type { Admin, CallOptions } from '../../client/admin.ts';
import type { KafkaError } from '../../protocol/errors.ts';
import { hashMapOrder, javaStringHash } from '../../util/java-hash.ts';
import type { Report } from '../report.ts';
import { exceptionText } from '../wrapped-error.ts';
import { type GroupChoice, groupNames } from './described-groups.ts';

/**
 * `consumer-groups --delete`. Kafka's script ends with 0 also when some, or all, could not be deleted.
 * Data: [{ group, deleted, error? }].
 */
export async function deleteGroups(
  admin: Pick<Admin, 'listGroups' | 'deleteGroups'>,
  choice: GroupChoice,
  options: CallOptions,
): Promise<Report> {
  const names = await groupNames(admin, choice, options);
  const outcomes = names.length === 0 ? new Map() : await admin.deleteGroups(names, options);
  const results = names.map((group) => ({ group, error: outcomes.get(group) as KafkaError | undefined }));
  const inOrder = hashMapOrder(results, ({ group }) => javaStringHash(group));
  const deleted = inOrder.filter(({ error }) => error === undefined).map(({ group }) => group);
  const failures = inOrder.filter(({ error }) => error !== undefined);
  return {
    data: results.map(({ group, error }) => ({
      group,
      deleted: error === undefined,
      ...(error && { error: error.message }),
    })),
    text:
      failures.length === 0
        ? `Deletion of requested consumer groups (${quoted(deleted)}) was successful.\n`
        : failureText(failures, deleted),
    ...(failures.length > 0 && { failed: true, kafkaExit: 0 }),
  };
}

const quoted = (groups: readonly string[]): string => groups.map((group) => `'${group}'`).join(', ');

function failureText(
  failures: readonly { group: string; error: KafkaError | undefined }[],
  deleted: readonly string[],
): string {
  const lines = failures.map(
    ({ group, error }) => `* Group '${group}' could not be deleted due to: ${exceptionText(error)}\n`,
  );
  const rest = deleted.length === 0 ? '' : `\nThese consumer groups were deleted successfully: ${quoted(deleted)}\n`;
  return `\nError: Deletion of some consumer groups failed:\n${lines.join('')}${rest}`;
}
