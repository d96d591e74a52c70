// Sends closed batches to the brokers that lead their partitions: one batch of each partition to a request, a limited
// number of requests at once (org.apache.kafka.clients.producer.internals.Sender). What becomes of them: batch-outcomes.ts.
import type { KafkaError } from '../../protocol/errors.ts';
import { Produce, type ProduceResponse } from '../../protocol/messages/produce.ts';
import type { RequestInput } from '../../protocol/schema.ts';
import type { Broker } from '../broker-link.ts';
import type { Cluster } from '../cluster.ts';
import { asKafkaError } from '../errors.ts';
import type { ProducerSettings } from '../settings/producer.ts';
import type { Batch } from './batch.ts';
import { BatchOutcomes, type OutcomeEvents } from './batch-outcomes.ts';
import type { ProducerIdentity } from './identity.ts';
import type { PartitionQueue } from './partition-queue.ts';
import { LAST_WITH_NAMES, topicData } from './produce-request.ts';
import type { Transactions } from './transactions.ts';

/** Requests of Kafka's producer before its first batch that this one does not make: it connects to each broker anew and asks for telemetry. */
const OTHER_REQUESTS = 2;

interface Leader {
  readonly id: number;
  inFlight: number;
  opening: boolean;
}

export interface SenderEvents extends OutcomeEvents {
  /** Close the open batch of a queue if it is to go now. */
  closeIfDue(queue: PartitionQueue, nowMs: number): void;
}

export class Sender {
  readonly #cluster: Cluster;
  readonly #settings: ProducerSettings;
  readonly #transactions: Transactions | undefined;
  readonly #events: SenderEvents;
  readonly #outcomes: BatchOutcomes;
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
    this.#transactions = transactions;
    this.#events = events;
    const kind = { identity, transactional: transactions !== undefined };
    this.#outcomes = new BatchOutcomes(cluster, settings, kind, events);
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
        this.#outcomes.complete(batch, refusal);
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
    const correlationId = broker.connection.lastCorrelationId + OTHER_REQUESTS;
    for (const batch of batches) batch.correlationId = correlationId;
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
      for (const batch of batches) this.#outcomes.complete(batch, null);
      return;
    }
    for (const batch of batches) {
      const { topic, partition } = batch.queue;
      const answer = response.responses
        .find(({ name }) => name === topic)
        ?.partitionResponses.find(({ index }) => index === partition);
      this.#outcomes.answered(batch, answer);
    }
  }

  #failed(batches: readonly Batch[], error: KafkaError): void {
    for (const batch of batches) this.#outcomes.refused(batch, error);
  }

  #expire(queue: PartitionQueue, now: number): void {
    // Without a connection nothing else closes the open batch.
    if (queue.openCount > 0 && now - queue.openSinceMs >= this.#settings.deliveryTimeoutMs) {
      this.#events.closeIfDue(queue, now);
    }
    this.#outcomes.expire(queue, now);
  }
}
