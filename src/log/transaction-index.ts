// `.txnindex`: the transactions whose abort marker is in this segment
// (org.apache.kafka.storage.internals.log.TransactionIndex, AbortedTxn). A file exists only where there was one.
// Entry: int16 version 0, int64 producer id, first offset, last offset, last stable offset.
import { readInt64, writeInt64 } from '../protocol/records/int64.ts';
import type { Files } from './files.ts';

const ENTRY_BYTES = 34;
const VERSION = 0;

export interface AbortedTransaction {
  producerId: number;
  firstOffset: number;
  /** Offset of the abort marker. */
  lastOffset: number;
  /** Of the log, right after the marker: no transaction below it is undecided. */
  lastStableOffset: number;
}

export class TransactionIndex {
  readonly #files: Files;
  #path: string;
  #entries: AbortedTransaction[] | undefined;
  #persisted = -1;
  #isSynced = false;

  /** @param exists whether there may be a file; without one nothing is read */
  constructor(files: Files, path: string, exists: boolean) {
    this.#files = files;
    this.#path = path;
    if (!exists) this.#entries = [];
    if (!exists) this.#persisted = 0;
  }

  get path(): string {
    return this.#path;
  }

  /** Renames the file, if there is one. */
  rename(path: string): void {
    if (this.#files.stat(this.#path) !== undefined) this.#files.rename(this.#path, path);
    this.#path = path;
  }

  /** In the order of their markers. */
  get aborted(): readonly AbortedTransaction[] {
    this.#entries ??= this.#read();
    return this.#entries;
  }

  append(transaction: AbortedTransaction): void {
    this.#entries ??= this.#read();
    this.#entries.push(transaction);
  }

  reset(): void {
    this.#entries = [];
    this.#persisted = -1;
  }

  /** Whether the file has whole entries of this version for markers from `baseOffset` on. */
  isSane(baseOffset: number): boolean {
    if (this.#entries !== undefined || this.#files.stat(this.path) === undefined) return true;
    const bytes = this.#files.readFile(this.path);
    if (bytes.length % ENTRY_BYTES !== 0) return false;
    for (let at = 0; at < bytes.length; at += ENTRY_BYTES) {
      const { firstOffset, lastOffset } = decode(bytes, at);
      if (bytes.readInt16BE(at) !== VERSION || lastOffset < baseOffset || firstOffset > lastOffset) return false;
    }
    return true;
  }

  /**
   * Brings the file up to date; none is made for a segment without aborted transactions. With `sync` it survives a power
   * loss, also if it was up to date already: unlike the other indexes it is not missed when it is gone.
   */
  persist(options: { sync: boolean }): void {
    const entries = this.#entries;
    if (entries === undefined) return;
    const isWritten = this.#persisted === entries.length;
    if (isWritten && (!options.sync || this.#isSynced || entries.length === 0)) return;
    if (entries.length === 0) this.#files.remove(this.path);
    else this.#write(entries, options.sync);
    this.#persisted = entries.length;
    this.#isSynced = options.sync;
  }

  #write(entries: readonly AbortedTransaction[], sync: boolean): void {
    const start = Math.max(0, this.#persisted);
    const bytes = Buffer.concat(entries.slice(start).map(encode));
    const file = this.#files.open(this.path, { create: true });
    try {
      file.write(bytes, start * ENTRY_BYTES);
      file.truncate(entries.length * ENTRY_BYTES);
      if (sync) file.sync();
    } finally {
      file.close();
    }
  }

  #read(): AbortedTransaction[] {
    const entries: AbortedTransaction[] = [];
    if (this.#files.stat(this.path) !== undefined) {
      const bytes = this.#files.readFile(this.path);
      for (let at = 0; at + ENTRY_BYTES <= bytes.length; at += ENTRY_BYTES) entries.push(decode(bytes, at));
    }
    this.#persisted = entries.length;
    return entries;
  }
}

function encode(transaction: AbortedTransaction): Buffer {
  const entry = Buffer.alloc(ENTRY_BYTES);
  entry.writeInt16BE(VERSION, 0);
  writeInt64(entry, 2, transaction.producerId);
  writeInt64(entry, 10, transaction.firstOffset);
  writeInt64(entry, 18, transaction.lastOffset);
  writeInt64(entry, 26, transaction.lastStableOffset);
  return entry;
}

function decode(bytes: Buffer, at: number): AbortedTransaction {
  return {
    producerId: readInt64(bytes, at + 2),
    firstOffset: readInt64(bytes, at + 10),
    lastOffset: readInt64(bytes, at + 18),
    lastStableOffset: readInt64(bytes, at + 26),
  };
}
