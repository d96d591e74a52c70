import type { Outcome } from '../client/admin.ts';
import { KafkaError } from '../protocol/errors.ts';

/** The values of all items; the first that failed is thrown. */
export function allOf<T>(outcomes: ReadonlyMap<string, Outcome<T>>): T[] {
  return [...outcomes.values()].map((outcome) => {
    if (outcome instanceof KafkaError) throw outcome;
    return outcome;
  });
}

/** Throws the first error of a list of answers that carry one. */
export function throwFirstError(answers: readonly { readonly error?: KafkaError }[]): void {
  const failed = answers.find(({ error }) => error !== undefined);
  if (failed?.error) throw failed.error;
}
