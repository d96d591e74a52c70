// The offset and the time index of one segment, which are loaded, dropped and written together.
import type { Files } from './files.ts';
import type { IndexCache } from './index-cache.ts';
import { CorruptIndex } from './index-file.ts';
import { SUFFIX } from './log-names.ts';
import { OffsetIndex } from './offset-index.ts';
import { TimeIndex, type TimestampOffset } from './time-index.ts';

export interface IndexedLog {
  /** Bytes of the log that the indexes belong to. */
  readonly size: number;
  /** Makes both indexes anew. */
  rebuildIndexes(): void;
}

export class SegmentIndexes {
  readonly offsets: OffsetIndex;
  readonly times: TimeIndex;
  readonly #cache: IndexCache;
  readonly #log: IndexedLog;
  #evictable = false;

  /** @param nameWith the path of the segment's file with a suffix */
  constructor(
    files: Files,
    cache: IndexCache,
    baseOffset: number,
    nameWith: (suffix: string) => string,
    log: IndexedLog,
  ) {
    this.#cache = cache;
    this.#log = log;
    this.offsets = new OffsetIndex(files, nameWith(SUFFIX.offsetIndex), baseOffset);
    this.times = new TimeIndex(files, nameWith(SUFFIX.timeIndex), baseOffset);
  }

  get isLoaded(): boolean {
    return this.offsets.isLoaded && this.times.isLoaded;
  }

  get indexBytes(): number {
    return this.offsets.memoryBytes + this.times.memoryBytes;
  }

  /** Renames the files. @param renamed the new path for an old one */
  rename(renamed: (path: string) => string): void {
    for (const index of [this.offsets, this.times]) index.rename(renamed(index.path));
  }

  removeFiles(files: Files): void {
    for (const index of [this.offsets, this.times]) files.remove(index.path);
  }

  isFull(maxBytes: number): boolean {
    return this.offsets.isFull(maxBytes) || this.times.isFull(maxBytes);
  }

  /** Has both in memory; indexes that do not fit the log are made anew. */
  load(): void {
    if (!this.isLoaded) {
      try {
        this.loadAsTheyAre();
      } catch (error) {
        if (!(error instanceof CorruptIndex)) throw error;
        this.#log.rebuildIndexes();
      }
    }
    if (this.#evictable) this.#cache.touch(this);
  }

  /** @throws CorruptIndex */
  loadAsTheyAre(): void {
    this.offsets.load();
    this.times.load();
    this.offsets.clampTo(this.#log.size);
  }

  append(max: TimestampOffset, lastOffset: number, position: number): void {
    this.offsets.append(lastOffset, position);
    this.addTime(max);
  }

  addTime(max: TimestampOffset): void {
    if (max.timestamp >= 0) this.times.maybeAppend(max.timestamp, max.offset);
  }

  /** Their files have room for more entries (AbstractIndex.resize). */
  reserve(maxBytes: number): void {
    this.offsets.reserve(maxBytes);
    this.times.reserve(maxBytes);
  }

  /** Their files end with the last entries (AbstractIndex.trimToValidSize). */
  trim(): void {
    this.offsets.trim();
    this.times.trim();
  }

  reset(): void {
    this.offsets.reset();
    this.times.reset();
  }

  persist(options: { sync: boolean }): void {
    this.offsets.persist(options);
    this.times.persist(options);
  }

  /** Both with `sync` and without blocking. */
  async persistAsync(): Promise<void> {
    await Promise.all([this.offsets.persistAsync(), this.times.persistAsync()]);
  }

  /** They are complete and on disk: from now on they may be dropped from memory. */
  allowUnload(): void {
    this.#evictable = true;
    if (this.isLoaded) this.#cache.touch(this);
  }

  unloadIndexes(): void {
    this.offsets.unload();
    this.times.unload();
  }

  forget(): void {
    this.#cache.forget(this);
  }
}
