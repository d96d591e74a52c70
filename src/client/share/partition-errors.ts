// What a share consumer makes of a partition that was answered with an error (ShareFetchCollector).
import { ErrorCode } from '../../protocol/errors.ts';
import { ConsumerError } from '../consumer/errors.ts';
import { KafkaException } from '../errors.ts';
import { MOVED, UNKNOWN } from '../fetch-errors.ts';
import type { SharePartition } from './types.ts';

export interface PartitionVerdict {
  /** For the log, where Kafka's client says something. */
  readonly warning?: string;
  /** The partition's leader may be another by now. */
  readonly hasMoved?: boolean;
  /** Reading cannot go on. */
  readonly failure?: Error;
}

export function verdictOn(code: number, { topic, topicId, partition }: SharePartition): PartitionVerdict {
  const name = `${topic}-${partition}`;
  const unknown = UNKNOWN.get(code);
  if (unknown !== undefined)
    return { hasMoved: true, warning: `Received ${unknown} error in fetch for partition ${topicId}:${name}.` };
  if (MOVED.has(code)) return { hasMoved: true };
  switch (code) {
    case ErrorCode.UNKNOWN_LEADER_EPOCH:
      return {};
    case ErrorCode.UNKNOWN_SERVER_ERROR:
      return { warning: `Unknown server error while fetching topic-partition ${name}.` };
    case ErrorCode.TOPIC_AUTHORIZATION_FAILED: {
      const refused = 'org.apache.kafka.common.errors.TopicAuthorizationException';
      const failure = new ConsumerError(refused, `Not authorized to access topics: [${topic}]`);
      return { warning: `Not authorized to read from partition ${name}.`, failure };
    }
    case ErrorCode.CORRUPT_MESSAGE:
      return { failure: new KafkaException(`Encountered corrupt message when fetching topic-partition ${name}`) };
    default: {
      const text = `Unexpected error code ${code} while fetching from topic-partition ${name}`;
      return { failure: new ConsumerError('java.lang.IllegalStateException', text) };
    }
  }
}
