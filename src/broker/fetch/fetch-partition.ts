// What fetch requests ask of a partition, and what they are told.
import type { Fetch } from '../../protocol/messages/fetch.ts';
import type { ResponseInput } from '../../protocol/schema.ts';

/** One partition of a fetch. */
export interface FetchPartition {
  /** undefined if no topic has the id. */
  topic: string | undefined;
  /** ZERO_UUID below version 13. */
  readonly topicId: string;
  readonly partition: number;
  fetchOffset: number;
  maxBytes: number;
  /** -1 if the client does not know it. */
  currentLeaderEpoch: number;
  /** Epoch of the last record that the client has, -1 if it does not say. */
  lastFetchedEpoch: number;
}

export type FetchResponseInput = ResponseInput<typeof Fetch>;
export type FetchTopicResult = FetchResponseInput['responses'][number];
export type FetchPartitionResult = FetchTopicResult['partitions'][number];
