import type { Admin, CallOptions, Outcome, StreamsGroupDescription, TopicPartition } from '../../client/admin.ts';
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { copiedMapOrder, hashMapOrder, javaStringHash } from '../../util/java-hash.ts';
import type { GroupChoice } from '../consumer-groups/described-groups.ts';
import { partitionKey } from '../consumer-groups/partitions.ts';
import { IllegalArgument } from '../illegal-argument.ts';
import { throwIfNotAltered } from '../offset-reset/altered.ts';
import { type PlannedOffset, toCsv } from '../offset-reset/csv.ts';
import { type PlanFile, plannedInFile } from '../offset-reset/plan-file.ts';
import { planTable } from '../offset-reset/plan-text.ts';
import { type NewOffset, plan, type ResetTools, type Scenario } from '../offset-reset/scenarios.ts';
import { checkPartitions, partitionsOf, type Scope } from '../offset-reset/scope.ts';
import type { Report } from '../report.ts';
import { EXECUTION_EXCEPTION, exceptionText, failedFuture, WrappedError } from '../wrapped-error.ts';
import { allCommitted, committedOffsets, inputOffsets } from './committed.ts';
import { describedGroup, groupNames } from './groups.ts';
import { deleteTopics, internalTopicsOf } from './internal-topics.ts';

export type ResettingAdmin = Pick<
  Admin,
  | 'listGroups'
  | 'describeStreamsGroups'
  | 'describeTopics'
  | 'listGroupOffsets'
  | 'listOffsets'
  | 'alterGroupOffsets'
  | 'deleteTopics'
>;

export interface OffsetsToReset {
  readonly choice: GroupChoice;
  readonly scope: Scope | undefined;
  /** A `--from-file` file wins over the scenario. */
  readonly file?: PlanFile | undefined;
  readonly scenario: Scenario | undefined;
  readonly execute: boolean;
  readonly export: boolean;
  /** Internal topics to delete when offsets are reset: the named ones, or all of the group. */
  readonly internalTopics: 'all' | readonly string[];
}

const SCENARIOS =
  '[[to-offset], [shift-by], [to-datetime], [by-duration], [to-earliest], [to-latest], [to-current], [from-file]]';

interface Result {
  readonly group: string;
  readonly offsets: readonly NewOffset[];
  /** What was said of it before the table. */
  readonly errors: readonly string[];
}

/**
 * `streams-groups --reset-offsets`: new offsets of groups without members; with `execute` they are committed, and internal
 * topics deleted. A group at work is refused, which is no failure to Kafka's script.
 * @throws IllegalArgument where Kafka's script shows its options
 */
export async function resetOffsets(wanted: OffsetsToReset, admin: ResettingAdmin, tools: ResetTools): Promise<Report> {
  const names = new Set(await groupNames(admin, wanted.choice, tools.options));
  const groups = copiedMapOrder(names, javaStringHash);
  const described = groups.length === 0 ? new Map() : await describe(admin, groups, tools.options);
  const results: Result[] = [];
  for (const group of groups) results.push(await resetGroup(group, described.get(group)!, wanted, admin, tools));
  const inOrder = hashMapOrder(results, ({ group }) => javaStringHash(group));
  const planned = inOrder.flatMap(({ group, offsets }) => offsets.map((offset) => ({ group, ...offset })));
  const withGroup = !('groups' in wanted.choice && wanted.choice.groups.length === 1);
  const plan = wanted.export ? toCsv(planned, { withGroup }) : planText(planned, groups.length > 0);
  const failed = results.some(({ errors }) => errors.length > 0);
  return {
    data: {
      executed: wanted.execute,
      groups: results.map(({ group, offsets, errors: said }) => ({
        group,
        offsets,
        ...(said.length > 0 && { error: said.join(' ') }),
      })),
    },
    text: plan,
    ...(!wanted.export && !failed && { table: planTable(planned, wanted.execute) }),
    ...(failed && { failed, kafkaExit: 0 }),
  };
}

async function describe(admin: ResettingAdmin, groups: readonly string[], options: CallOptions) {
  try {
    return await admin.describeStreamsGroups(groups, options);
  } catch (error) {
    throw new WrappedError(error, EXECUTION_EXCEPTION);
  }
}

/** One group's errors, which are told as soon as they are met: what follows may fail as a whole. */
class Complaints {
  readonly said: string[] = [];
  readonly #tools: ResetTools;

  constructor(tools: ResetTools) {
    this.#tools = tools;
  }

  say(error: string): void {
    this.said.push(error);
    this.#tools.notice(`\nError: ${error}`);
  }
}

