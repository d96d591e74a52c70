// Which leader epoch began at which offset (org.apache.kafka.storage.internals.epoch.LeaderEpochFileCache, KIP-101).
import path from 'node:path';
import {
  type EpochEntry,
  MalformedCheckpoint,
  readEpochCheckpoint,
  writeEpochCheckpoint,
  writeEpochCheckpointAsync,
} from './checkpoint-file.ts';
import type { Files } from './files.ts';

const LEADER_EPOCH_CHECKPOINT = 'leader-epoch-checkpoint';
/** What OffsetForLeaderEpoch answers where there is nothing to say. */
const UNDEFINED = { epoch: -1, endOffset: -1 } as const;

export interface EpochEndOffset {
  /** -1 if the epoch asked for is unknown. */
  epoch: number;
  /** First offset of the next epoch, or the log end offset; -1 if the epoch asked for is unknown. */
  endOffset: number;
}

export class LeaderEpochs {
  readonly #files: Files;
  readonly #path: string;
  #entries: EpochEntry[];
  #latest: number;
  #synced: boolean;

  private constructor(files: Files, file: string, entries: EpochEntry[]) {
    this.#files = files;
    this.#path = file;
    this.#entries = entries;
    this.#latest = entries.at(-1)?.epoch ?? -1;
    this.#synced = true;
  }

  /** With what the checkpoint in `directory` has; a damaged one counts as empty, recovery adds what the log knows. */
  static open(files: Files, directory: string): LeaderEpochs {
    const file = path.join(directory, LEADER_EPOCH_CHECKPOINT);
    try {
      return new LeaderEpochs(files, file, readEpochCheckpoint(files, file));
    } catch (error) {
      if (!(error instanceof MalformedCheckpoint)) throw error;
      return new LeaderEpochs(files, file, []);
    }
  }

  get entries(): readonly EpochEntry[] {
    return this.#entries;
  }

  /** -1 if no batch has one. */
  get latest(): number {
    return this.#latest;
  }

  /** Says that a batch of `epoch` was appended at `offset`. */
  assign(epoch: number, offset: number): void {
    if (epoch === this.#latest || epoch < 0) return;
    const kept = this.#entries.filter((entry) => entry.epoch < epoch && entry.startOffset < offset);
    this.#replace([...kept, { epoch, startOffset: offset }]);
  }

  /** Epoch of the record at `offset`, undefined if it is older than all that is known. */
  epochOf(offset: number): number | undefined {
    return this.#entries.findLast((entry) => entry.startOffset <= offset)?.epoch;
  }

  /** Where `epoch` ended (LeaderEpochFileCache.endOffsetFor). */
  endOffsetFor(epoch: number, logEndOffset: number): EpochEndOffset {
    if (epoch < 0) return UNDEFINED;
    if (epoch === this.#latest) return { epoch, endOffset: logEndOffset };
    const higher = this.#entries.find((entry) => entry.epoch > epoch);
    if (higher === undefined) return UNDEFINED;
    const floor = this.#entries.findLast((entry) => entry.epoch <= epoch);
    return { epoch: floor?.epoch ?? epoch, endOffset: higher.startOffset };
  }

  /** Forgets epochs that begin at `endOffset` or later. */
  truncateFromEnd(endOffset: number): void {
    const kept = this.#entries.filter((entry) => entry.startOffset < endOffset);
    if (kept.length < this.#entries.length) this.#replace(kept);
  }

  /** Forgets epochs that ended before `startOffset`; the one in force there begins there now. */
  truncateFromStart(startOffset: number): void {
    const kept = this.#entries.filter((_, i) => (this.#entries[i + 1]?.startOffset ?? Infinity) > startOffset);
    const [first, ...rest] = kept;
    if (first === undefined || (first.startOffset >= startOffset && kept.length === this.#entries.length)) return;
    this.#replace([{ ...first, startOffset: Math.max(first.startOffset, startOffset) }, ...rest]);
  }

  /** Makes the checkpoint survive a power loss. */
  flush(): void {
    if (this.#synced) return;
    writeEpochCheckpoint(this.#files, this.#path, this.#entries, { sync: true });
    this.#synced = true;
  }

  /** The same without blocking; no epoch may begin meanwhile. */
  async flushAsync(): Promise<void> {
    if (this.#synced) return;
    await writeEpochCheckpointAsync(this.#files, this.#path, this.#entries);
    this.#synced = true;
  }

  // Not synced here: until the log is flushed, recovery finds the epochs in the batches.
  #replace(entries: EpochEntry[]): void {
    this.#entries = entries;
    this.#latest = entries.at(-1)?.epoch ?? -1;
    this.#synced = false;
    writeEpochCheckpoint(this.#files, this.#path, entries, { sync: false });
  }
}
