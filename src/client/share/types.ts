import type { KafkaError } from '../../protocol/errors.ts';
import type { KafkaRecord } from '../../protocol/records/record.ts';
import type { TopicPartition } from '../admin/types.ts';

/** A partition that a member reads. */
export interface SharePartition extends TopicPartition {
  readonly topicId: string;
}

/** A record that was acquired for this consumer: nobody else gets it until it is acknowledged or its lock ends. */
export interface ShareRecord extends KafkaRecord, TopicPartition {
  /** How often it has been delivered, this time included. */
  readonly deliveryCount: number;
}

/** Records of one partition as one broker delivered them. */
export interface Delivery {
  readonly broker: number;
  readonly partition: SharePartition;
  readonly records: readonly ShareRecord[];
}

/** What became of acknowledgements of one partition. */
export interface Acknowledged {
  readonly partition: SharePartition;
  /** Of the records, in ascending order. */
  readonly offsets: readonly number[];
  /** The broker does not count them: the records are delivered again, to whomever. */
  readonly error?: KafkaError;
}
