// What the records of the test hold.
import { splitLikeJava } from '../../util/java-regex/java-regex.ts';
import { SplittableRandom } from '../../util/splittable-random.ts';
import { IllegalArgument } from '../illegal-argument.ts';
import { javaPattern } from '../java-pattern.ts';

/** The value of record number `i`. Whoever gets it must copy it before asking for the next. */
export type Payloads = (i: number) => Buffer;

/** So many letters are made one by one, as Kafka's tool makes all of them: each costs 20 ns, to send it a tenth of that. */
const POOL_BYTES = 1 << 20;
const LETTERS = 26;
const FIRST_LETTER = 65;

/**
 * `size` capital letters, others for each record, the same in each run: the first megabyte is letter for letter what
 * kafka-producer-perf-test sends, later records are cut from it anywhere.
 */
export function randomPayloads(size: number): Payloads {
  const random = new SplittableRandom(0);
  const pool = Buffer.allocUnsafe(Math.max(POOL_BYTES, size));
  let made = 0;
  return () => {
    if (made + size <= pool.length) {
      const start = made;
      while (made < start + size) pool[made++] = FIRST_LETTER + random.nextInt(LETTERS);
      return pool.subarray(start, made);
    }
    const start = random.nextInt(made - size + 1);
    return pool.subarray(start, start + size);
  };
}

export const monotonicPayloads: Payloads = (i) => Buffer.from(String(i));

/** One of `payloads`, chosen at random. */
export function chosenPayloads(payloads: readonly Buffer[]): Payloads {
  const random = new SplittableRandom(0);
  return () => payloads[random.nextInt(payloads.length)]!;
}

/**
 * The payloads that a text holds.
 * @param delimiter a regular expression as Java's String.split takes it: empty texts at the end are left out
 * @throws IllegalArgument if there is nothing in it, JavaException for a delimiter that is no regular expression
 */
export function splitPayloads(text: string, delimiter: string): Buffer[] {
  if (text === '') throw new IllegalArgument('File does not exist or empty file provided.');
  const parts = splitLikeJava(text, javaPattern(delimiter));
  return (parts.length > 0 ? parts : ['']).map((part) => Buffer.from(part));
}
