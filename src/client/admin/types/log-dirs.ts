// Log directories of brokers.
import type { KafkaError } from '../../../protocol/errors.ts';
import type { TopicPartition } from './common.ts';

export interface LoggedReplica extends TopicPartition {
  readonly size: number;
  readonly offsetLag: number;
  /** A copy that is to take the replica's place. */
  readonly isFuture: boolean;
}

export interface BrokerLogDirs {
  readonly broker: number;
  readonly directories: readonly {
    readonly path: string;
    readonly error?: KafkaError;
    readonly replicas: readonly LoggedReplica[];
  }[];
}

/** Where a replica is to be. */
export interface ReplicaPlace extends TopicPartition {
  readonly path: string;
}
