// `streams-application-reset` (StreamsResetter): new offsets of the inputs of a Kafka Streams application that does not
// run, and its internal topics deleted.
import type { Admin, CallOptions, TopicPartition } from '../../client/admin.ts';
import { hashMapOrder, javaStringHash } from '../../util/java-hash.ts';
import { inHashOrder, partitionKey } from '../consumer-groups/partitions.ts';
import { JavaException } from '../java-exception.ts';
import { allOf } from '../outcomes.ts';
import type { Report } from '../report.ts';
import { isInternalTopic } from '../streams-groups/groups.ts';
import { deleteTopics } from '../streams-groups/internal-topics.ts';
import { exceptionText, failedFuture } from '../wrapped-error.ts';
import { refuseActiveMembers } from './active-members.ts';
import { throwIfRefused } from './committed.ts';
import {
  atTime,
  EARLIEST,
  LATEST,
  offsetsAt,
  PlanMismatch,
  type Position,
  type PositionTools,
  parsePlan,
  shifted,
  withinLog,
} from './positions.ts';

export type ResettingAdmin = Pick<
  Admin,
  | 'describeGroups'
  | 'removeGroupMembers'
  | 'listTopics'
  | 'describeTopics'
  | 'listOffsets'
  | 'listGroupOffsets'
  | 'alterGroupOffsets'
  | 'deleteTopics'
>;

export type Scenario =
  | { readonly to: 'earliest' | 'latest' }
  | { readonly to: 'offset' | 'shift'; readonly by: number }
  | { readonly to: 'time'; readonly timestampMs: number }
  | { readonly to: 'plan'; readonly text: string };

export interface ApplicationReset {
  readonly applicationId: string;
  readonly inputTopics: readonly string[];
  readonly intermediateTopics: readonly string[];
  /** Empty for all internal topics. */
  readonly internalTopics: readonly string[];
  /** Read when it is needed: what is wrong with it is said after what went well. */
  scenario(): Promise<Scenario>;
  readonly force: boolean;
  readonly dryRun: boolean;
}

/** What went wrong, with what Kafka's script has printed until then. */
export class ResetFailure extends Error {
  override name = 'ResetFailure';
  /** Lines for standard output. */
  readonly text: string;
  /** Lines for standard error before the message. */
  readonly notes: readonly string[];

  constructor(cause: unknown, text: string, notes: readonly string[]) {
    super(exceptionText(cause), { cause });
    this.text = text;
    this.notes = notes;
  }
}

/**
 * Resets an application. Topics that do not exist are skipped, which is a failure in the end.
 * Data: { applicationId, executed, offsets: [{ topic, partition, offset }], missing: [topic], deletedTopics: [topic] }.
 * @throws ResetFailure
 */
export async function resetApplication(
  wanted: ApplicationReset,
  admin: ResettingAdmin,
  options: CallOptions,
): Promise<Report> {
  const lines: string[] = [];
  const notes: string[] = [];
  const say = (line: string) => void lines.push(`${line}\n`);
  const { applicationId, dryRun } = wanted;
  try {
    if (await refuseActiveMembers(admin, applicationId, wanted.force, options))
      say(`Force deleting all active members in the group: ${applicationId}`);
    const names = (await admin.listTopics(options)).filter(({ isInternal }) => !isInternal).map(({ name }) => name);
    const topics = hashMapOrder(names, javaStringHash);
    if (dryRun) say('----Dry run displays the actions which will be performed when running Streams Reset Tool----');
    if (wanted.intermediateTopics.length > 0)
      say('WARN: `--intermediate-topics` is deprecated and will be removed in a future release');
    const tools = { admin, options, group: applicationId, say };
    const { offsets, missing } = await resetInputs(wanted, admin, tools, { topics: new Set(topics), notes });
    const deletedTopics = await deleteInternal(wanted, admin, topics, { options, say, notes });
    return {
      data: { applicationId, executed: !dryRun, offsets, missing, deletedTopics },
      text: lines.join(''),
      ...(missing.length > 0 && { failed: true }),
    };
  } catch (error) {
    throw new ResetFailure(error, lines.join(''), notes);
  }
}

async function resetInputs(
  wanted: ApplicationReset,
  admin: ResettingAdmin,
  tools: PositionTools,
  { topics, notes }: { readonly topics: ReadonlySet<string>; readonly notes: string[] },
): Promise<{ offsets: readonly Position[]; missing: readonly string[] }> {
  const { inputTopics, intermediateTopics } = wanted;
  const { say, group, options } = tools;
  if (inputTopics.length === 0 && intermediateTopics.length === 0) {
    say('No input or intermediate topics specified. Skipping seek.');
    return { offsets: [], missing: [] };
  }
  if (inputTopics.length > 0) say(`Reset-offsets for input topics [${inputTopics.join(', ')}]`);
  if (intermediateTopics.length > 0) say(`Seek-to-end for intermediate topics [${intermediateTopics.join(', ')}]`);
  const missing = missingTopics(wanted, topics, say);
  const present = [...inputTopics, ...intermediateTopics].filter((topic) => topics.has(topic));
  if (present.length === 0) return { offsets: [], missing };
  const partitions = await partitionsOf(admin, present, options);
  const inputs = partitions.filter(({ topic }) => inputTopics.includes(topic));
  const others = partitions.filter(({ topic }) => !inputTopics.includes(topic));
  const offsets: Position[] = [];
  try {
    if (inputs.length > 0) offsets.push(...(await resetTo(wanted, inputs, tools)));
  } catch (error) {
    const isHandled = error instanceof JavaException && HANDLED.has(error.javaClass);
    if (isHandled) notes.push('ERROR: Resetting offsets failed.');
    throw error;
  }
  if (others.length > 0) {
    say(`Following intermediate topics offsets will be reset to end (for consumer group ${group})`);
    for (const { topic } of others) say(`Topic: ${topic}`);
    offsets.push(...(await offsetsAt(others, LATEST, tools)));
  }
  if (!wanted.dryRun) throwIfRefused(group, offsets, await admin.alterGroupOffsets(group, offsets, options));
  say('Done.');
  return { offsets, missing };
}

