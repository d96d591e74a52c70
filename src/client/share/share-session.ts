// A share session with one broker: which partitions it delivers, and the epoch that keeps requests in order
// (ShareSessionHandler). One request at a time is under way.
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { ShareAcknowledge } from '../../protocol/messages/share-acknowledge.ts';
import { ShareFetch, type ShareFetchResponse } from '../../protocol/messages/share-fetch.ts';
import { partitionKey } from '../admin/by-topic.ts';
import type { Broker } from '../broker-link.ts';
import type { ShareConsumerSettings } from '../settings/share-consumer.ts';
import { type AcknowledgementBatch, AcknowledgeType, offsetsOf, toWire, type WireBatch } from './acknowledgements.ts';
import type { Acknowledged, SharePartition } from './types.ts';

const FINAL_EPOCH = -1;
const MAX_EPOCH = 2 ** 31 - 1;
/** First version with renewals. */
const RENEW_VERSION = 2;

interface Pending {
  readonly partition: SharePartition;
  readonly batches: AcknowledgementBatch[];
}

type WireTopics = { topicId: string; partitions: { partitionIndex: number; acknowledgementBatches: WireBatch[] }[] }[];

export interface SessionIdentity {
  readonly groupId: string;
  readonly memberId: string;
}

export class ShareSession {
  readonly #identity: SessionIdentity;
  readonly #settings: ShareConsumerSettings;
  readonly #onAcknowledged: (outcome: Acknowledged) => void;
  readonly #inSession = new Map<string, SharePartition>();
  #pending = new Map<string, Pending>();
  #epoch = 0;

  constructor(
    identity: SessionIdentity,
    settings: ShareConsumerSettings,
    onAcknowledged: (outcome: Acknowledged) => void,
  ) {
    this.#identity = identity;
    this.#settings = settings;
    this.#onAcknowledged = onAcknowledged;
  }

  /** Whether the broker knows of the session. */
  get isOpen(): boolean {
    return this.#epoch > 0;
  }

  get hasPartitions(): boolean {
    return this.#inSession.size > 0;
  }

  get hasPending(): boolean {
    return this.#pending.size > 0;
  }

