import type { KafkaError } from '../../../protocol/errors.ts';

/** What one item of a request came to: per-item failures are values, a failure of the whole call is thrown. */
export type Outcome<T> = T | KafkaError;

/** Limits one call in place of `default.api.timeout.ms`. */
export interface CallOptions {
  readonly timeoutMs?: number;
}

export interface Node {
  /** Negative for bootstrap addresses, whose id is not known yet. */
  readonly id: number;
  readonly host: string;
  readonly port: number;
  readonly rack: string | null;
}

export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}
