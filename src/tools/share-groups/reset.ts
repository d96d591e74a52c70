import type { Admin, CallOptions } from '../../client/admin.ts';
import { isAnswer } from '../../client/errors.ts';
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { partitionKey } from '../consumer-groups/partitions.ts';
import { planTable, planText } from '../offset-reset/plan-text.ts';
import { type NewOffset, plan, type ResetTools, type Scenario } from '../offset-reset/scenarios.ts';
import { checkPartitions, partitionsOf, type Scope } from '../offset-reset/scope.ts';
import type { Report } from '../report.ts';

export type ResettingAdmin = Pick<
  Admin,
  'describeShareGroups' | 'describeTopics' | 'listShareGroupOffsets' | 'listOffsets' | 'alterShareGroupOffsets'
>;

export interface OffsetsToReset {
  readonly group: string;
  readonly scope: Scope;
  readonly scenario: Scenario;
  readonly execute: boolean;
}

/** Kafka's script prints the message alone, on standard error, and ends with 1. */
export class ResetRefused extends Error {
  override name = 'ResetRefused';
}

/**
 * `share-groups --reset-offsets`: new start offsets of a group without members, which may not be there yet; with
 * `execute` they are set.
 * Data: { executed, group, offsets: [{ topic, partition, offset }] }.
 * @throws ResetRefused for a group with members, or one that cannot be described
 */
export async function resetOffsets(
  { group, scope, scenario, execute }: OffsetsToReset,
  admin: ResettingAdmin,
  tools: ResetTools,
): Promise<Report> {
  const { options } = tools;
  await refuseActive(admin, group, options);
  const partitions =
    'allTopics' in scope
      ? await admin.listShareGroupOffsets(group, undefined, options)
      : await partitionsOf(scope.topics, tools);
  await checkPartitions(partitions, tools);
  const offsets = await plan(scenario, partitions, new Map(), tools);
  if (execute) await alter(admin, group, offsets, options);
  const planned = offsets.map((offset) => ({ group, ...offset }));
  return {
    data: { executed: execute, group, offsets },
    text: planText(planned, true),
    table: planTable(planned, execute),
  };
}

/** What is wrong with the group is wrong with each partition, and those are named (AlterShareGroupOffsetsResult.all). */
async function alter(
  admin: ResettingAdmin,
  group: string,
  offsets: readonly NewOffset[],
  options: CallOptions,
): Promise<void> {
  const failed = await admin.alterShareGroupOffsets(group, offsets, options).then(
    (outcomes) => outcomes.filter(({ error }) => error !== undefined),
    (error: Error) => {
      if (!isAnswer(error)) throw error;
      return offsets.map(({ topic, partition }) => ({ topic, partition, error }));
    },
  );
  const code = failed[0]?.error?.code;
  if (code === undefined) return;
  const names = failed.map(partitionKey).join(', ');
  throw new KafkaError(code, `Failed altering group offsets for the following partitions: [${names}]`);
}

async function refuseActive(admin: ResettingAdmin, group: string, options: CallOptions): Promise<void> {
  const described = (await admin.describeShareGroups([group], options)).get(group);
  if (described instanceof KafkaError) {
    if (described.code === ErrorCode.GROUP_ID_NOT_FOUND) return;
    throw new ResetRefused(described.message, { cause: described });
  }
  if (described && described.state !== 'Empty' && described.state !== 'Dead')
    throw new ResetRefused(`Share group '${group}' is not empty.`);
}
