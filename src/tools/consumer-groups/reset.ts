import type { Admin, GroupDescription, Outcome } from '../../client/admin.ts';
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { copiedMapOrder, hashMapOrder, javaStringHash } from '../../util/java-hash.ts';
import { IllegalArgument } from '../illegal-argument.ts';
import { throwIfNotAltered } from '../offset-reset/altered.ts';
import { toCsv } from '../offset-reset/csv.ts';
import { type PlanFile, plannedInFile } from '../offset-reset/plan-file.ts';
import { planTable, planText } from '../offset-reset/plan-text.ts';
import { type NewOffset, plan, type ResetTools, type Scenario } from '../offset-reset/scenarios.ts';
import { checkPartitions, partitionsOf, type Scope } from '../offset-reset/scope.ts';
import type { Report } from '../report.ts';
import { EXECUTION_EXCEPTION, WrappedError, wrapping } from '../wrapped-error.ts';
import { type GroupChoice, groupNames } from './described-groups.ts';
import { partitionKey } from './partitions.ts';

export type ResettingAdmin = Pick<
  Admin,
  'listGroups' | 'describeGroups' | 'describeTopics' | 'listGroupOffsets' | 'listOffsets' | 'alterGroupOffsets'
>;

export interface OffsetsToReset {
  readonly choice: GroupChoice;
  readonly scope: Scope | undefined;
  /** A `--from-file` file wins over the scenario. */
  readonly file?: PlanFile | undefined;
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
  const groups = copiedMapOrder(await groupNames(admin, wanted.choice, options), javaStringHash);
  const described = groups.length === 0 ? new Map() : await wrapping(admin.describeGroups(groups, options));
  const results: Result[] = [];
  for (const group of groups) {
    const result = await resetGroup(group, described.get(group), wanted, admin, tools);
    if (result.error !== undefined) tools.notice(`\nError: ${result.error}`);
    results.push(result);
  }
  const failed = results.some(({ error }) => error !== undefined);
  const inOrder = hashMapOrder(results, ({ group }) => javaStringHash(group));
  const planned = inOrder.flatMap(({ group, offsets }) => offsets.map((offset) => ({ group, ...offset })));
  const withGroup = !('groups' in wanted.choice && wanted.choice.groups.length === 1);
  return {
    data: { executed: wanted.execute, groups: results },
    text: wanted.export ? toCsv(planned, { withGroup }) : planText(planned, groups.length > 0),
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
    if (description.code !== ErrorCode.GROUP_ID_NOT_FOUND) throw new WrappedError(description, EXECUTION_EXCEPTION);
  } else if (description && description.state !== 'Empty' && description.state !== 'Dead') {
    const error = `Assignments can only be reset if the group '${group}' is inactive, but the current state is ${description.state}.`;
    return { group, offsets: [], error };
  }
  const offsets = await newOffsets(group, wanted, admin, tools);
  if (offsets === undefined) return { group, offsets: [], error: `No reset plan for group ${group} found` };
  if (wanted.execute && offsets.length > 0)
    throwIfNotAltered(await admin.alterGroupOffsets(group, offsets, tools.options));
  return { group, offsets };
}

/** undefined when a file says nothing of the group. */
async function newOffsets(
  group: string,
  { choice, scope, file, scenario }: OffsetsToReset,
  admin: ResettingAdmin,
  tools: ResetTools,
): Promise<readonly NewOffset[] | undefined> {
  if (!scope && !file) throw new IllegalArgument('One of the reset scopes should be defined: --all-topics, --topic.');
  const committed = scope && (await committedOffsets(group, admin, tools));
  const partitions = !scope ? [] : 'allTopics' in scope ? committed! : await partitionsOf(scope.topics, tools);
  await checkPartitions(partitions, tools);
  if (file) return plannedInFile(file, group, choice, tools);
  if (!scenario)
    throw new IllegalArgument(`Option '[reset-offsets]' requires one of the following scenarios: ${SCENARIOS}`);
  return plan(scenario, partitions, new Map(committed?.map((at) => [partitionKey(at), at.offset])), tools);
}

async function committedOffsets(
  group: string,
  admin: ResettingAdmin,
  { options }: Pick<ResetTools, 'options'>,
): Promise<NewOffset[]> {
  const committed = await wrapping(admin.listGroupOffsets(group, undefined, options), EXECUTION_EXCEPTION);
  return committed
    .filter(({ offset }) => offset >= 0)
    .map(({ topic, partition, offset }) => ({ topic, partition, offset }));
}
