// How handlers of requests with many resources answer for the one that failed.
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { ConfigError } from '../config/config-error.ts';

export interface ResourceFailure {
  readonly errorCode: number;
  readonly errorMessage: string | null;
}

/**
 * Code and message of an error that a client may see (ApiError.fromThrowable).
 * @throws the error itself if it is none that belongs in an answer
 */
export function resourceFailure(error: unknown): ResourceFailure {
  if (error instanceof KafkaError || error instanceof ConfigError)
    return { errorCode: error.code, errorMessage: isGeneric(error.code) ? null : error.message };
  throw error;
}

/** Said without words, by ApiError: quota errors have the same text everywhere. */
function isGeneric(code: number): boolean {
  return code === ErrorCode.THROTTLING_QUOTA_EXCEEDED;
}

export const NO_FAILURE = { errorCode: ErrorCode.NONE, errorMessage: null } as const;

/** What a failed lookup leaves to tell: the code, with the text that Kafka has for it. */
export function plainFailure(errorCode: number): ResourceFailure {
  return resourceFailure(new KafkaError(errorCode));
}

/** The items that are there more than once. */
export function repeated<T>(items: readonly T[]): Set<T> {
  return new Set(items.filter((item, at) => items.indexOf(item) !== at));
}