/** Exceptions that Kafka's script announces: of reading a time or a file. */
const HANDLED: ReadonlySet<string> = new Set(['java.text.ParseException', 'java.io.IOException']);

function missingTopics(
  { inputTopics, intermediateTopics }: ApplicationReset,
  topics: ReadonlySet<string>,
  say: (line: string) => void,
): string[] {
  const inputs = inputTopics.filter((topic) => !topics.has(topic));
  const others = intermediateTopics.filter((topic) => !topics.has(topic));
  if (inputs.length > 0) say('Following input topics are not found, skipping them');
  for (const topic of inputs) say(`Topic: ${topic}`);
  if (others.length > 0) say('Following intermediate topics are not found, skipping them');
  // Without a blank here, as in Kafka's script.
  for (const topic of others) say(`Topic:${topic}`);
  return [...inputs, ...others];
}

async function partitionsOf(
  admin: ResettingAdmin,
  topics: readonly string[],
  options: CallOptions,
): Promise<TopicPartition[]> {
  const described = allOf(await admin.describeTopics([...new Set(topics)], options));
  return inHashOrder(
    described.flatMap(({ name, partitions }) => partitions.map(({ partition }) => ({ topic: name, partition }))),
  );
}

async function resetTo(
  wanted: ApplicationReset,
  partitions: readonly TopicPartition[],
  tools: PositionTools,
): Promise<Position[]> {
  tools.say(`Following input topics offsets will be reset to (for consumer group ${wanted.applicationId})`);
  const positions = inHashOrder(await newPositions(await wanted.scenario(), partitions, tools));
  for (const { topic, partition, offset } of positions)
    tools.say(`Topic: ${topic} Partition: ${partition} Offset: ${offset}`);
  return positions;
}

async function newPositions(
  scenario: Scenario,
  partitions: readonly TopicPartition[],
  tools: PositionTools,
): Promise<Position[]> {
  switch (scenario.to) {
    case 'earliest':
      return offsetsAt(partitions, EARLIEST, tools);
    case 'latest':
      return offsetsAt(partitions, LATEST, tools);
    case 'shift':
      return shifted(partitions, scenario.by, tools);
    case 'time':
      return atTime(partitions, scenario.timestampMs, tools);
    case 'offset': {
      const positions = partitions.map(({ topic, partition }) => ({ topic, partition, offset: scenario.by }));
      return withinLog(positions, partitions, tools);
    }
    case 'plan': {
      const positions = await withinLog(parsePlan(scenario.text), partitions, tools);
      const planned = new Set(positions.map(partitionKey));
      const left = partitions.find((partition) => !planned.has(partitionKey(partition)));
      if (!left) return positions;
      throw new PlanMismatch(`The plan says nothing of ${partitionKey(left)}, a partition of the --input-topics`);
    }
  }
}

async function deleteInternal(
  { applicationId, inputTopics, intermediateTopics, internalTopics, dryRun }: ApplicationReset,
  admin: ResettingAdmin,
  topics: readonly string[],
  { options, say, notes }: { options: CallOptions; say(line: string): void; notes: string[] },
): Promise<readonly string[]> {
  const named = new Set([...inputTopics, ...intermediateTopics]);
  const inferred = topics.filter((topic) => !named.has(topic) && isInternalTopic(topic, applicationId));
  if (!internalTopics.every((topic) => inferred.includes(topic)))
    throw new JavaException(
      'java.lang.IllegalArgumentException',
      'Invalid topic specified in the --internal-topics option. Ensure that the topics specified are all internal topics. Do a dry run without the --internal-topics option to see the list of all internal topics that can be deleted.',
    );
  const isSpecified = internalTopics.length > 0;
  const doomed = isSpecified ? internalTopics : inferred;
  say(`Deleting ${isSpecified ? 'specified' : 'inferred'} internal topics [${doomed.join(', ')}]`);
  const failures = dryRun ? new Map() : await deleteTopics(admin, doomed, options);
  for (const [topic, error] of failures) notes.push(`ERROR: deleting topic ${topic}`, failedFuture(error));
  if (failures.size > 0)
    throw new JavaException('java.lang.RuntimeException', 'Encountered an error deleting one or more topics');
  say('Done.');
  return doomed;
}
