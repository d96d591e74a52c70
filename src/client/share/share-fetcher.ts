// Fetches shared partitions from their leaders while somebody waits for records, and carries acknowledgements to the
// brokers that delivered them. Each broker has its session; requests of a session go one after the other.
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import type { ShareFetchResponse } from '../../protocol/messages/share-fetch.ts';
import { partitionKey } from '../admin/by-topic.ts';
import type { Cluster } from '../cluster.ts';
import { AuthenticationError, ConnectionError } from '../errors.ts';
import type { ShareConsumerSettings } from '../settings/share-consumer.ts';
import type { AcknowledgementBatch } from './acknowledgements.ts';
import { acquiredRecords } from './deliveries.ts';
import { verdictOn } from './partition-errors.ts';
import { type SessionIdentity, ShareSession } from './share-session.ts';
import type { Acknowledged, Delivery, SharePartition } from './types.ts';

export interface ShareFetcherEvents {
  /** Something is in the queue now, or a fetch came back without records. */
  onData(): void;
  onAcknowledged(outcome: Acknowledged): void;
  onFailure(error: Error): void;
}

/** A session that cannot be had, whatever is tried; any other is begun anew, with the same assignment. */
const isFinal = (error: KafkaError): boolean =>
  error instanceof AuthenticationError ||
  (error instanceof ConnectionError && error.isFinal) ||
  error.code === ErrorCode.UNSUPPORTED_VERSION;

export class ShareFetcher {
  /** How long the broker holds records for this consumer before it delivers them again; milliseconds, 0 if not known yet. */
  lockTimeoutMs = 0;
  readonly #cluster: Cluster;
  readonly #settings: ShareConsumerSettings;
  readonly #identity: SessionIdentity;
  readonly #events: ShareFetcherEvents;
  readonly #sessions = new Map<number, ShareSession>();
  /** The last request of each broker; it never fails. */
  readonly #turns = new Map<number, Promise<void>>();
  readonly #fetching = new Set<number>();
  readonly #queue: Delivery[] = [];
  #assigned: readonly SharePartition[] = [];
  #failures = 0;
  #pausing = false;
  #stopped = false;

  constructor(
    cluster: Cluster,
    settings: ShareConsumerSettings,
    identity: SessionIdentity,
    events: ShareFetcherEvents,
  ) {
    this.#cluster = cluster;
    this.#settings = settings;
    this.#identity = identity;
    this.#events = events;
  }

  assign(partitions: readonly SharePartition[]): void {
    this.#assigned = partitions;
  }

  get queued(): number {
    return this.#queue.length;
  }

  /** All that has come. */
  take(): Delivery[] {
    return this.#queue.splice(0);
  }

  /** To be said to the broker that delivered the records, with the next request to it. */
  acknowledge(broker: number, partition: SharePartition, batches: readonly AcknowledgementBatch[]): void {
    this.#session(broker).add(partition, batches);
  }

