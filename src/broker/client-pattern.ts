// Regular expressions that clients send: RE2's, as in Kafka.
import { createRequire } from 'node:module';
import type { RE2JS } from 're2js';
import { ErrorCode, KafkaError } from '../protocol/errors.ts';
import type { Clock } from '../util/clock.ts';

/** All matches of one request together. Linear in the expression and in the names is still minutes for 30 KB and a thousand names. */
const MOST_MS = 1_000;

let re2: typeof RE2JS | undefined;

// Loaded on first use: its tables are half of a broker's heap, which every garbage collection goes through. A broker that
// had them took twice the CPU to produce.
function compile(regex: string): RE2JS {
  re2 ??= (createRequire(import.meta.url)('re2js') as { RE2JS: typeof RE2JS }).RE2JS;
  return re2.compile(regex);
}

/**
 * What an expression matches, whole names only. For one request: after a second it throws.
 * @throws RE2JSSyntaxException if it is none; KafkaError INVALID_REGULAR_EXPRESSION from the function
 */
export function clientPattern(regex: string, clock: Clock): (name: string) => boolean {
  const pattern = compile(regex);
  const untilMs = clock.monotonicMs() + MOST_MS;
  return (name) => {
    if (clock.monotonicMs() > untilMs)
      throw new KafkaError(
        ErrorCode.INVALID_REGULAR_EXPRESSION,
        `A regular expression of ${regex.length} characters takes more than ${MOST_MS} ms to match: use a simpler one.`,
      );
    return pattern.matches(name);
  };
}

/** What is wrong with a regular expression (PatternSyntaxException.getDescription); undefined if nothing is. */
export function patternError(regex: string): string | undefined {
  try {
    compile(regex);
    return undefined;
  } catch (error) {
    const { getDescription } = error as { getDescription?: () => string };
    return getDescription ? getDescription.call(error) : String(error);
  }
}
