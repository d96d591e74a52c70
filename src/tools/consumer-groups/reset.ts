import type {
  Admin,
  CallOptions,
  GroupDescription,
  Outcome,
  PartitionOutcome,
  TopicPartition,
} from '../../client/admin.ts';
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { IllegalArgument } from '../illegal-argument.ts';
import type { Report } from '../report.ts';
import { WrappedError, wrapping } from '../wrapped-error.ts';
import { type GroupChoice, groupNames } from './described-groups.ts';
import { byPartition, partitionKey } from './partitions.ts';
import { fromCsv, toCsv } from './reset-csv.ts';
import { planTable, planText } from './reset-plan.ts';
import { type NewOffset, plan, type ResetTools, type Scenario, withinLog } from './reset-scenarios.ts';
import { resetScope, type Scope } from './reset-scope.ts';

export type ResettingAdmin = Pick<
  Admin,
  'listGroups' | 'describeGroups' | 'describeTopics' | 'listGroupOffsets' | 'listOffsets' | 'alterGroupOffsets'
>;

export interface OffsetsToReset {
  readonly choice: GroupChoice;
  readonly scope: Scope | undefined;
  /** The text of a `--from-file` file wins over scenario and scope. */
  readonly file?: string | undefined;
  readonly scenario: Scenario | undefined;
  readonly execute: boolean;
  readonly export: boolean;
}

const SCENARIOS =
  '[[from-file], [to-datetime], [by-duration], [to-latest], [to-current], [to-earliest], [to-offset], [shift-by]]';

interface Result {
  readonly group: string;
  readonly offsets: readonly NewOffset[];
  readonly error?: string;
}

/**
 * `consumer-groups --reset-offsets`: new offsets of groups without members, also of groups that are not there yet; with
 * `execute` they are committed. A group at work is refused, which is no failure to Kafka's script.
 * Data: { executed, groups: [{ group, offsets: [{ topic, partition, offset }], error? }] }.
 * Throws IllegalArgument where Kafka's script shows its options.
 */
export async function resetOffsets(wanted: OffsetsToReset, admin: ResettingAdmin, tools: ResetTools): Promise<Report> {
  const { options } = tools;
  const groups = await groupNames(admin, wanted.choice, options);
  const described = groups.length === 0 ? new Map() : await wrapping(admin.describeGroups(groups, options));
  const results: Result[] = [];
  for (const group of groups) results.push(await resetGroup(group, described.get(group), wanted, admin, tools));
  const failed = results.some(({ error }) => error !== undefined);
  const planned = results.flatMap(({ group, offsets }) => offsets.map((offset) => ({ group, ...offset })));
  const withGroup = !('groups' in wanted.choice && wanted.choice.groups.length === 1);
  const errors = results.map(({ error }) => (error === undefined ? '' : `\nError: ${error}\n`)).join('');
  return {
    data: { executed: wanted.execute, groups: results },
    text: errors + (wanted.export ? toCsv(planned, { withGroup }) : planText(planned, groups.length > 0)),
    ...(!wanted.export && !failed && { table: planTable(planned, wanted.execute) }),
    ...(failed && { failed, kafkaExit: 0 }),
  };
}

async function resetGroup(
  group: string,
  description: Outcome<GroupDescription> | undefined,
  wanted: OffsetsToReset,
  admin: ResettingAdmin,
  tools: ResetTools,
): Promise<Result> {
  if (description instanceof KafkaError) {
    if (description.code !== ErrorCode.GROUP_ID_NOT_FOUND) throw new WrappedError(description);
  } else if (description && description.state !== 'Empty' && description.state !== 'Dead') {
    const error = `Assignments can only be reset if the group '${group}' is inactive, but the current state is ${description.state}.`;
    return { group, offsets: [], error };
  }
  const planned = await newOffsets(group, wanted, admin, tools);
  if (planned === undefined) return { group, offsets: [], error: `No reset plan for group ${group} found.` };
  const offsets = [...planned].sort(byPartition);
  if (wanted.execute && offsets.length > 0)
    throwIfAnyFailed(await admin.alterGroupOffsets(group, offsets, tools.options));
  return { group, offsets };
}

/** What is wrong with the group itself is said as it is, for others the partitions are named (AlterConsumerGroupOffsetsResult.all). */
const GROUP_LEVEL: readonly number[] = [ErrorCode.INVALID_GROUP_ID, ErrorCode.GROUP_AUTHORIZATION_FAILED];

function throwIfAnyFailed(outcomes: readonly PartitionOutcome[]): void {
  const failed = outcomes.filter(({ error }) => error !== undefined);
  const [first] = failed;
  if (!first?.error) return;
  if (GROUP_LEVEL.includes(first.error.code)) throw first.error;
  const partitions = failed.map(partitionKey).join(', ');
  throw new KafkaError(first.error.code, `Failed altering group offsets for the following partitions: [${partitions}]`);
}

/** undefined when a file says nothing of the group. */
async function newOffsets(
  group: string,
  { choice, scope, file, scenario }: OffsetsToReset,
  admin: ResettingAdmin,
  tools: ResetTools,
): Promise<readonly NewOffset[] | undefined> {
  if (file !== undefined) {
    const rows = fromCsv(file, 'groups' in choice ? choice.groups : []).filter((row) => row.group === group);
    const requested = rows.map(({ topic, partition, offset }) => ({ topic, partition, offset }));
    return rows.length === 0 ? undefined : withinLog(requested, tools);
  }
  if (!scope) throw new IllegalArgument('One of the reset scopes should be defined: --all-topics, --topic.');
  const committed = await committedOffsets(group, admin, tools.options);
  const partitions: readonly TopicPartition[] = await resetScope(scope, committed, admin, tools.options);
  if (!scenario)
    throw new IllegalArgument(`Option '[reset-offsets]' requires one of the following scenarios: ${SCENARIOS}`);
  return plan(scenario, partitions, new Map(committed.map((at) => [partitionKey(at), at.offset])), tools);
}

async function committedOffsets(group: string, admin: ResettingAdmin, options: CallOptions): Promise<NewOffset[]> {
  const committed = await admin.listGroupOffsets(group, undefined, options);
  return committed.filter(({ offset, error }) => error === undefined && offset >= 0);
}