  get #hasRenewals(): boolean {
    return [...this.#pending.values()].some(({ batches }) =>
      batches.some(({ type }) => type === AcknowledgeType.RENEW),
    );
  }

  /** To be said with the next request. */
  add(partition: SharePartition, batches: readonly AcknowledgementBatch[]): void {
    if (batches.length === 0) return;
    const key = keyOf(partition);
    const pending = this.#pending.get(key);
    if (pending) pending.batches.push(...batches);
    else this.#pending.set(key, { partition, batches: [...batches] });
  }

  /** The answer, with everything pending said. @throws KafkaError, ConnectionError: the session begins anew then */
  async fetch(broker: Broker, wanted: readonly SharePartition[]): Promise<ShareFetchResponse> {
    this.#failOrphans();
    if (this.#hasRenewals) await this.acknowledge(broker);
    const pending = this.#take();
    const settings = this.#settings;
    const forgotten = [...this.#inSession.values()].filter(
      (one) => !wanted.some((other) => keyOf(other) === keyOf(one)),
    );
    const added = wanted.filter((partition) => !this.isOpen || !this.#inSession.has(keyOf(partition)));
    const request = {
      ...this.#identity,
      shareSessionEpoch: this.#epoch,
      maxWaitMs: settings.fetchMaxWaitMs,
      minBytes: settings.fetchMinBytes,
      maxBytes: settings.fetchMaxBytes,
      maxRecords: settings.maxPollRecords,
      batchSize: settings.maxPollRecords,
      shareAcquireMode: settings.acquireMode === 'record_limit' ? 1 : 0,
      topics: wireTopics(added, pending),
      forgottenTopicsData: forgottenTopics(forgotten),
    };
    const timeoutMs = settings.fetchMaxWaitMs + settings.requestTimeoutMs;
    const response = await this.#answered(pending, () => broker.send(ShareFetch, request, { timeoutMs }));
    this.#inSession.clear();
    for (const partition of wanted) this.#inSession.set(keyOf(partition), partition);
    this.#report(
      pending,
      response.responses.flatMap(({ topicId, partitions }) =>
        partitions.map(
          ({ partitionIndex, acknowledgeErrorCode: errorCode, acknowledgeErrorMessage: errorMessage }) => ({
            ...{ topicId, partitionIndex, errorCode, errorMessage },
          }),
        ),
      ),
    );
    return response;
  }

  /** Says everything pending, with nothing fetched. @throws as fetch */
  async acknowledge(broker: Broker): Promise<void> {
    this.#failOrphans();
    if (this.hasPending) await this.#acknowledge(broker, this.#epoch);
  }

  /** Says everything pending and ends the session: what was not acknowledged is free for others. @throws as fetch */
  async close(broker: Broker): Promise<void> {
    if (this.isOpen) await this.#acknowledge(broker, FINAL_EPOCH);
  }

  /** The broker does not know the session any more: what was to be said cannot be. */
  reset(error: KafkaError): void {
    this.#epoch = 0;
    this.#inSession.clear();
    for (const { partition, batches } of this.#take().values()) this.#outcome(partition, batches, error);
  }

  /** What an earlier session delivered cannot be acknowledged in a new one. */
  #failOrphans(): void {
    if (!this.isOpen && this.hasPending) this.reset(new KafkaError(ErrorCode.SHARE_SESSION_NOT_FOUND));
  }

  async #acknowledge(broker: Broker, shareSessionEpoch: number): Promise<void> {
    const isRenewAck = this.#hasRenewals && broker.versions.best(ShareAcknowledge) >= RENEW_VERSION;
    const pending = this.#take();
    const request = { ...this.#identity, shareSessionEpoch, isRenewAck, topics: wireTopics([], pending) };
    const response = await this.#answered(pending, () => broker.send(ShareAcknowledge, request));
    this.#report(
      pending,
      response.responses.flatMap(({ topicId, partitions }) =>
        partitions.map((partition) => ({ topicId, ...partition })),
      ),
    );
  }

  async #answered<R extends { readonly errorCode: number; readonly errorMessage: string | null }>(
    pending: ReadonlyMap<string, Pending>,
    send: () => Promise<R>,
  ): Promise<R> {
    try {
      const response = await send();
      if (response.errorCode !== 0) throw new KafkaError(response.errorCode, response.errorMessage);
      this.#epoch = this.#epoch === MAX_EPOCH ? 1 : this.#epoch + 1;
      return response;
    } catch (error) {
      const failure = error instanceof KafkaError ? error : new KafkaError(ErrorCode.UNKNOWN_SERVER_ERROR);
      for (const { partition, batches } of pending.values()) this.#outcome(partition, batches, failure);
      this.reset(failure);
      throw error;
    }
  }

  #take(): Map<string, Pending> {
    const pending = this.#pending;
    this.#pending = new Map();
    return pending;
  }

  #report(
    pending: ReadonlyMap<string, Pending>,
    answers: readonly {
      readonly topicId: string;
      readonly partitionIndex: number;
      readonly errorCode: number;
      readonly errorMessage: string | null;
    }[],
  ): void {
    const errors = new Map(answers.map((answer) => [partitionKey(answer.topicId, answer.partitionIndex), answer]));
    for (const [key, { partition, batches }] of pending) {
      const { errorCode = 0, errorMessage = null } = errors.get(key) ?? {};
      this.#outcome(partition, batches, errorCode === 0 ? undefined : new KafkaError(errorCode, errorMessage));
    }
  }

  #outcome(partition: SharePartition, batches: readonly AcknowledgementBatch[], error?: KafkaError): void {
    const offsets = offsetsOf(batches);
    if (offsets.length > 0) this.#onAcknowledged({ partition, offsets, ...(error && { error }) });
  }
}

function keyOf({ topicId, partition }: SharePartition): string {
  return partitionKey(topicId, partition);
}

function wireTopics(added: readonly SharePartition[], pending: ReadonlyMap<string, Pending>): WireTopics {
  const all = new Map<string, Pending>(added.map((partition) => [keyOf(partition), { partition, batches: [] }]));
  for (const [key, one] of pending) all.set(key, one);
  const topics = new Map<string, WireTopics[number]>();
  for (const { partition, batches } of all.values()) {
    const { topicId, partition: partitionIndex } = partition;
    const topic = topics.get(topicId) ?? { topicId, partitions: [] };
    topic.partitions.push({ partitionIndex, acknowledgementBatches: toWire(batches) });
    topics.set(topicId, topic);
  }
  return [...topics.values()];
}

function forgottenTopics(partitions: readonly SharePartition[]): { topicId: string; partitions: number[] }[] {
  const topics = new Map<string, number[]>();
  for (const { topicId, partition } of partitions) topics.set(topicId, [...(topics.get(topicId) ?? []), partition]);
  return [...topics].map(([topicId, partitions]) => ({ topicId, partitions }));
}
