import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import type { Outcome } from './types.ts';

/** Thrown where every item of a call got the same answer because the broker asked was the wrong one: try another. */
const WRONG_BROKER: ReadonlySet<number> = new Set([
  ErrorCode.NOT_CONTROLLER,
  ErrorCode.NOT_COORDINATOR,
  ErrorCode.COORDINATOR_LOAD_IN_PROGRESS,
  ErrorCode.COORDINATOR_NOT_AVAILABLE,
]);

/** An item's error; thrown instead of returned where the whole call has to go to another broker, or again. */
export function itemError(code: number, message?: string | null): KafkaError | undefined {
  if (code === ErrorCode.NONE) return undefined;
  const error = new KafkaError(code, message);
  if (WRONG_BROKER.has(code)) throw error;
  return error;
}

/** `{ error }`, or nothing to spread. */
export function errorField(code: number, message?: string | null): { error?: KafkaError } {
  const error = itemError(code, message);
  return error ? { error } : {};
}

/** For items that have no result but success. */
export function outcomes<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  errorOf: (item: T) => KafkaError | undefined,
): Map<string, Outcome<undefined>> {
  return new Map(items.map((item) => [keyOf(item), errorOf(item)]));
}

/** Topic names that the Java client refuses to send. */
export function splitNames(names: readonly string[]): { valid: string[]; refused: Map<string, KafkaError> } {
  const refused = new Map<string, KafkaError>();
  if (names.includes('')) {
    const message = "The given topic name '' cannot be represented in a request.";
    refused.set('', new KafkaError(ErrorCode.INVALID_TOPIC_EXCEPTION, message));
  }
  return { valid: [...new Set(names)].filter((name) => name !== ''), refused };
}
