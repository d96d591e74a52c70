import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { errorOf, refuseIfError } from '../errors.ts';
import type { Outcome } from './types.ts';

/** An item's error, undefined for code 0. */
export const itemError = errorOf;

/** `{ error }`, or nothing to spread. */
export function errorField(code: number, message?: string | null): { error?: KafkaError } {
  const error = errorOf(code, message);
  return error ? { error } : {};
}

/** The error of a whole answer. @throws KafkaError NOT_CONTROLLER: the controller is looked for and asked again */
export function refuseButMoved(code: number, message?: string | null): void {
  checkController([{ errorCode: code }]);
  refuseIfError(code, message);
}

/** @throws KafkaError NOT_CONTROLLER if that is the answer for any item (KafkaAdminClient.handleNotControllerError) */
export function checkController(items: readonly { readonly errorCode: number }[]): void {
  if (items.some(({ errorCode }) => errorCode === ErrorCode.NOT_CONTROLLER))
    throw new KafkaError(ErrorCode.NOT_CONTROLLER);
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
