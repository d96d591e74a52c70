// Sends closed batches to the brokers that lead their partitions: one batch of each partition to a request, a limited
// number of requests at once, and again after failures that may pass.
import { ErrorCode, type KafkaError } from '../../protocol/errors.ts';
import { Produce, type ProduceResponse } from '../../protocol/messages/produce.ts';
import type { RequestInput } from '../../protocol/schema.ts';
import type { Broker } from '../broker-link.ts';
import type { Cluster } from '../cluster.ts';
import { asKafkaError, TimeoutError } from '../errors.ts';
import type { ProducerSettings } from '../settings/producer.ts';
import type { Batch } from './batch.ts';
import type { ProducerIdentity } from './identity.ts';
import type { PartitionQueue } from './partition-queue.ts';
import {
  errorOfAnswer,
  isNumberingError,
  isWritten,
  LAST_WITH_NAMES,
  type PartitionAnswer,
  topicData,
} from './produce-request.ts';
import { split } from './split.ts';
import type { Transactions } from './transactions.ts';

interface Leader {
  readonly id: number;
  inFlight: number;
  opening: boolean;
}

export interface SenderEvents {
  /** A batch is through: its records are written (`error` null) or given up. */
  done(batch: Batch, error: KafkaError | null, answer: PartitionAnswer | undefined): void;
  /** The leader of a partition has to be asked for. */
  staleMetadata(queue: PartitionQueue): void;
  /** Call {@link Sender.pump} in so many milliseconds. */
  wake(delayMs: number): void;
  /** Close the open batch of a queue if it is to go now. */
  closeIfDue(queue: PartitionQueue, nowMs: number): void;
}

export class Sender {
  readonly #cluster: Cluster;
  readonly #settings: ProducerSettings;
  readonly #identity: ProducerIdentity;
  readonly #transactions: Transactions | undefined;
  readonly #events: SenderEvents;
  readonly #leaders = new Map<number, Leader>();
  readonly #queues: PartitionQueue[] = [];
  /** Where the next request begins to collect, so that no partition starves. */
  #turn = 0;

  constructor(
    cluster: Cluster,
    settings: ProducerSettings,
    { identity, transactions }: { identity: ProducerIdentity; transactions: Transactions | undefined },
    events: SenderEvents,
  ) {
    this.#cluster = cluster;
    this.#settings = settings;
    this.#identity = identity;
    this.#transactions = transactions;
    this.#events = events;
  }

  get queues(): readonly PartitionQueue[] {
    return this.#queues;
  }

  add(queue: PartitionQueue): void {
    this.#queues.push(queue);
  }

  /** Sends what can be sent, to every broker. */
  pump(): void {
    const now = this.#cluster.clock.monotonicMs();
    const leaders = new Set<number>();
    for (const queue of this.#queues) {
      if (queue.closed.length === 0 && queue.openCount === 0) continue;
      this.#expire(queue, now);
      const leader = this.#leaderOf(queue);
      if (leader === undefined) this.#events.staleMetadata(queue);
      else leaders.add(leader);
    }
    for (const id of leaders) this.#pumpLeader(id);
  }

  /** Sends what can be sent to the broker that leads `queue`. */
  pumpFor(queue: PartitionQueue): void {
    const leader = this.#leaderOf(queue);
    if (leader === undefined) this.#events.staleMetadata(queue);
    else this.#pumpLeader(leader);
  }

