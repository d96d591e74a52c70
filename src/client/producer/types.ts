// What a producer is to those who use it.
import type { KafkaError } from '../../protocol/errors.ts';
import type { RecordHeader } from '../../protocol/records/record.ts';
import type { ClusterOptions } from '../cluster.ts';
import type { Delivery } from './batch.ts';

/** A record that was not written. */
export interface FailedRecord {
  readonly topic: string;
  /** -1 if it failed before it had one. */
  readonly partition: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
}

export interface ProducerOptions extends ClusterOptions {
  /** Called for every record that is given up and has no `delivery` of its own. */
  readonly onError?: (record: FailedRecord, error: KafkaError) => void;
}

export interface Producer {
  /**
   * Takes a record; never waits and never throws. Key and value are copied before it returns once the topic is known, and
   * must not be changed before {@link drain} until then.
   * @param partition null lets the partitioner choose
   * @param headers default none
   * @param timestampMs default now
   * @param delivery told what became of the record; leave it out where nobody waits: it costs an object per record
   * @returns false if `buffer.memory` is used up or the topic is not known yet: wait for {@link drain} before the next
   */
  append(
    topic: string,
    partition: number | null,
    key: Buffer | null,
    value: Buffer | null,
    headers?: readonly RecordHeader[],
    timestampMs?: number,
    delivery?: Delivery,
  ): boolean;
  /** Resolves when there is room again. */
  drain(): Promise<void>;
  /** Sends everything now; resolves when every record taken so far is written or given up. */
  flush(): Promise<void>;
  /**
   * With `transactional.id`: takes the id over. Once, before anything is appended.
   * @throws KafkaError if the coordinator refuses, Error without that setting
   */
  initTransactions(): Promise<void>;
  /** What is appended from now on belongs to one transaction. @throws Error if one is open */
  beginTransaction(): void;
  /** Flushes and commits. @throws KafkaError if a record was given up (abort then) or the coordinator refuses */
  commitTransaction(): Promise<void>;
  /** Waits for what is under way and aborts. @throws KafkaError if the coordinator refuses */
  abortTransaction(): Promise<void>;
  /** Ids of the brokers that it knows. */
  readonly brokerIds: readonly number[];
  /** Flushes and closes the connections; an open transaction is left to its timeout. */
  close(): Promise<void>;
}
