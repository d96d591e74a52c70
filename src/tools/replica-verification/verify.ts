// `replica-verification` (ReplicaVerificationTool): reads all replicas of topics side by side, round by round.
import type { Admin, FetchedReplica, TopicPartition } from '../../client/admin.ts';
import { OffsetSpec } from '../../client/admin.ts';
import { hashMapOrder, topicPartitionHash } from '../../util/java-hash.ts';
import { JavaException } from '../java-exception.ts';
import { allOf, throwFirstError } from '../outcomes.ts';
import type { Finding } from './finding.ts';
import { type ReplicatedPartition, Verification } from './verification.ts';

export type VerifyingAdmin = Pick<Admin, 'listTopics' | 'describeTopics' | 'listOffsets' | 'fetchReplicas'>;

export interface ReplicaPlan {
  isWanted(topic: string): boolean;
  /** Read in this order and when they are needed, as what is wrong with them is said only then. */
  initialTime(): number;
  reportIntervalMs(): number;
  fetchSize(): number;
  maxWaitMs(): number;
}

export interface VerificationOutput {
  tell(finding: Finding): void;
  /** Hears, partition by partition, that the offset to begin at is known. */
  onOffset?(partition: TopicPartition): void;
  /** Milliseconds that never go back. */
  monotonicMs(): number;
  /** Ends the run. */
  readonly signal: AbortSignal;
}

/** How much later than asked an answer may come before its replica counts as away for this round, milliseconds. */
const PATIENCE_MS = 3000;

/** No topic is to be verified. */
export class NoTopics extends Error {
  override message =
    'No topics found. [topics-include] if specified, is either filtering out all topics or there is no topic.';
}

/**
 * Verifies until it is interrupted. A replica that cannot be read holds its partitions back, and what comes of that is
 * reported as lag.
 * @throws NoTopics, OffsetMismatch, JavaException for a time that no offset can be found for
 */
export async function verifyReplicas(
  admin: VerifyingAdmin,
  plan: ReplicaPlan,
  output: VerificationOutput,
): Promise<void> {
  const names = (await admin.listTopics()).map(({ name }) => name).filter((name) => plan.isWanted(name));
  if (names.length === 0) throw new NoTopics();
  const topics = allOf(await admin.describeTopics(names));
  const places = topics.flatMap(({ name, topicId, partitions }) =>
    partitions.map(({ partition, replicas }) => ({ topic: name, topicId, partition, replicas })),
  );
  const offsets = await initialOffsets(admin, places, plan.initialTime());
  for (const place of inHashOrder(places)) output.onOffset?.(place);
  const reportIntervalMs = plan.reportIntervalMs();
  const limits = { maxBytes: plan.fetchSize(), maxWaitMs: plan.maxWaitMs() };
  const partitions = places.map(({ replicas, ...place }, i) => ({ ...place, offset: offsets[i]! }));
  const verification = new Verification(partitions, output.tell);
  const brokers = new Map<number, ReplicatedPartition[]>();
  for (const [i, partition] of partitions.entries())
    for (const id of places[i]!.replicas) brokers.set(id, [...(brokers.get(id) ?? []), partition]);
  output.tell({ type: 'started' });
  let reportedMs = output.monotonicMs();
  while (!output.signal.aborted) {
    const round = await ended(output.signal, fetchRound(admin, brokers, limits));
    if (round === undefined) return;
    verification.verify((partition) => round.get(partition)!);
    if (output.monotonicMs() - reportedMs <= reportIntervalMs) continue;
    verification.report();
    reportedMs = output.monotonicMs();
  }
}

/** The order in which Kafka's consumer goes through partitions. */
const inHashOrder = <T extends TopicPartition>(partitions: readonly T[]): T[] =>
  hashMapOrder(partitions, ({ topic, partition }) => topicPartitionHash(topic, partition));

async function initialOffsets(
  admin: VerifyingAdmin,
  partitions: readonly TopicPartition[],
  timestamp: number,
): Promise<number[]> {
  if (timestamp < OffsetSpec.EARLIEST) {
    const { topic, partition } = inHashOrder(partitions)[0]!;
    const message = `The target time for partition ${topic}-${partition} is ${timestamp}. The target time cannot be negative.`;
    throw new JavaException('java.lang.IllegalArgumentException', message);
  }
  const found = await admin.listOffsets(partitions.map(({ topic, partition }) => ({ topic, partition, timestamp })));
  throwFirstError(found);
  if (timestamp >= 0 && found.some(({ offset }) => offset < 0)) {
    const message =
      'Cannot invoke "org.apache.kafka.clients.consumer.OffsetAndTimestamp.offset()" because the return value of "java.util.Map$Entry.getValue()" is null';
    throw new JavaException('java.lang.NullPointerException', message);
  }
  return found.map(({ offset }) => offset);
}

type Round = Map<ReplicatedPartition, Map<number, FetchedReplica>>;

async function fetchRound(
  admin: VerifyingAdmin,
  brokers: ReadonlyMap<number, readonly ReplicatedPartition[]>,
  limits: { readonly maxBytes: number; readonly maxWaitMs: number },
): Promise<Round> {
  const round: Round = new Map();
  const one = async (broker: number, partitions: readonly ReplicatedPartition[]) => {
    const timeoutMs = limits.maxWaitMs + PATIENCE_MS;
    const fetched = await admin.fetchReplicas({ broker, partitions, ...limits, timeoutMs }).catch(() => []);
    for (const partition of partitions) {
      const { topic, partition: number } = partition;
      const answer = fetched.find((replica) => replica.topic === topic && replica.partition === number);
      const answers = round.get(partition) ?? new Map();
      round.set(partition, answers);
      answers.set(broker, answer ?? { topic, partition: number, highWatermark: -1, records: Buffer.alloc(0) });
    }
  };
  await Promise.all([...brokers].map(([broker, partitions]) => one(broker, partitions)));
  return round;
}

/** What comes first: the result, or undefined when the signal is given. */
function ended<T>(signal: AbortSignal, work: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const stop = () => resolve(undefined);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
