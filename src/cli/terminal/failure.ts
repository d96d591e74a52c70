import { AuthenticationError, ClientCreationError, ConnectionError, NetworkClientError } from '../../client/errors.ts';
import { KafkaError } from '../../protocol/errors.ts';
import { hintFor } from '../failure-text.ts';
import type { Output } from '../output.ts';
import { plainLines } from './plain-words.ts';
import { visibleLine } from './visible.ts';
import { folded } from './width.ts';

/**
 * The lines of a failure for a person at a terminal: what went wrong, then what to do.
 * @param words what the script prints of it
 */
export function failureLines(error: Error, words: string): string[] {
  const chain = chainOf(error);
  const connection = chain.find((each) => each instanceof ConnectionError);
  if (connection !== undefined) return [connection.message];
  const refused = chain.find((each) => each instanceof AuthenticationError);
  if (refused !== undefined) return [...new Set([plainLines(refused.message)[0] ?? refused.message, refused.advice])];
  const setup = chain.findLast((each) => each instanceof ClientCreationError || each instanceof NetworkClientError);
  if (setup?.cause instanceof Error) return plainLines(setup.cause.message);
  const lines = plainLines(words);
  const [message = error.message, ...rest] = lines;
  const code = chain.find((each) => each instanceof KafkaError)?.code;
  const next = code === undefined || rest.length > 0 ? '' : hintFor(code);
  return [message, ...rest, ...next.split('\n').filter((line) => line !== '')];
}

const chainOf = (error: unknown): Error[] => (error instanceof Error ? [error, ...chainOf(error.cause)] : []);

/** Shows a failure to a person: the first line in red. */
export function showFailure(lines: readonly string[], output: Output): void {
  const [message = '', ...rest] = lines;
  output.complain(message);
  for (const line of rest) output.warn(folded(visibleLine(line), output.stderr.columns || 80));
}
