// What the records of the test hold.
import { IllegalArgument } from '../illegal-argument.ts';

/** The value of record number `i`. Whoever gets it must copy it before asking for the next. */
export type Payloads = (i: number) => Buffer;

/** Random letters come out of so many made once: to make each letter anew would cost more than to send it. */
const POOL_BYTES = 1 << 20;
const LETTERS = 26;
const FIRST_LETTER = 65;

/** `size` capital letters, others for each record, the same in each run. */
export function randomPayloads(size: number): Payloads {
  const random = numbers();
  const pool = Buffer.allocUnsafe(POOL_BYTES + size);
  for (let i = 0; i < pool.length; i++) pool[i] = FIRST_LETTER + (random() % LETTERS);
  return () => {
    const start = random() % POOL_BYTES;
    return pool.subarray(start, start + size);
  };
}

export const monotonicPayloads: Payloads = (i) => Buffer.from(String(i));

/** One of `payloads`, chosen at random. */
export function chosenPayloads(payloads: readonly Buffer[]): Payloads {
  const random = numbers();
  return () => payloads[random() % payloads.length]!;
}

/**
 * The payloads that a text holds.
 * @param delimiter a regular expression as Java's String.split takes it: empty texts at the end are left out
 * @throws IllegalArgument if there is nothing in it
 */
export function splitPayloads(text: string, delimiter: string): Buffer[] {
  if (text === '') throw new IllegalArgument('File does not exist or empty file provided.');
  const parts = text.split(new RegExp(delimiter));
  while (parts.length > 1 && parts.at(-1) === '') parts.pop();
  return parts.map((part) => Buffer.from(part));
}

/** Evenly spread numbers below 2^32, always the same ones (xorshift, 32 bits). */
function numbers(): () => number {
  let state = 0x9e3779b9;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}
