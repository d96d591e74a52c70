// `<offset>.snapshot`: the producers of a partition before that offset (ProducerStateManager.writeSnapshot, version 1).
// int16 version, uint32 CRC-32C of what follows, int32 count, and the entries.
import path from 'node:path';
import { crc32c } from '../protocol/records/crc32c.ts';
import { readInt64, writeInt64 } from '../protocol/records/int64.ts';
import { replaceFile, replaceFileAsync } from './atomic-file.ts';
import type { Files } from './files.ts';
import { offsetFileName, SUFFIX } from './log-names.ts';
import { ProducerEntry } from './producer-entry.ts';

const VERSION = 1;
const CRC_AT = 2;
const COUNT_AT = 6;
const ENTRIES_AT = 10;
const ENTRY_BYTES = 46;

export class CorruptSnapshot extends Error {}

export function encodeSnapshot(entries: Iterable<ProducerEntry>): Buffer {
  const all = [...entries];
  const snapshot = Buffer.alloc(ENTRIES_AT + all.length * ENTRY_BYTES);
  snapshot.writeInt16BE(VERSION, 0);
  snapshot.writeInt32BE(all.length, COUNT_AT);
  for (const [i, entry] of all.entries()) {
    const at = ENTRIES_AT + i * ENTRY_BYTES;
    writeInt64(snapshot, at, entry.producerId);
    snapshot.writeInt16BE(entry.epoch, at + 8);
    snapshot.writeInt32BE(entry.lastSequence, at + 10);
    writeInt64(snapshot, at + 14, entry.lastOffset);
    snapshot.writeInt32BE(entry.batches.at(-1)?.offsetDelta ?? 0, at + 22);
    writeInt64(snapshot, at + 26, entry.lastTimestamp);
    snapshot.writeInt32BE(entry.coordinatorEpoch, at + 34);
    writeInt64(snapshot, at + 38, entry.currentTxnFirstOffset);
  }
  snapshot.writeUInt32BE(crc32c(snapshot, COUNT_AT), CRC_AT);
  return snapshot;
}

const misshapen = (problem: string): CorruptSnapshot =>
  new CorruptSnapshot(`Snapshot failed schema validation: ${problem}`);

/** @throws CorruptSnapshot in the words of ProducerStateManager.readSnapshot, where bytes that are missing are `null` */
export function decodeSnapshot(snapshot: Buffer): ProducerEntry[] {
  const version = snapshot.length < CRC_AT ? VERSION : snapshot.readInt16BE(0);
  if (version !== VERSION) throw misshapen(`Snapshot contained an unknown file version ${version}`);
  if (snapshot.length < ENTRIES_AT) throw misshapen('null');
  const count = snapshot.readInt32BE(COUNT_AT);
  const left = snapshot.length - ENTRIES_AT;
  if (count < 0) throw misshapen('non-nullable field producerEntries was serialized as null');
  if (count > left)
    throw misshapen(`Tried to allocate a collection of size ${count}, but there are only ${left} bytes remaining.`);
  if (count * ENTRY_BYTES > left) throw misshapen('null');
  const [crc, computed] = [snapshot.readUInt32BE(CRC_AT), crc32c(snapshot, COUNT_AT)];
  if (crc !== computed) {
    throw new CorruptSnapshot(
      `Snapshot is corrupt (CRC is no longer valid). Stored crc: ${crc}. Computed crc: ${computed}`,
    );
  }
  return Array.from({ length: count }, (_, i) => decodeEntry(snapshot, ENTRIES_AT + i * ENTRY_BYTES));
}

function decodeEntry(snapshot: Buffer, at: number): ProducerEntry {
  const entry = new ProducerEntry(readInt64(snapshot, at));
  entry.epoch = snapshot.readInt16BE(at + 8);
  entry.lastTimestamp = readInt64(snapshot, at + 26);
  entry.coordinatorEpoch = snapshot.readInt32BE(at + 34);
  entry.currentTxnFirstOffset = readInt64(snapshot, at + 38);
  const lastOffset = readInt64(snapshot, at + 14);
  if (lastOffset >= 0) {
    entry.batches.push({
      lastSequence: snapshot.readInt32BE(at + 10),
      lastOffset,
      offsetDelta: snapshot.readInt32BE(at + 22),
      timestamp: entry.lastTimestamp,
    });
  }
  return entry;
}

/** The snapshot files of a partition. */
export class ProducerSnapshots {
  readonly #files: Files;
  readonly #directory: string;
  readonly #offsets: Set<number>;

  /** @param offsets of the files that are there */
  constructor(files: Files, directory: string, offsets: Iterable<number>) {
    this.#files = files;
    this.#directory = directory;
    this.#offsets = new Set(offsets);
  }

  /** Writes the snapshot before `offset`; nothing happens if it is there. */
  take(offset: number, entries: Iterable<ProducerEntry>, options: { sync: boolean }): void {
    if (this.#offsets.has(offset)) return;
    replaceFile(this.#files, this.#path(offset), encodeSnapshot(entries), options);
    this.#offsets.add(offset);
  }

  /** The same with `sync`, without blocking. */
  async takeAsync(offset: number, entries: Iterable<ProducerEntry>): Promise<void> {
    if (this.#offsets.has(offset)) return;
    await replaceFileAsync(this.#files, this.#path(offset), encodeSnapshot(entries));
    this.#offsets.add(offset);
  }

  /** The newest readable snapshot up to `offset`; those that cannot be read are removed. */
  latest(offset: number): { offset: number; entries: ProducerEntry[] } | undefined {
    const candidates = [...this.#offsets].filter((one) => one <= offset).sort((a, b) => b - a);
    for (const candidate of candidates) {
      try {
        return { offset: candidate, entries: decodeSnapshot(this.#files.readFile(this.#path(candidate))) };
      } catch (error) {
        if (!(error instanceof CorruptSnapshot)) throw error;
        this.#remove(candidate);
      }
    }
    return undefined;
  }

  removeAfter(offset: number): void {
    for (const one of this.#offsets) if (one > offset) this.#remove(one);
  }

  removeBefore(offset: number): void {
    for (const one of this.#offsets) if (one < offset) this.#remove(one);
  }

  removeAll(offsets: readonly number[]): void {
    for (const one of offsets) if (this.#offsets.has(one)) this.#remove(one);
  }

  /** Keeps those that belong to a segment, and the newest. */
  removeStray(baseOffsets: ReadonlySet<number>): void {
    const newest = Math.max(...this.#offsets);
    for (const one of this.#offsets) if (one !== newest && !baseOffsets.has(one)) this.#remove(one);
  }

  #remove(offset: number): void {
    this.#files.remove(this.#path(offset));
    this.#offsets.delete(offset);
  }

  #path(offset: number): string {
    return path.join(this.#directory, offsetFileName(offset, SUFFIX.snapshot));
  }
}