  #leaderOf({ topic, partition }: PartitionQueue): number | undefined {
    const leader = this.#cluster.metadata.topic(topic)?.partitions[partition]?.leader ?? -1;
    return leader >= 0 ? leader : undefined;
  }

  #pumpLeader(id: number): void {
    let leader = this.#leaders.get(id);
    if (!leader) {
      leader = { id, inFlight: 0, opening: false };
      this.#leaders.set(id, leader);
    }
    if (leader.opening || leader.inFlight >= this.#settings.maxInFlight) return;
    const broker = this.#cluster.connected(id);
    if (!broker) {
      this.#open(leader);
      return;
    }
    while (leader.inFlight < this.#settings.maxInFlight) {
      const batches = this.#collect(id);
      if (batches.length === 0) return;
      this.#send(leader, broker, batches);
    }
  }

  #open(leader: Leader): void {
    leader.opening = true;
    this.#cluster
      .brokerById(leader.id)
      .then(
        () => 0,
        () => {
          for (const queue of this.#queues) if (this.#leaderOf(queue) === leader.id) this.#events.staleMetadata(queue);
          return Math.max(1, this.#cluster.backoffMs(leader.id));
        },
      )
      .then((delayMs) => {
        leader.opening = false;
        if (delayMs === 0) this.#pumpLeader(leader.id);
        else this.#events.wake(delayMs);
      });
  }

  /** One batch of each partition that the broker leads, up to max.request.size. */
  #collect(leader: number): Batch[] {
    const now = this.#cluster.clock.monotonicMs();
    const batches: Batch[] = [];
    const count = this.#queues.length;
    let bytes = 0;
    for (let i = 0; i < count; i++) {
      const queue = this.#queues[(this.#turn + i) % count]!;
      if (this.#leaderOf(queue) !== leader) continue;
      if (queue.closed.length === 0 && queue.openCount > 0) this.#events.closeIfDue(queue, now);
      const batch = queue.sendable(now);
      if (!batch) continue;
      const refusal = this.#transactions?.refusal;
      if (refusal) {
        queue.closed.shift();
        this.#complete(batch, refusal, undefined);
        continue;
      }
      if (this.#transactions?.mayWrite(queue) === false) continue;
      if (batches.length > 0 && bytes + batch.records.length > this.#settings.maxRequestSize) break;
      queue.markSent(batch);
      batches.push(batch);
      bytes += batch.records.length;
    }
    if (count > 0) this.#turn = (this.#turn + 1) % count;
    return batches;
  }

  #send(leader: Leader, broker: Broker, batches: readonly Batch[]): void {
    const { acks, requestTimeoutMs } = this.#settings;
    const transactionalId = this.#transactions?.id ?? null;
    const request = { transactionalId, acks, timeoutMs: requestTimeoutMs, topicData: topicData(batches) };
    const maxVersion = this.#transactions?.produceVersion ?? LAST_WITH_NAMES;
    leader.inFlight++;
    const answered = acks === 0 ? this.#post(broker, request) : broker.send(Produce, request, { maxVersion });
    answered
      .then(
        (response) => this.#answered(batches, response),
        (error) => this.#failed(batches, asKafkaError(error)),
      )
      .finally(() => {
        leader.inFlight--;
        this.#pumpLeader(leader.id);
      });
  }

  /** With acks=0 a batch counts as written when the system has taken it. */
  async #post(broker: Broker, request: RequestInput<typeof Produce>): Promise<undefined> {
    await broker.connection.post(Produce, broker.versions.best(Produce, LAST_WITH_NAMES), request);
    return undefined;
  }

  #answered(batches: readonly Batch[], response: ProduceResponse | undefined): void {
    if (!response) {
      for (const batch of batches) this.#complete(batch, null, undefined);
      return;
    }
    for (const batch of batches) {
      const { topic, partition } = batch.queue;
      const answer = response.responses
        .find(({ name }) => name === topic)
        ?.partitionResponses.find(({ index }) => index === partition);
      if (answer && isWritten(answer.errorCode)) this.#complete(batch, null, answer);
      else this.#refused(batch, errorOfAnswer(answer), answer);
    }
  }

  #failed(batches: readonly Batch[], error: KafkaError): void {
    for (const batch of batches) this.#refused(batch, error, undefined);
  }

  #refused(batch: Batch, error: KafkaError, answer: PartitionAnswer | undefined): void {
    const { queue } = batch;
    if (error.code === ErrorCode.MESSAGE_TOO_LARGE && batch.count > 1) {
      queue.remove(batch);
      queue.putBack(...split(batch));
      this.#events.wake(0);
      return;
    }
    const isFirst = queue.sent[0] === batch;
    if (this.#mayRetry(batch, error, isFirst)) {
      this.#retry(batch, error);
      return;
    }
    this.#complete(batch, error, answer);
  }

  #mayRetry(batch: Batch, error: KafkaError, isFirst: boolean): boolean {
    const now = this.#cluster.clock.monotonicMs();
    if (batch.attempts > this.#settings.retries || now >= batch.deadlineMs) return false;
    if (this.#transactions && isNumberingError(error.code)) return !isFirst;
    if (this.#identity.enabled && isNumberingError(error.code)) {
      // Behind a batch that failed it only came too early; at its turn, the broker has lost count.
      if (!isFirst) return true;
      if (batch.renumbered) return false;
      batch.renumbered = true;
      this.#identity.bump();
      this.#obtainIdentity();
      return true;
    }
    return error.retriable;
  }

  #retry(batch: Batch, error: KafkaError): void {
    const { queue } = batch;
    const delayMs = this.#cluster.retryBackoffMs(batch.attempts);
    batch.notBeforeMs = this.#cluster.clock.monotonicMs() + delayMs;
    queue.remove(batch);
    queue.putBack(batch);
    const left = this.#settings.retries - batch.attempts;
    this.#cluster.warn(
      `Got error produce response on topic-partition ${queue.topic}-${queue.partition}, retrying (${left} attempts left). Error: ${error.info.name}`,
    );
    if (error.info.invalidMetadata) this.#events.staleMetadata(queue);
    this.#events.wake(delayMs);
  }

  #complete(batch: Batch, error: KafkaError | null, answer: PartitionAnswer | undefined): void {
    batch.queue.remove(batch);
    if (error) this.#settleNumbers(batch, error);
    this.#events.done(batch, error, answer);
  }

  /** After a clear refusal later batches close the gap; where nobody knows what the broker has, a new epoch begins. */
  #settleNumbers(batch: Batch, error: KafkaError): void {
    if (!this.#identity.enabled) return;
    if (!error.retriable && !isNumberingError(error.code)) {
      batch.queue.closeGap(batch);
      return;
    }
    this.#identity.bump();
    this.#obtainIdentity();
  }

  #obtainIdentity(): void {
    this.#identity.obtain().then(
      () => this.#events.wake(0),
      () => this.#events.wake(this.#cluster.settings.retryBackoffMaxMs),
    );
  }

  /** Gives up batches whose delivery.timeout.ms is over. */
  #expire(queue: PartitionQueue, now: number): void {
    // Without a connection nothing else closes the open batch.
    if (queue.openCount > 0 && now - queue.openSinceMs >= this.#settings.deliveryTimeoutMs) {
      this.#events.closeIfDue(queue, now);
    }
    while (queue.closed[0] && queue.closed[0].deadlineMs <= now) {
      const batch = queue.closed.shift()!;
      const { count, attempts } = batch;
      const message = `Expiring ${count} record(s) for ${queue.topic}-${queue.partition}:${this.#settings.deliveryTimeoutMs} ms has passed since batch creation`;
      const error = new TimeoutError(message);
      if (attempts > 0) this.#settleNumbers(batch, error);
      else queue.closeGap(batch);
      this.#events.done(batch, error, undefined);
    }
  }
}
