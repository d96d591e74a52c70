import { ErrorCode } from '../../protocol/errors.ts';
import { errorCodeOf } from './group-errors.ts';

/**
 * The number to answer a producer with. Older clients know no PRODUCER_FENCED and take INVALID_PRODUCER_EPOCH for it.
 * @param knowsFenced whether the version of the request has PRODUCER_FENCED
 * @throws the error itself if it is none of Kafka's
 */
export function producerErrorOf(error: unknown, knowsFenced: boolean): number {
  const errorCode = errorCodeOf(error);
  return errorCode === ErrorCode.PRODUCER_FENCED && !knowsFenced ? ErrorCode.INVALID_PRODUCER_EPOCH : errorCode;
}
