// `.index`: from offset to file position, sparse (org.apache.kafka.storage.internals.log.OffsetIndex).
// Entry: int32 last offset of a batch, relative to the segment; int32 position of that batch.
import type { Files } from './files.ts';
import { IndexFile } from './index-file.ts';

const ENTRY_BYTES = 8;

export interface OffsetPosition {
  /** Last offset of the batch at `position`; the segment's base offset for its beginning. */
  offset: number;
  position: number;
}

export class OffsetIndex extends IndexFile {
  constructor(files: Files, path: string, baseOffset: number) {
    super(files, path, baseOffset, ENTRY_BYTES);
  }

  append(lastOffset: number, position: number): void {
    const at = this.addEntry();
    this.entries.writeInt32BE(lastOffset - this.baseOffset, at);
    this.entries.writeInt32BE(position, at + 4);
  }

  /** The last entry whose offset is not above `offset`; the beginning of the segment if there is none. */
  lookup(offset: number): OffsetPosition {
    const relative = offset - this.baseOffset;
    const entries = this.entries;
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (entries.readInt32BE(middle * ENTRY_BYTES) <= relative) low = middle + 1;
      else high = middle;
    }
    return this.#entry(low - 1);
  }

  /** The beginning of the segment if there is no entry. */
  get last(): OffsetPosition {
    return this.#entry(this.count - 1);
  }

  #entry(i: number): OffsetPosition {
    if (i < 0) return { offset: this.baseOffset, position: 0 };
    return {
      offset: this.baseOffset + this.entries.readInt32BE(i * ENTRY_BYTES),
      position: this.entries.readInt32BE(i * ENTRY_BYTES + 4),
    };
  }

  /** Drops entries for bytes that the log does not have: an index can reach the disk before its log does. */
  clampTo(logBytes: number): void {
    let count = this.count;
    while (count > 0 && this.#entry(count - 1).position >= logBytes) count--;
    this.truncateEntries(count);
  }

  protected override isInOrder(entries: Buffer, i: number): boolean {
    const at = i * ENTRY_BYTES;
    const [offset, position] = [entries.readInt32BE(at), entries.readInt32BE(at + 4)];
    if (i === 0) return offset >= 0 && position > 0;
    return offset > entries.readInt32BE(at - ENTRY_BYTES) && position > entries.readInt32BE(at - ENTRY_BYTES + 4);
  }
}
