// What becomes of a batch that was sent, or could not be: written, tried again, split, renumbered or given up
// (org.apache.kafka.clients.producer.internals.Sender.completeBatch, canRetry; TransactionManager.canRetry).
import { ErrorCode, type KafkaError } from '../../protocol/errors.ts';
import type { Cluster } from '../cluster.ts';
import { TimeoutError } from '../errors.ts';
import type { ProducerSettings } from '../settings/producer.ts';
import type { Batch } from './batch.ts';
import type { ProducerIdentity } from './identity.ts';
import type { PartitionQueue } from './partition-queue.ts';
import {
  errorOfAnswer,
  isNumberingError,
  isWritten,
  movedText,
  type PartitionAnswer,
  refusalOf,
  retryText,
  splitText,
} from './produce-request.ts';
import { split } from './split.ts';

export interface OutcomeEvents {
  /** A batch is through: its records are written (`error` null) or given up. */
  done(batch: Batch, error: KafkaError | null, answer: PartitionAnswer | undefined): void;
  /** The leader of a partition has to be asked for. */
  staleMetadata(queue: { readonly topic: string }): void;
  /** Call {@link Sender.pump} in so many milliseconds. */
  wake(delayMs: number): void;
}

export class BatchOutcomes {
  readonly #cluster: Cluster;
  readonly #settings: ProducerSettings;
  readonly #identity: ProducerIdentity;
  readonly #transactional: boolean;
  readonly #events: OutcomeEvents;

  constructor(
    cluster: Cluster,
    settings: ProducerSettings,
    { identity, transactional }: { readonly identity: ProducerIdentity; readonly transactional: boolean },
    events: OutcomeEvents,
  ) {
    this.#cluster = cluster;
    this.#settings = settings;
    this.#identity = identity;
    this.#transactional = transactional;
    this.#events = events;
  }

  /** @param answer undefined if the broker has left the partition out */
  answered(batch: Batch, answer: PartitionAnswer | undefined): void {
    if (answer && isWritten(answer.errorCode)) this.complete(batch, null, answer);
    else this.refused(batch, errorOfAnswer(answer), answer);
  }

  /** The batch was refused or is lost: it goes again if that may help, else its records are given up. */
  refused(batch: Batch, error: KafkaError, answer?: PartitionAnswer): void {
    const { queue } = batch;
    if (error.code === ErrorCode.MESSAGE_TOO_LARGE && batch.count > 1) {
      this.#cluster.warn(splitText(batch, error, this.#settings.retries - batch.attempts + 1));
      queue.remove(batch);
      queue.putBack(...split(batch, this.#settings.batchSize));
      this.#events.wake(0);
      return;
    }
    const isFirst = queue.sent[0] === batch;
    if (this.#mayRetry(batch, error, isFirst)) this.#retry(batch, error);
    else this.complete(batch, refusalOf(batch, error), answer);
    if (answer && error.info.invalidMetadata) this.#cluster.warn(movedText(batch, error));
  }

  #mayRetry(batch: Batch, error: KafkaError, isFirst: boolean): boolean {
    const now = this.#cluster.clock.monotonicMs();
    if (batch.attempts > this.#settings.retries || now >= batch.deadlineMs) return false;
    if (this.#transactional && isNumberingError(error.code)) return !isFirst;
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
    this.#cluster.warn(retryText(batch, error, this.#settings.retries - batch.attempts));
    if (error.info.invalidMetadata) this.#events.staleMetadata(queue);
    this.#events.wake(delayMs);
  }

  complete(batch: Batch, error: KafkaError | null, answer?: PartitionAnswer): void {
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

  /** Gives up the closed batches of a queue whose delivery.timeout.ms is over. */
  expire(queue: PartitionQueue, now: number): void {
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
