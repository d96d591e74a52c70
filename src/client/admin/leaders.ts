// Requests that every partition's leader answers for itself (AdminApiDriver with PartitionLeaderStrategy).
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { Metadata, type MetadataResponse } from '../../protocol/messages/metadata.ts';
import type { Broker } from '../broker-link.ts';
import type { Cluster } from '../cluster.ts';
import { ConnectionError, TimeoutError } from '../errors.ts';
import { byTopic, partitionKey } from './by-topic.ts';
import { leaderFinder, topicFailure } from './leader-lookup.ts';
import type { TopicPartition } from './types.ts';

/** How often a client that does not wait asks for leaders, and again where it was the wrong one. */
const TRIES_WITHOUT_WAITING = 4;

/** A request to leaders, and what its answers mean: one of Kafka's handlers. */
export interface LeaderHandler<T, R> {
  /** As Kafka's messages have it: `listOffsets`. */
  readonly name: string;
  /** The request's name in them: `LIST_OFFSETS`. */
  readonly api: string;
  /** A topic that is not there is an answer, not waited for. */
  readonly failsUnknownTopics?: boolean;
  /** The broker that is asked in the place of all leaders. */
  readonly broker?: number | undefined;
  /** One request to one broker; an answer for each of its items, in their order. */
  send(broker: Broker, share: readonly T[]): Promise<readonly R[]>;
  /** The answer for a partition that no leader answered for. */
  failed(item: T, error: KafkaError): R;
  /** The error of an answer that may be another in a moment: its leader is looked for and asked again. */
  retried(answer: R): KafkaError | undefined;
}

/** @returns in the order of `items` */
export async function askLeaders<T extends TopicPartition, R>(
  cluster: Cluster,
  items: readonly T[],
  handler: LeaderHandler<T, R>,
  timeoutMs = cluster.settings.defaultApiTimeoutMs,
): Promise<R[]> {
  const drive = new Drive(cluster, handler, timeoutMs);
  await (handler.broker === undefined ? drive.lookUp(items, 1) : drive.ask(handler.broker, items, 1));
  return items.flatMap((item) => drive.answers.get(item) ?? []);
}

/** Partitions go on each for itself: those whose leader is known do not wait for the others. */
class Drive<T extends TopicPartition, R> {
  readonly answers = new Map<T, R>();
  readonly #cluster: Cluster;
  readonly #handler: LeaderHandler<T, R>;
  readonly #deadline: number;
  readonly #deadlineMs: number;

  constructor(cluster: Cluster, handler: LeaderHandler<T, R>, timeoutMs: number) {
    this.#cluster = cluster;
    this.#handler = handler;
    this.#deadline = cluster.clock.monotonicMs() + timeoutMs;
    this.#deadlineMs = cluster.clock.nowMs() + timeoutMs;
  }