async function resetGroup(
  group: string,
  description: Outcome<StreamsGroupDescription>,
  wanted: OffsetsToReset,
  admin: ResettingAdmin,
  tools: ResetTools,
): Promise<Result> {
  const errors = new Complaints(tools);
  const answer = (offsets: readonly NewOffset[]) => ({ group, offsets, errors: errors.said });
  if (description instanceof KafkaError) {
    if (description.code !== ErrorCode.GROUP_ID_NOT_FOUND) throw new WrappedError(description, EXECUTION_EXCEPTION);
    return answer(await resetInactive(group, wanted, admin, tools, errors));
  }
  const { state } = description;
  if (state !== 'Empty' && state !== 'Dead') {
    errors.say(`Assignments can only be reset if the group '${group}' is inactive, but the current state is ${state}.`);
    return answer([]);
  }
  const offsets = await resetInactive(group, wanted, admin, tools, errors);
  if (wanted.execute) await deleteInternal(group, wanted, admin, tools, errors);
  return answer(offsets);
}

async function resetInactive(
  group: string,
  wanted: OffsetsToReset,
  admin: ResettingAdmin,
  tools: ResetTools,
  errors: Complaints,
): Promise<readonly NewOffset[]> {
  const offsets = await newOffsets(group, wanted, admin, tools, errors);
  if (wanted.execute && offsets.length > 0)
    throwIfNotAltered(await admin.alterGroupOffsets(group, offsets, tools.options));
  return offsets;
}

async function newOffsets(
  group: string,
  { choice, scope, file, scenario }: OffsetsToReset,
  admin: ResettingAdmin,
  tools: ResetTools,
  errors: Complaints,
): Promise<readonly NewOffset[]> {
  if (!scope && !file) throw new IllegalArgument('One of the reset scopes should be defined: --all-topics, --topic.');
  const partitions = scope ? await partitionsIn(scope, group, admin, tools, errors) : [];
  if (file) {
    const planned = await plannedInFile(file, group, choice, tools);
    if (!planned) errors.say(`No reset plan for group ${group} found`);
    return planned ?? [];
  }
  if (!scenario)
    throw new IllegalArgument(`Option '[reset-offsets]' requires one of the following scenarios: ${SCENARIOS}`);
  const { options } = tools;
  const needsCommitted = scenario.to === 'shift' || scenario.to === 'current';
  const committed = needsCommitted
    ? await committedOffsets(admin, await describedGroup(admin, group, options, EXECUTION_EXCEPTION), options)
    : [];
  return plan(scenario, partitions, new Map(committed.map((at) => [partitionKey(at), at.offset])), tools);
}

/** Only partitions that the group has offsets of can be reset. */
async function partitionsIn(
  scope: Scope,
  group: string,
  admin: ResettingAdmin,
  tools: ResetTools,
  errors: Complaints,
): Promise<readonly TopicPartition[]> {
  if ('allTopics' in scope)
    return (await inputOffsets(admin, group, tools.options)).map(({ topic, partition }) => ({ topic, partition }));
  const partitions = await partitionsOf(scope.topics, tools);
  await checkPartitions(partitions, tools);
  const committed = new Set((await allCommitted(admin, group, tools.options)).map(partitionKey));
  if (partitions.every((partition) => committed.has(partitionKey(partition)))) return partitions;
  errors.say(`One or more topics are not part of the group '${group}'.`);
  return [];
}

async function deleteInternal(
  group: string,
  { internalTopics }: OffsetsToReset,
  admin: ResettingAdmin,
  { options, complain }: ResetTools,
  errors: Complaints,
): Promise<void> {
  const topics =
    internalTopics === 'all'
      ? ((await internalTopicsOf(admin, [group], options)).byGroup.get(group) ?? [])
      : internalTopics;
  const [error] = (await deleteTopics(admin, topics, options)).values();
  if (!error) return;
  if (error.code === ErrorCode.UNKNOWN_TOPIC_OR_PARTITION) {
    errors.say(`Deleting internal topics for group '${group}' failed because the topics do not exist.`);
    return;
  }
  errors.say(`Deleting internal topics for group '${group}' failed due to ${exceptionText(error)}`);
  complain(failedFuture(error));
}

/** The new offsets as Kafka's script prints them: columns of fixed widths, all padded. */
function planText(planned: readonly PlannedOffset[], header: boolean): string {
  const line = (group: string, topic: string, partition: string, offset: string) =>
    `\n${group.padEnd(30)} ${topic.padEnd(30)} ${partition.padEnd(10)} ${offset.padEnd(15)}`;
  const rows = planned.map((row) => line(row.group, row.topic, String(row.partition), String(row.offset)));
  return `${header ? line('GROUP', 'TOPIC', 'PARTITION', 'NEW-OFFSET') : ''}${rows.join('')}\n`;
}
