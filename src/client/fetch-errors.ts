// Errors of partitions in answers to Fetch and ShareFetch that Kafka's consumers of both kinds take alike (FetchCollector,
// ShareFetchCollector).
import { ErrorCode } from '../protocol/errors.ts';

/** The partition has moved, or its log is not ready: it is looked for again without a word. */
export const MOVED: ReadonlySet<number> = new Set([
  ErrorCode.NOT_LEADER_OR_FOLLOWER,
  ErrorCode.REPLICA_NOT_AVAILABLE,
  ErrorCode.KAFKA_STORAGE_ERROR,
  ErrorCode.FENCED_LEADER_EPOCH,
  ErrorCode.OFFSET_NOT_AVAILABLE,
]);

/** The topic is not there, or another of its name is; what the log calls that. */
export const UNKNOWN: ReadonlyMap<number, string> = new Map([
  [ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, 'unknown topic or partition'],
  [ErrorCode.UNKNOWN_TOPIC_ID, 'unknown topic ID'],
  [ErrorCode.INCONSISTENT_TOPIC_ID, 'inconsistent topic ID'],
]);
