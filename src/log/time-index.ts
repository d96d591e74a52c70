// `.timeindex`: the largest timestamp up to an offset, sparse (org.apache.kafka.storage.internals.log.TimeIndex).
// Entry: int64 timestamp in milliseconds; int32 last offset of the first batch that has it, relative to the segment.
import { readInt64, writeInt64 } from '../protocol/records/int64.ts';
import type { Files } from './files.ts';
import { IndexFile } from './index-file.ts';

const ENTRY_BYTES = 12;

export interface TimestampOffset {
  /** Milliseconds, -1 for none. */
  timestamp: number;
  offset: number;
}

export class TimeIndex extends IndexFile {
  constructor(files: Files, path: string, baseOffset: number) {
    super(files, path, baseOffset, ENTRY_BYTES);
  }

  /** Adds an entry if the timestamp is larger than all before. */
  maybeAppend(timestamp: number, offset: number): void {
    if (timestamp <= this.last.timestamp) return;
    const at = this.addEntry();
    writeInt64(this.entries, at, timestamp);
    this.entries.writeInt32BE(offset - this.baseOffset, at + 8);
  }

  /** Timestamp -1 at the base offset if there is no entry. */
  get last(): TimestampOffset {
    return this.#entry(this.count - 1);
  }

  /** The last entry whose timestamp is not above `timestamp`; -1 at the base offset if there is none. */
  lookup(timestamp: number): TimestampOffset {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (readInt64(this.entries, middle * ENTRY_BYTES) <= timestamp) low = middle + 1;
      else high = middle;
    }
    return this.#entry(low - 1);
  }

  /** Drops entries for offsets from `offset` on. */
  clampTo(offset: number): void {
    let count = this.count;
    while (count > 0 && this.#entry(count - 1).offset >= offset) count--;
    this.truncateEntries(count);
  }

  #entry(i: number): TimestampOffset {
    if (i < 0) return { timestamp: -1, offset: this.baseOffset };
    return {
      timestamp: readInt64(this.entries, i * ENTRY_BYTES),
      offset: this.baseOffset + this.entries.readInt32BE(i * ENTRY_BYTES + 8),
    };
  }

  protected override isInOrder(entries: Buffer, i: number): boolean {
    const at = i * ENTRY_BYTES;
    const [timestamp, offset] = [readInt64(entries, at), entries.readInt32BE(at + 8)];
    if (i === 0) return timestamp >= 0 && offset >= 0;
    return timestamp > readInt64(entries, at - ENTRY_BYTES) && offset >= entries.readInt32BE(at - ENTRY_BYTES + 8);
  }
}