  /** Fetches from every leader that is not busy; the answers come as events. */
  fetch(): void {
    if (this.#stopped || this.#pausing) return;
    void this.#fetchAll().catch((error) => this.#afterFailure(error));
  }

  /** Says all acknowledgements now; resolves when the brokers have answered. */
  async commit(): Promise<void> {
    const pending = [...this.#sessions].filter(([, session]) => session.hasPending);
    await Promise.all(
      pending.map(([broker, session]) =>
        this.#inTurn(broker, async () => session.acknowledge(await this.#cluster.brokerById(broker))).catch((error) =>
          this.#sessionFailed(session, error),
        ),
      ),
    );
  }

  /** Says what is to be said and ends all sessions. */
  async close(): Promise<void> {
    this.#stopped = true;
    await Promise.all(
      [...this.#sessions].map(([broker, session]) =>
        this.#inTurn(broker, async () => session.close(await this.#cluster.brokerById(broker))).catch(() => {
          // The records are free for others when their locks end.
        }),
      ),
    );
  }

  async #fetchAll(): Promise<void> {
    const byLeader = await this.#byLeader();
    for (const broker of this.#sessions.keys()) if (!byLeader.has(broker)) byLeader.set(broker, []);
    for (const [broker, partitions] of byLeader) {
      const session = this.#session(broker);
      const isIdle = partitions.length === 0 && !session.hasPartitions && !session.hasPending;
      if (isIdle || this.#fetching.has(broker) || this.#stopped) continue;
      this.#fetching.add(broker);
      void this.#inTurn(broker, () => this.#fetchFrom(broker, session, partitions))
        .catch((error) => this.#sessionFailed(session, error))
        .finally(() => {
          this.#fetching.delete(broker);
          this.#events.onData();
        });
    }
  }

  async #fetchFrom(broker: number, session: ShareSession, partitions: readonly SharePartition[]): Promise<void> {
    const response = await session.fetch(await this.#cluster.brokerById(broker), partitions);
    this.#failures = 0;
    this.lockTimeoutMs = response.acquisitionLockTimeoutMs;
    await this.#takeIn(broker, session, response, partitions);
  }

  async #takeIn(
    broker: number,
    session: ShareSession,
    response: ShareFetchResponse,
    wanted: readonly SharePartition[],
  ): Promise<void> {
    const known = new Map(wanted.map((one) => [partitionKey(one.topicId, one.partition), one]));
    for (const { topicId, partitions } of response.responses) {
      for (const fetched of partitions) {
        const partition = known.get(partitionKey(topicId, fetched.partitionIndex));
        if (!partition) continue;
        this.#checkPartition(partition, fetched.errorCode);
        const { records, gaps } = await acquiredRecords(partition, fetched, this.#settings.checkCrcs);
        session.add(partition, gaps);
        if (records.length > 0) this.#queue.push({ broker, partition, records });
      }
    }
  }

  #checkPartition(partition: SharePartition, errorCode: number): void {
    if (errorCode === 0) return;
    const { warning, failure, hasMoved } = verdictOn(errorCode, partition);
    if (warning !== undefined) this.#cluster.warn(warning);
    if (failure) this.#events.onFailure(failure);
    if (hasMoved) this.#cluster.metadata.invalidate();
    this.#pause();
  }

  /** Assigned partitions by the broker that leads them. */
  async #byLeader(): Promise<Map<number, SharePartition[]>> {
    const { metadata } = this.#cluster;
    const leaderOf = ({ topic, partition }: SharePartition) =>
      metadata.topic(topic)?.partitions[partition]?.leader ?? -1;
    if (this.#assigned.length > 0 && (metadata.isStale || this.#assigned.some((one) => leaderOf(one) < 0)))
      await metadata.refresh([...new Set(this.#assigned.map(({ topic }) => topic))]);
    const byLeader = new Map<number, SharePartition[]>();
    for (const partition of this.#assigned) {
      const leader = leaderOf(partition);
      if (leader < 0) this.#pause();
      else byLeader.set(leader, [...(byLeader.get(leader) ?? []), partition]);
    }
    return byLeader;
  }

  #session(broker: number): ShareSession {
    let session = this.#sessions.get(broker);
    if (!session) {
      session = new ShareSession(this.#identity, this.#settings, (outcome) => this.#events.onAcknowledged(outcome));
      this.#sessions.set(broker, session);
    }
    return session;
  }

  #inTurn(broker: number, request: () => Promise<void>): Promise<void> {
    const turn = (this.#turns.get(broker) ?? Promise.resolve()).then(request);
    this.#turns.set(
      broker,
      turn.catch(() => {}),
    );
    return turn;
  }

  #sessionFailed(session: ShareSession, error: unknown): void {
    session.reset(error instanceof KafkaError ? error : new KafkaError(ErrorCode.UNKNOWN_SERVER_ERROR));
    this.#afterFailure(error);
  }

  #afterFailure(error: unknown): void {
    if (this.#stopped) return;
    if (!(error instanceof KafkaError) || isFinal(error)) {
      this.#events.onFailure(error as Error);
      return;
    }
    if (error.retriable) this.#cluster.metadata.invalidate();
    this.#pause();
  }

  /** Leaves the cluster some time before the next fetch. */
  #pause(): void {
    if (this.#pausing) return;
    this.#pausing = true;
    void this.#cluster.sleep(this.#cluster.retryBackoffMs(++this.#failures)).then(() => {
      this.#pausing = false;
      this.#events.onData();
    });
  }
}
