// Requests that every partition's leader answers for itself.
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import type { Broker } from '../broker-link.ts';
import type { Cluster } from '../cluster.ts';
import { asKafkaError, TimeoutError } from '../errors.ts';
import type { TopicPartition } from './types.ts';

/** A retriable error of a partition is retried with fresh metadata this often before it is the answer of a client that does not wait. */
const PARTITION_RETRIES = 5;

/**
 * Sends each leader its share; partitions whose leader has moved are asked for again.
 * @param send one request to one leader; its answers in the order of its items
 * @param failed the answer for a partition that no leader answered for
 * @returns in the order of `items`
 */
export async function askLeaders<T extends TopicPartition, R extends { readonly error?: KafkaError }>(
  cluster: Cluster,
  name: string,
  items: readonly T[],
  send: (broker: Broker, share: readonly T[]) => Promise<readonly R[]>,
  failed: (item: T, error: KafkaError) => R,
  timeoutMs = cluster.settings.defaultApiTimeoutMs,
): Promise<R[]> {
  const deadline = cluster.clock.monotonicMs() + timeoutMs;
  const left = () => Math.max(1, deadline - cluster.clock.monotonicMs());
  const answers = new Map<T, R>();
  const ask = async (some: readonly T[]) => {
    const shares = await sharesByLeader(cluster, some, deadline, (item, error) =>
      answers.set(item, failed(item, error)),
    );
    const asking = [...shares].map(async ([leader, share]) => {
      const replies = await cluster.call(name, { broker: leader }, (broker) => send(broker, share), left());
      share.forEach((item, i) => {
        const reply = replies[i];
        if (reply) answers.set(item, reply);
      });
    });
    await Promise.all(asking);
  };
  const deadlineMs = cluster.clock.nowMs() + timeoutMs;
  let open = [...items];
  await cluster.metadata.refresh([...new Set(items.map(({ topic }) => topic))], false, timeoutMs);
  for (let attempt = 1; open.length > 0; attempt++) {
    // Those whose leader is known do not wait for those that may not be there.
    const isKnown = (item: T) => hasLeader(cluster, item);
    await Promise.all([ask(open.filter(isKnown)), ask(open.filter((item) => !isKnown(item)))]);
    open = items.filter((item) => answers.get(item)?.error?.retriable ?? false);
    if (open.length === 0 || (cluster.failFast && attempt > PARTITION_RETRIES)) break;
    if (left() <= cluster.retryBackoffMs(attempt)) {
      await cluster.sleep(left());
      for (const item of open)
        answers.set(item, failed(item, timedOut(lookUpOf(name), attempt, deadlineMs, cluster.clock.nowMs())));
      break;
    }
    cluster.metadata.invalidate();
    await cluster.sleep(cluster.retryBackoffMs(attempt));
  }
  return items.flatMap((item) => answers.get(item) ?? []);
}

/** What Kafka's client calls the question for the leaders that a call needs. */
const lookUpOf = (name: string): string => `${name}(api=METADATA)`;

/** Time ran out within the attempts of a call (KafkaAdminClient.Call). */
function timedOut(name: string, tries: number, deadlineMs: number, nowMs: number): TimeoutError {
  const call = `callName=${name}, deadlineMs=${Math.round(deadlineMs)}, tries=${tries}, nextAllowedTryMs=${nowMs}`;
  return new TimeoutError(`Call(${call}) timed out at ${nowMs} after ${tries} attempt(s)`);
}

function hasLeader({ metadata }: Cluster, { topic, partition }: TopicPartition): boolean {
  const found = metadata.topic(topic)?.partitions[partition];
  return found !== undefined && found.leader >= 0;
}

