// Writes the indexes of segments that are appended to into their files soon after: kafka-dump-log and whoever else looks
// at the files of a running broker finds in them what Kafka's mapped files have. The broker itself never reads them
// before a clean stop, and recovery makes them anew, so nothing is synced and a write that fails is left to the roll.

/** The first entry after a pause is in its file so much later, milliseconds. */
const DELAY_MS = 30;
/** After a round of writes at least so many times its duration passes before the next. */
const PAUSE_FACTOR = 20;

export interface IndexedSegment {
  persistIndexes(options: { sync: boolean }): void;
}

export class IndexWriter {
  readonly #monotonicMs: () => number;
  readonly #later: (delayMs: number, action: () => void) => void;
  readonly #waiting = new Set<IndexedSegment>();
  #isScheduled = false;
  #delayMs = DELAY_MS;

  constructor(monotonicMs: () => number, later: (delayMs: number, action: () => void) => void) {
    this.#monotonicMs = monotonicMs;
    this.#later = later;
  }

  /** Says that a segment's indexes have entries that their files do not. */
  changed(segment: IndexedSegment): void {
    this.#waiting.add(segment);
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#later(this.#delayMs, () => this.#write());
  }

  /** Says that a segment's files are no longer its own. */
  forget(segment: IndexedSegment): void {
    this.#waiting.delete(segment);
  }

  #write(): void {
    this.#isScheduled = false;
    const segments = [...this.#waiting];
    this.#waiting.clear();
    const startMs = this.#monotonicMs();
    for (const segment of segments) this.#writeOne(segment);
    this.#delayMs = Math.max(DELAY_MS, (this.#monotonicMs() - startMs) * PAUSE_FACTOR);
  }

  #writeOne(segment: IndexedSegment): void {
    try {
      segment.persistIndexes({ sync: false });
    } catch {
      // What is missing in the file is still to be written; the roll or the stop that has to write it reports the failure.
    }
  }
}
