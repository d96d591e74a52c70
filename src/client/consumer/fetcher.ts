// Fetches partitions from their leaders, one request per broker at a time and one answer ahead of the reader, so that the
// network works while records are printed and memory stays flat.
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { Fetch, type FetchResponse } from '../../protocol/messages/fetch.ts';
import { BATCH_OVERHEAD, FIELD, LOG_OVERHEAD } from '../../protocol/records/batch.ts';
import { loadCodecsFor } from '../../protocol/records/read.ts';
import { ZERO_UUID } from '../../util/uuid.ts';
import { byTopic, partitionKey } from '../admin/by-topic.ts';
import type { TopicPartition } from '../admin/types.ts';
import type { Broker } from '../broker-link.ts';
import type { Cluster } from '../cluster.ts';
import { PassingError } from '../errors.ts';
import type { GroupOffset } from '../group/types.ts';
import type { ConsumerSettings } from '../settings/consumer.ts';
import { fetchFailure } from './fetch-failures.ts';

/** Batches of one partition as they came, codecs loaded. */
export interface Fetched extends TopicPartition {
  readonly records: Buffer;
  /** Offset asked for: the first batch may begin before it. */
  readonly offset: number;
  /** Offset behind the last batch, and that batch's leader epoch. */
  readonly end: number;
  readonly leaderEpoch: number;
  /** With read_committed: producers whose transactions from an offset on were aborted. */
  readonly aborted: readonly { readonly producerId: number; readonly firstOffset: number }[];
}

export interface FetcherEvents {
  /** Something is in the queue now. */
  onData(): void;
  /** The offset is not there (any more), and fetching of this partition has stopped. */
  onOutOfRange(partition: TopicPartition, offset: number): void;
  onFailure(error: Error): void;
}

/** First version that names topics by their ids. */
const FIRST_WITH_TOPIC_IDS = 13;
/** Answers of a broker that may wait for the reader. */
const MAX_QUEUED = 2;

export class Fetcher {
  readonly #cluster: Cluster;
  readonly #settings: ConsumerSettings;
  readonly #events: FetcherEvents;
  readonly #positions = new Map<string, GroupOffset>();
  readonly #queue: Fetched[] = [];
  readonly #busy = new Set<number>();
  /** Counts assignments: an answer to a request of an earlier one is dropped. */
  #assignment = 0;
  #retries = 0;
  #stopped = false;

  constructor(cluster: Cluster, settings: ConsumerSettings, events: FetcherEvents) {
    this.#cluster = cluster;
    this.#settings = settings;
    this.#events = events;
  }

  /** Fetches these partitions from now on, and no others; what is in the queue is dropped. */
  assign(positions: readonly GroupOffset[]): void {
    this.#assignment++;
    this.#queue.length = 0;
    this.#positions.clear();
    for (const position of positions) this.#positions.set(partitionKey(position.topic, position.partition), position);
    this.#pump();
  }

  /** Fetches a partition from another offset on. */
  seek(position: GroupOffset): void {
    this.#positions.set(partitionKey(position.topic, position.partition), position);
    this.#pump();
  }

  /** How many answers wait for the reader. */
  get queued(): number {
    return this.#queue.length;
  }

