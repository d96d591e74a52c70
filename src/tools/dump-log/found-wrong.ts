// What is wrong between files, told when all of them have been gone through, in the order of the maps that Kafka's tool keeps it in.
import type { Long } from '../../protocol/records/int64.ts';
import { hashMapOrder, javaStringHash } from '../../util/java-hash.ts';

/** What an index says otherwise than its segment, with the lines that tell it. */
export interface IndexMismatches {
  /** Last offsets of the batches that are at the place of another, by the offset of the entry. */
  readonly offsets: Map<Long, Long>;
  readonly timestamps: string[];
  readonly outOfOrder: string[];
  readonly notFound: string[];
}

/** java.io.File.getAbsolutePath. */
export const absolute = (path: string): string => (path.startsWith('/') ? path : `${process.cwd()}/${path}`);

export class FoundWrong {
  readonly #mismatches = new Map<string, IndexMismatches>();
  /** By file and the offset before. */
  readonly #gaps = new Map<string, Map<Long, Long>>();

  addGap(path: string, last: Long, next: Long): void {
    const gaps = this.#gaps.get(absolute(path)) ?? new Map<Long, Long>();
    this.#gaps.set(absolute(path), gaps.set(last, next));
  }

  /** Of an index that may have been looked at before. */
  indexMismatches(path: string): IndexMismatches {
    const known = this.#mismatches.get(absolute(path));
    const found = known ?? { offsets: new Map(), timestamps: [], outOfOrder: [], notFound: [] };
    this.#mismatches.set(absolute(path), found);
    return found;
  }

  /** For standard error. */
  *complaints(): Generator<string> {
    yield* this.#under('Mismatches in', ({ offsets }) =>
      rising(offsets)
        .reverse()
        .map(([offset, found]) => `  Index offset: ${offset}, log offset: ${found}`),
    );
    yield* this.#under('Found timestamp mismatch in', ({ timestamps }) => timestamps);
    yield* this.#under('Found out of order timestamp in', ({ outOfOrder }) => outOfOrder);
    yield* this.#under('The following indexed offsets are not found in', ({ notFound }) => notFound);
    for (const [path, gaps] of inTable(this.#gaps)) {
      const lines = rising(gaps).map(([offset, next]) => `  ${offset} is followed by ${next}`);
      yield [`Non-consecutive offsets in ${path}`, ...lines].join('\n');
    }
  }

  *#under(title: string, linesOf: (found: IndexMismatches) => readonly string[]): Generator<string> {
    const found = [...this.#mismatches].filter(([, each]) => linesOf(each).length > 0);
    for (const [path, each] of inTable(found)) yield [`${title} :${path}`, ...linesOf(each)].join('\n');
  }
}

/** HashMap.computeIfAbsent puts what is new in front of what is in the same place. */
const inTable = <T>(found: Iterable<[string, T]>): [string, T][] =>
  hashMapOrder([...found].reverse(), ([path]) => javaStringHash(path));

const rising = (found: Map<Long, Long>): [Long, Long][] => [...found].sort(([a], [b]) => (a < b ? -1 : 1));