  async lookUp(items: readonly T[], attempt: number): Promise<void> {
    const response = await this.#metadata(items);
    if (response instanceof KafkaError) return this.#fail(items, response);
    const shares = new Map<number, T[]>();
    const open = new Map<T, KafkaError>();
    const place = (item: T, leader: number) => {
      const share = shares.get(leader);
      if (share) share.push(item);
      else shares.set(leader, [item]);
    };
    const known = new Map(response.topics.map((topic) => [topic.name, topic]));
    for (const { name, partitions } of byTopic(items, (item) => item)) {
      const topic = known.get(name) ?? { name, errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, partitions: [] };
      const failure = topicFailure(this.#cluster, topic, this.#handler.failsUnknownTopics ?? false);
      const leaderOf = failure ?? leaderFinder(this.#cluster, topic);
      for (const item of partitions) {
        const found = leaderOf(item);
        if (typeof found === 'number') place(item, found);
        else if (found.isOpen) open.set(item, found.error);
        else this.#fail([item], found.error);
      }
    }
    const asking = [...shares].map(([leader, share]) => this.ask(leader, share, attempt));
    await Promise.all([...asking, this.#again(open, attempt, 'METADATA', (left) => this.lookUp(left, attempt + 1))]);
  }

  async ask(leader: number, share: readonly T[], attempt: number): Promise<void> {
    const { name, api, send, retried, broker } = this.#handler;
    const replies = await this.#cluster
      .call(`${name}(api=${api})`, { broker: leader }, (link) => send(link, share), this.#leftMs())
      .catch(ofItems);
    if (replies instanceof KafkaError) return this.#fail(share, replies);
    const open = new Map<T, KafkaError>();
    for (const [i, item] of share.entries()) {
      const reply = replies[i]!;
      this.answers.set(item, reply);
      const error = retried(reply);
      if (error !== undefined) open.set(item, error);
    }
    const next = (left: readonly T[]) =>
      broker === undefined ? this.lookUp(left, attempt + 1) : this.ask(leader, left, attempt + 1);
    await this.#again(open, attempt, api, next);
  }

  #metadata(items: readonly T[]): Promise<MetadataResponse | KafkaError> {
    const topics = [...new Set(items.map(({ topic }) => topic))].map((name) => ({ name }));
    const ask = async (broker: Broker) => {
      const response = await broker.send(Metadata, { topics, allowAutoTopicCreation: false });
      this.#cluster.learn(response);
      return response;
    };
    return this.#cluster.call(`${this.#handler.name}(api=METADATA)`, 'any', ask, this.#leftMs()).catch(ofItems);
  }

  /** After a pause, unless that would be too late. */
  async #again(
    open: ReadonlyMap<T, KafkaError>,
    attempt: number,
    api: string,
    next: (items: readonly T[]) => Promise<void>,
  ): Promise<void> {
    const { failFast, clock } = this.#cluster;
    if (open.size === 0) return;
    if (failFast && attempt >= TRIES_WITHOUT_WAITING) {
      for (const [item, error] of open) this.#fail([item], error);
      return;
    }
    const pause = this.#cluster.retryBackoffMs(attempt);
    const leftMs = this.#deadline - clock.monotonicMs();
    await this.#cluster.sleep(Math.max(0, Math.min(pause, leftMs)));
    if (leftMs > pause) return next([...open.keys()]);
    for (const [item, error] of open) this.#fail([item], this.#late(api, attempt, error));
  }

  /** Kafka's client does not pause between its look-ups, so it is within one that time runs out; else it is in a pause. */
  #late(api: string, tries: number, cause: KafkaError): TimeoutError {
    const call = `${this.#handler.name}(api=${api})`;
    if (api !== 'METADATA') return new TimeoutError(`Timed out waiting for a node assignment. Call: ${call}`, cause);
    const now = this.#cluster.clock.nowMs();
    const state = `callName=${call}, deadlineMs=${Math.round(this.#deadlineMs)}, tries=${tries}, nextAllowedTryMs=${now}`;
    return new TimeoutError(`Call(${state}) timed out at ${now} after ${tries} attempt(s)`, cause);
  }

  #fail(items: readonly T[], error: KafkaError): void {
    for (const item of items) this.answers.set(item, this.#handler.failed(item, error));
  }

  #leftMs(): number {
    return Math.max(1, this.#deadline - this.#cluster.clock.monotonicMs());
  }
}

/** What every partition of a request fails with; no connection at all is a failure of the whole. */
function ofItems(error: unknown): KafkaError {
  if (error instanceof KafkaError && !(error instanceof ConnectionError)) return error;
  throw error;
}

/** A leader said nothing of a partition. */
export const leftOut = (broker: number, { topic, partition }: TopicPartition): KafkaError =>
  new KafkaError(
    ErrorCode.UNKNOWN_SERVER_ERROR,
    `The response from broker ${broker} did not contain a result for topic partition ${partitionKey(topic, partition)}`,
  );
