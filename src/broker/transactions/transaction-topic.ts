// The topic `__transaction_state` as the coordinator of transactions uses it.
import { InternalTopic } from '../metadata/internal-topics.ts';
import { type StateRecord, StateTopic, type StateTopicParts } from '../topics/state-topic.ts';

export class TransactionTopic {
  readonly #topic: StateTopic;

  constructor(parts: StateTopicParts) {
    this.#topic = new StateTopic(parts, {
      name: InternalTopic.TRANSACTION_STATE,
      advice:
        'transactions will not work until transaction.state.log.replication.factor is no more than there are brokers',
      partitionCount: (config) => config.transactionStateLogNumPartitions,
    });
  }

  /** Creates the topic if it is not there yet. @throws KafkaError COORDINATOR_NOT_AVAILABLE if it cannot be created */
  prepare(): void {
    this.#topic.ensure();
  }

  /** The partition that keeps a transactional id. */
  partitionFor(transactionalId: string): number {
    return this.#topic.partitionFor(transactionalId);
  }

  /** Leader epoch of the id's partition. @throws KafkaError as {@link prepare} */
  coordinatorEpoch(transactionalId: string): number {
    return this.#topic.partitionOf(transactionalId).leaderEpoch;
  }

  /** @throws KafkaError with the number that the client is to be answered with */
  append(transactionalId: string, record: StateRecord): void {
    this.#topic.append(transactionalId, [record]);
  }

  /** Whether this broker leads the partition of `transactionalId`. */
  coordinates(transactionalId: string): boolean {
    return this.#topic.coordinates(transactionalId);
  }

  /** See StateTopic.read. */
  read(partition?: number): AsyncGenerator<{ partition: number; batches: Buffer }> {
    return this.#topic.read(partition);
  }
}
