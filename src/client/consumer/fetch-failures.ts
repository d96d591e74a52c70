// What a consumer makes of errors in answers to fetches (FetchCollector.handleInitializeErrors, 4.3.1).
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import type { Cluster } from '../cluster.ts';
import { PassingError } from '../errors.ts';
import { MOVED, UNKNOWN } from '../fetch-errors.ts';
import type { GroupOffset } from '../group/types.ts';
import { ConsumerError, kafkaException } from './errors.ts';

/** The error of a partition, logged where Kafka's consumer does; a PassingError if it fetches again. */
export function fetchFailure(
  { logger, label }: Pick<Cluster, 'logger' | 'label'>,
  at: GroupOffset,
  code: number,
): Error {
  const partition = `${at.topic}-${at.partition}`;
  const unknown = UNKNOWN.get(code);
  if (MOVED.has(code) || code === ErrorCode.UNKNOWN_LEADER_EPOCH) return new PassingError(code);
  if (unknown !== undefined) {
    logger.warn(`${label} Received ${unknown} error in fetch for partition ${partition}`);
    return new PassingError(code);
  }
  const { message, code: known } = new KafkaError(code);
  switch (known) {
    case ErrorCode.TOPIC_AUTHORIZATION_FAILED:
      logger.warn(`${label} Not authorized to read from partition ${partition}.`);
      return new KafkaError(code, `Not authorized to access topics: [${at.topic}]`);
    case ErrorCode.UNKNOWN_SERVER_ERROR:
      logger.warn(`${label} Unknown server error while fetching offset ${at.offset} for topic-partition ${partition}`);
      return new PassingError(code, message);
    case ErrorCode.CORRUPT_MESSAGE:
      return kafkaException(
        `Encountered corrupt message when fetching offset ${at.offset} for topic-partition ${partition}`,
      );
    default:
      return new ConsumerError(
        'java.lang.IllegalStateException',
        `Unexpected error code ${code} while fetching at offset ${at.offset} from topic-partition ${partition}`,
      );
  }
}