async function sharesByLeader<T extends TopicPartition>(
  cluster: Cluster,
  items: readonly T[],
  deadline: number,
  giveUp: (item: T, error: KafkaError) => void,
): Promise<Map<number, T[]>> {
  const shares = new Map<number, T[]>();
  await Promise.all(
    items.map(async (item) => {
      try {
        const leader = await cluster.metadata.leader(item.topic, item.partition, deadline);
        const share = shares.get(leader);
        if (share) share.push(item);
        else shares.set(leader, [item]);
      } catch (error) {
        giveUp(item, withoutMetadata(item, asKafkaError(error)));
      }
    }),
  );
  return shares;
}

/** PartitionLeaderStrategy's words for what metadata says of a topic. */
function withoutMetadata({ topic, partition }: TopicPartition, error: KafkaError): KafkaError {
  const why = REASONS.get(error.code);
  if (why === undefined) return error;
  const text = `Failed to fetch metadata for partition ${topic}-${partition} due to ${why(topic)}`;
  return new KafkaError(error.code, text);
}

const REASONS: ReadonlyMap<number, (topic: string) => string> = new Map([
  [ErrorCode.INVALID_TOPIC_EXCEPTION, (topic: string) => `invalid topic \`${topic}\``],
  [ErrorCode.TOPIC_AUTHORIZATION_FAILED, () => 'topic authorization failure'],
]);

/** What {@link untilKnown} asks, and what it says of a partition that never came. */
export interface Asking<T, R> {
  /** The answers in the order of the items. */
  ask(open: readonly T[], leftMs: number): Promise<readonly R[]>;
  failed(item: T, error: KafkaError): R;
  /** Whether the partition may still be made. */
  isUnknown(answer: R): boolean;
  readonly timeoutMs: number;
}

/** Asks again until time is up for partitions that may still be made, as Kafka's client asks for their leaders. */
export async function untilKnown<T extends TopicPartition, R extends { readonly error?: KafkaError }>(
  cluster: Cluster,
  call: string,
  items: readonly T[],
  { ask, failed, isUnknown, timeoutMs }: Asking<T, R>,
): Promise<R[]> {
  const { clock, settings } = cluster;
  const [deadline, deadlineMs] = [clock.monotonicMs() + timeoutMs, clock.nowMs() + timeoutMs];
  const answers = new Map<T, R>();
  const giveUp = (item: T, tries: number) =>
    answers.set(item, failed(item, timedOut(lookUpOf(call), tries, deadlineMs, clock.nowMs())));
  let open = items;
  for (let attempt = 1; open.length > 0; attempt++) {
    const replies = await ask(open, Math.max(1, deadline - clock.monotonicMs())).catch((error: unknown) => {
      if (attempt === 1 || !(error instanceof TimeoutError)) throw error;
      return open.map((item) => failed(item, error));
    });
    open.forEach((item, i) => {
      const reply = replies[i];
      // Time that ran out within a further attempt, or before it, ran out for all of them.
      const isLate = reply?.error instanceof TimeoutError && (attempt > 1 || isMissing(cluster, item));
      if (isLate) giveUp(item, attempt);
      else if (reply) answers.set(item, reply);
    });
    const isOpen = (answer: R | undefined) => answer !== undefined && isUnknown(answer);
    open = cluster.failFast ? [] : open.filter((item) => isOpen(answers.get(item)));
    const pause = cluster.retryBackoffMs(attempt);
    if (open.length > 0 && clock.monotonicMs() + pause >= deadline) {
      await cluster.sleep(Math.max(0, deadline - clock.monotonicMs()));
      for (const item of open) giveUp(item, attempt);
      break;
    }
    if (open.length > 0) await cluster.sleep(Math.max(pause, settings.retryBackoffMs));
  }
  return items.flatMap((item) => answers.get(item) ?? []);
}

/** The topic is there without this partition. */
function isMissing({ metadata }: Cluster, { topic, partition }: TopicPartition): boolean {
  const known = metadata.topic(topic);
  return known?.errorCode === ErrorCode.NONE && known.partitions[partition] === undefined;
}