  /** The next batches, in the order in which they came. */
  take(): Fetched | undefined {
    const next = this.#queue.shift();
    if (this.#queue.length < MAX_QUEUED) this.#pump();
    return next;
  }

  stop(): void {
    this.#stopped = true;
    this.#assignment++;
    this.#queue.length = 0;
    this.#positions.clear();
  }

  #pump(): void {
    if (this.#stopped || this.#positions.size === 0) return;
    void this.#fetchAll().catch((error) => this.#retryOrFail(error));
  }

  async #fetchAll(): Promise<void> {
    const assignment = this.#assignment;
    const byLeader = await this.#byLeader();
    if (assignment !== this.#assignment) return;
    for (const [leader, positions] of byLeader) {
      if (this.#busy.has(leader) || this.#queue.length >= MAX_QUEUED) continue;
      this.#busy.add(leader);
      void this.#fetch(leader, positions, assignment)
        .catch((error) => this.#retryOrFail(error))
        .finally(() => {
          this.#busy.delete(leader);
          if (this.#queue.length < MAX_QUEUED && this.#retries === 0) this.#pump();
        });
    }
  }

  /** Positions by the broker that leads their partitions; those without a leader are asked for again later. */
  async #byLeader(): Promise<Map<number, GroupOffset[]>> {
    const { metadata } = this.#cluster;
    const leaderOf = ({ topic, partition }: TopicPartition) =>
      metadata.topic(topic)?.partitions[partition]?.leader ?? -1;
    const positions = [...this.#positions.values()];
    if (metadata.isStale || positions.some((position) => leaderOf(position) < 0)) {
      await metadata.refresh([...new Set(positions.map(({ topic }) => topic))]);
    }
    const byLeader = new Map<number, GroupOffset[]>();
    for (const position of positions) {
      const leader = leaderOf(position);
      if (leader < 0) throw new KafkaError(ErrorCode.LEADER_NOT_AVAILABLE);
      const list = byLeader.get(leader);
      if (list) list.push(position);
      else byLeader.set(leader, [position]);
    }
    return byLeader;
  }

  async #fetch(leader: number, positions: readonly GroupOffset[], assignment: number): Promise<void> {
    const broker = await this.#cluster.brokerById(leader);
    const response = await broker.send(Fetch, this.#request(positions), {
      timeoutMs: this.#settings.fetchMaxWaitMs + this.#settings.requestTimeoutMs,
      ...(this.#knowsIds(positions) ? {} : { maxVersion: FIRST_WITH_TOPIC_IDS - 1 }),
    });
    if (assignment !== this.#assignment) return;
    // Whatever it is, the session is begun anew (FetchSessionHandler.handleResponse).
    if (response.errorCode !== 0) throw new PassingError(response.errorCode);
    this.#retries = 0;
    await this.#takeIn(broker, response, positions, assignment);
  }

  #knowsIds(positions: readonly GroupOffset[]): boolean {
    return positions.every(({ topic }) => this.#topicId(topic) !== ZERO_UUID);
  }

  #topicId(topic: string): string {
    return this.#cluster.metadata.topic(topic)?.topicId ?? ZERO_UUID;
  }

  #request(positions: readonly GroupOffset[]) {
    const settings = this.#settings;
    const topics = byTopic(positions, ({ partition, offset }) => ({
      partition,
      fetchOffset: offset,
      partitionMaxBytes: settings.maxPartitionFetchBytes,
    }));
    return {
      replicaId: -1,
      maxWaitMs: settings.fetchMaxWaitMs,
      minBytes: settings.fetchMinBytes,
      maxBytes: settings.fetchMaxBytes,
      isolationLevel: settings.isolationLevel === 'read_committed' ? 1 : 0,
      topics: topics.map(({ name, partitions }) => ({ topic: name, topicId: this.#topicId(name), partitions })),
      forgottenTopicsData: [],
      rackId: settings.clientRack ?? '',
    };
  }

  async #takeIn(
    broker: Broker,
    response: FetchResponse,
    positions: readonly GroupOffset[],
    assignment: number,
  ): Promise<void> {
    const byIds = broker.versions.best(Fetch) >= FIRST_WITH_TOPIC_IDS && this.#knowsIds(positions);
    const names = new Map(positions.map(({ topic }) => [this.#topicId(topic), topic]));
    let arrived = false;
    for (const { topic, topicId, partitions } of response.responses) {
      const name = byIds ? names.get(topicId) : topic;
      if (name === undefined) continue;
      for (const partition of partitions) {
        const position = this.#positions.get(partitionKey(name, partition.partitionIndex));
        if (!position) continue;
        this.#checkPartition(position, partition.errorCode);
        const { records } = partition;
        if (partition.errorCode !== 0 || !records || records.length === 0) continue;
        await loadCodecsFor(records);
        if (assignment !== this.#assignment) return;
        arrived = this.#enqueue(position, records, partition.abortedTransactions ?? []) || arrived;
      }
    }
    if (arrived) this.#events.onData();
  }

  #enqueue(position: GroupOffset, records: Buffer, aborted: Fetched['aborted']): boolean {
    const end = endOfBatches(records);
    if (!end) return false;
    const { topic, partition, offset } = position;
    this.#positions.set(partitionKey(topic, partition), { topic, partition, ...end });
    this.#queue.push({ topic, partition, records, offset, end: end.offset, leaderEpoch: end.leaderEpoch, aborted });
    return true;
  }

  #checkPartition(position: GroupOffset, errorCode: number): void {
    if (errorCode === 0) return;
    if (errorCode === ErrorCode.OFFSET_OUT_OF_RANGE) {
      this.#positions.delete(partitionKey(position.topic, position.partition));
      this.#events.onOutOfRange(position, position.offset);
      return;
    }
    throw fetchFailure(this.#cluster, position, errorCode);
  }

  #retryOrFail(error: unknown): void {
    if (this.#stopped) return;
    if (!(error instanceof KafkaError) || !error.retriable) {
      this.#events.onFailure(error as Error);
      return;
    }
    this.#cluster.metadata.invalidate();
    this.#retries++;
    void this.#cluster.sleep(this.#cluster.retryBackoffMs(this.#retries)).then(() => {
      this.#retries = 0;
      this.#pump();
    });
  }
}

/** The offset behind the last whole batch, and that batch's leader epoch; undefined if there is no whole batch. */
function endOfBatches(records: Buffer): { offset: number; leaderEpoch: number } | undefined {
  let end: { offset: number; leaderEpoch: number } | undefined;
  let at = 0;
  while (records.length - at >= BATCH_OVERHEAD) {
    const size = records.readInt32BE(at + FIELD.batchLength) + LOG_OVERHEAD;
    if (size < BATCH_OVERHEAD || size > records.length - at) break;
    const base = Number(records.readBigInt64BE(at));
    end = {
      offset: base + records.readInt32BE(at + FIELD.lastOffsetDelta) + 1,
      leaderEpoch: records.readInt32BE(at + FIELD.partitionLeaderEpoch),
    };
    at += size;
  }
  return end;
}
