import type { Admin, CallOptions, Outcome, StreamsGroupDescription, TopicPartition } from '../../client/admin.ts';
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import type { GroupChoice } from '../consumer-groups/described-groups.ts';
import { partitionKey } from '../consumer-groups/partitions.ts';
import { fromCsv, type PlannedOffset, toCsv } from '../consumer-groups/reset-csv.ts';
import { planTable } from '../consumer-groups/reset-plan.ts';
import { type NewOffset, plan, type ResetTools, type Scenario, withinLog } from '../consumer-groups/reset-scenarios.ts';
import { resetScope } from '../consumer-groups/reset-scope.ts';
import { IllegalArgument } from '../illegal-argument.ts';
import { throwFirstError } from '../outcomes.ts';
import type { Report } from '../report.ts';
import { EXECUTION_EXCEPTION, exceptionText, WrappedError } from '../wrapped-error.ts';
import { allCommitted, committedOffsets, inputOffsets } from './committed.ts';
import { describedGroup, groupNames, inHashOrder } from './groups.ts';
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
  readonly scope: { readonly allTopics: true } | { readonly topics: readonly string[] } | undefined;
  /** The text of a `--from-file` file. */
  readonly file?: string | undefined;
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
  /** What Kafka's script prints of it before the table. */
  readonly errors: readonly string[];
}

/**
 * `streams-groups --reset-offsets`: new offsets of groups without members; with `execute` they are committed, and internal
 * topics deleted. A group at work is refused, which is no failure to Kafka's script.
 * @throws IllegalArgument where Kafka's script shows its options
 */
export async function resetOffsets(wanted: OffsetsToReset, admin: ResettingAdmin, tools: ResetTools): Promise<Report> {
  const groups = [...new Set(await groupNames(admin, wanted.choice, tools.options))];
  const described = groups.length === 0 ? new Map() : await describe(admin, groups, tools.options);
  const results: Result[] = [];
  for (const group of groups) results.push(await resetGroup(group, described.get(group)!, wanted, admin, tools));
  const errors = results.flatMap((result) => result.errors);
  const planned = results.flatMap(({ group, offsets }) => offsets.map((offset) => ({ group, ...offset })));
  const withGroup = !('groups' in wanted.choice && wanted.choice.groups.length === 1);
  const plan = wanted.export ? toCsv(planned, { withGroup }) : planText(planned, groups.length > 0);
  const failed = errors.length > 0;
  return {
    data: {
      executed: wanted.execute,
      groups: results.map(({ group, offsets, errors: said }) => ({
        group,
        offsets,
        ...(said.length > 0 && { error: said.join(' ') }),
      })),
    },
    text: errors.map((error) => `\nError: ${error}\n`).join('') + plan,
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

async function resetGroup(
  group: string,
  description: Outcome<StreamsGroupDescription>,
  wanted: OffsetsToReset,
  admin: ResettingAdmin,
  tools: ResetTools,
): Promise<Result> {
  if (description instanceof KafkaError) {
    if (description.code !== ErrorCode.GROUP_ID_NOT_FOUND) throw new WrappedError(description, EXECUTION_EXCEPTION);
    return resetInactive(group, wanted, admin, tools);
  }
  const { state } = description;
  if (state !== 'Empty' && state !== 'Dead') {
    const error = `Assignments can only be reset if the group '${group}' is inactive, but the current state is ${state}.`;
    return { group, offsets: [], errors: [error] };
  }
  const result = await resetInactive(group, wanted, admin, tools);
  if (!wanted.execute) return result;
  return { ...result, errors: [...result.errors, ...(await deleteInternal(group, wanted, admin, tools.options))] };
}

async function resetInactive(
  group: string,
  wanted: OffsetsToReset,
  admin: ResettingAdmin,
  tools: ResetTools,
): Promise<Result> {
  const errors: string[] = [];
  const offsets = inHashOrder(await newOffsets(group, wanted, admin, tools, errors));
  if (wanted.execute && offsets.length > 0)
    throwFirstError(await admin.alterGroupOffsets(group, offsets, tools.options));
  return { group, offsets, errors };
}

/** @param errors takes what Kafka's script says of what it leaves out */
async function newOffsets(
  group: string,
  { choice, scope, file, scenario }: OffsetsToReset,
  admin: ResettingAdmin,
  tools: ResetTools,
  errors: string[],
): Promise<readonly NewOffset[]> {
  const { options } = tools;
  if (!scope && file === undefined)
    throw new IllegalArgument('One of the reset scopes should be defined: --all-topics, --topic.');
  const partitions = scope ? await partitionsIn(scope, group, admin, options, errors) : [];
  if (file !== undefined) {
    const rows = fromCsv(file, 'groups' in choice ? choice.groups : []).filter((row) => row.group === group);
    if (rows.length === 0) errors.push(`No reset plan for group ${group} found.`);
    const requested = rows.map(({ topic, partition, offset }) => ({ topic, partition, offset }));
    return rows.length === 0 ? [] : withinLog(requested, tools);
  }
  if (!scenario)
    throw new IllegalArgument(`Option '[reset-offsets]' requires one of the following scenarios: ${SCENARIOS}`);
  const needsCommitted = scenario.to === 'shift' || scenario.to === 'current';
  const committed = needsCommitted
    ? await committedOffsets(admin, await describedGroup(admin, group, options, EXECUTION_EXCEPTION), options)
    : [];
  return plan(scenario, partitions, new Map(committed.map((at) => [partitionKey(at), at.offset])), tools);
}

/** Only partitions that the group has offsets of can be reset. */
async function partitionsIn(
  scope: NonNullable<OffsetsToReset['scope']>,
  group: string,
  admin: ResettingAdmin,
  options: CallOptions,
  errors: string[],
): Promise<readonly TopicPartition[]> {
  if ('allTopics' in scope)
    return (await inputOffsets(admin, group, options)).map(({ topic, partition }) => ({ topic, partition }));
  const partitions = await resetScope(scope, [], admin, options);
  const committed = new Set((await allCommitted(admin, group, options)).map(partitionKey));
  if (partitions.every((partition) => committed.has(partitionKey(partition)))) return partitions;
  errors.push(`One or more topics are not part of the group '${group}'.`);
  return [];
}

/** What went wrong. */
async function deleteInternal(
  group: string,
  { internalTopics }: OffsetsToReset,
  admin: ResettingAdmin,
  options: CallOptions,
): Promise<string[]> {
  const topics =
    internalTopics === 'all'
      ? ((await internalTopicsOf(admin, [group], options)).byGroup.get(group) ?? [])
      : internalTopics;
  const [error] = (await deleteTopics(admin, topics, options)).values();
  if (!error) return [];
  if (error.code === ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
    return [`Deleting internal topics for group '${group}' failed because the topics do not exist.`];
  return [`Deleting internal topics for group '${group}' failed due to ${exceptionText(error)}`];
}

/** The new offsets as Kafka's script prints them: columns of fixed widths, all padded. */
function planText(planned: readonly PlannedOffset[], header: boolean): string {
  const line = (group: string, topic: string, partition: string, offset: string) =>
    `\n${group.padEnd(30)} ${topic.padEnd(30)} ${partition.padEnd(10)} ${offset.padEnd(15)}`;
  const rows = planned.map((row) => line(row.group, row.topic, String(row.partition), String(row.offset)));
  return `${header ? line('GROUP', 'TOPIC', 'PARTITION', 'NEW-OFFSET') : ''}${rows.join('')}\n`;
}
