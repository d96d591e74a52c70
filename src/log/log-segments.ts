// The segments of a log in the order of their offsets; the last one is the active one.
import type { Segment } from './segment.ts';

export class LogSegments {
  readonly #all: Segment[];

  /** @param segments at least one, in order */
  constructor(segments: readonly Segment[]) {
    this.#all = [...segments];
  }

  get active(): Segment {
    return this.#all[this.#all.length - 1]!;
  }

  get first(): Segment {
    return this.#all[0]!;
  }

  get all(): readonly Segment[] {
    return this.#all;
  }

  get sizeInBytes(): number {
    return this.#all.reduce((sum, segment) => sum + segment.size, 0);
  }

  add(segment: Segment): void {
    this.#all.push(segment);
  }

  /** Takes the oldest segments out. */
  removeFirst(count: number): Segment[] {
    return this.#all.splice(0, count);
  }

  /** Puts one segment in the place of several that follow one another. */
  replace(old: readonly Segment[], replacement: Segment): void {
    this.#all.splice(this.#all.indexOf(old[0]!), old.length, replacement);
  }

  /** The segment where `offset` is or would be, and all after it; from the first one if `offset` is older than that. */
  from(offset: number): readonly Segment[] {
    return this.#all.slice(this.#floor(offset));
  }

  #floor(offset: number): number {
    let low = 0;
    let high = this.#all.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#all[middle]!.baseOffset <= offset) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }
}
