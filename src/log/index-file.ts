// What offset and time index share: entries of a fixed size, sorted, in a file next to the segment's log.
//
// Entries are kept in memory in the file's own format and written a little later (index-writer.ts) and when the segment is
// rolled or closed: an index is rebuilt from the log after a crash anyway, so a write for every entry would buy nothing.
import type { Files, OpenFile } from './files.ts';

const FIRST_ENTRIES = 32;
/** So many entries are read at once. */
const READ_ENTRIES = 4096;

/** An index file that does not fit its log. */
export class CorruptIndex extends Error {}

export abstract class IndexFile {
  readonly baseOffset: number;
  readonly #files: Files;
  readonly #entryBytes: number;
  #path: string;
  #entries: Buffer | undefined;
  #count = 0;
  /** Entries that the file has; -1 if it may have anything. */
  #persisted = -1;
  /** Size that the file has, with zeros behind the entries. */
  #reserved = 0;

  constructor(files: Files, path: string, baseOffset: number, entryBytes: number) {
    this.#files = files;
    this.#path = path;
    this.baseOffset = baseOffset;
    this.#entryBytes = entryBytes;
  }

  get path(): string {
    return this.#path;
  }

  /** Renames the file, if there is one. */
  rename(path: string): void {
    if (this.#files.stat(this.#path) !== undefined) this.#files.rename(this.#path, path);
    this.#path = path;
  }

  get isLoaded(): boolean {
    return this.#entries !== undefined;
  }

  get count(): number {
    return this.#count;
  }

  /** Of the file, once all is in it. */
  get sizeInBytes(): number {
    return this.#count * this.#entryBytes;
  }

  get memoryBytes(): number {
    return this.#entries?.length ?? 0;
  }

  /** Whether the file would grow beyond `maxBytes` with another entry. */
  isFull(maxBytes: number): boolean {
    return (this.#count + 1) * this.#entryBytes > maxBytes;
  }

  /** The entries, in the file's format. */
  protected get entries(): Buffer {
    if (this.#entries === undefined) throw new Error(`index ${this.path} is not loaded`);
    return this.#entries;
  }

  /** Whether entry `i` can follow the one before it. */
  protected abstract isInOrder(entries: Buffer, i: number): boolean;

  /**
   * Reads the file. Zeros at the end, which a kill leaves, do not count.
   * @throws CorruptIndex if the file is missing, or its entries are not in order
   */
  load(): void {
    const entries = this.#readFile();
    const fileEntries = entries.length / this.#entryBytes;
    let count = Math.floor(fileEntries);
    while (count > 0 && this.#isZero(entries, count - 1)) count--;
    if (count === Math.floor(fileEntries) && !Number.isInteger(fileEntries)) {
      throw new CorruptIndex(
        `Index file ${this.path} is corrupt: its size ${entries.length} is no multiple of ${this.#entryBytes}`,
      );
    }
    for (let i = 0; i < count; i++) {
      if (!this.isInOrder(entries, i))
        throw new CorruptIndex(`Index file ${this.path} is corrupt: entry ${i} is out of order`);
    }
    this.#entries = entries;
    this.#count = count;
    this.#persisted = count === fileEntries ? count : -1;
  }

  #readFile(): Buffer {
    if (this.#files.stat(this.path) === undefined) throw new CorruptIndex(`Index file ${this.path} does not exist`);
    const file = this.#files.open(this.path);
    try {
      return this.#readEntries(file);
    } finally {
      file.close();
    }
  }

  /** Up to the first zeros: of a file in full size the rest is a hole. */
  #readEntries(file: OpenFile): Buffer {
    const size = file.size();
    const chunks: Buffer[] = [];
    for (let at = 0; at < size; ) {
      const chunk = Buffer.alloc(Math.min(READ_ENTRIES * this.#entryBytes, size - at));
      at += file.read(chunk, at);
      chunks.push(chunk);
      if (chunk.length === READ_ENTRIES * this.#entryBytes && this.#isZero(chunk, READ_ENTRIES - 1)) break;
    }
    return Buffer.concat(chunks);
  }

  #isZero(entries: Buffer, i: number): boolean {
    const end = (i + 1) * this.#entryBytes;
    for (let at = i * this.#entryBytes; at < end; at++) if (entries[at] !== 0) return false;
    return true;
  }

  /** Starts with no entries, whatever the file has. */
  reset(): void {
    this.#entries = Buffer.alloc(0);
    this.#count = 0;
    this.#persisted = -1;
  }

  /** From now on the file is as large as `maxBytes` allow, as Kafka maps that of a segment that grows. */
  reserve(maxBytes: number): void {
    const bytes = maxBytes - (maxBytes % this.#entryBytes);
    if (bytes !== this.#reserved && this.#count === 0) this.#persisted = -1;
    this.#reserved = bytes;
  }

  /** From now on the file ends with its last entry. */
  trim(): void {
    if (this.#reserved === 0) return;
    this.#reserved = 0;
    this.#persisted = -1;
  }

  /** Frees the memory; only what is persisted may be unloaded. */
  unload(): void {
    this.#entries = undefined;
  }

  /** Drops the entries from `count` on. */
  truncateEntries(count: number): void {
    if (count >= this.#count) return;
    this.#count = count;
    this.#persisted = -1;
  }

  /** Room for one more entry; returns where it goes. */
  protected addEntry(): number {
    const at = this.#count * this.#entryBytes;
    const entries = this.entries;
    if (at + this.#entryBytes > entries.length) {
      const grown = Buffer.alloc(Math.max(FIRST_ENTRIES * this.#entryBytes, entries.length * 2));
      entries.copy(grown, 0, 0, at);
      this.#entries = grown;
    }
    this.#count++;
    return at;
  }

  /** Brings the file up to date; with `sync` so that it survives a power loss. Creates it if it is not there. */
  persist(options: { sync: boolean }): void {
    const entries = this.#entries;
    if (entries === undefined || this.#persisted === this.#count) return;
    const file = this.#files.open(this.path, { create: true });
    try {
      this.#write(file, entries);
      if (options.sync && this.#count > 0) file.sync();
    } finally {
      file.close();
    }
    this.#persisted = this.#count;
  }

  /** The same with `sync`, without blocking; nothing may be added meanwhile. */
  async persistAsync(): Promise<void> {
    const entries = this.#entries;
    if (entries === undefined || this.#persisted === this.#count) return;
    const file = this.#files.open(this.path, { create: true });
    try {
      this.#write(file, entries);
      // Zeros that a power loss leaves do not count: without entries nothing can be lost.
      if (this.#count > 0) await file.syncAsync();
    } finally {
      file.close();
    }
    this.#persisted = this.#count;
  }
  #write(file: OpenFile, entries: Buffer): void {
    const end = this.#count * this.#entryBytes;
    const start = Math.max(0, this.#persisted) * this.#entryBytes;
    if (end > start) file.write(entries.subarray(start, end), start);
    if (this.#persisted < 0) file.truncate(end);
    if (this.#reserved > 0) file.reserve(this.#reserved);
  }
}
