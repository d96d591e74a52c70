// One client's fetch session (KIP-227, org.apache.kafka.server.FetchSession): the broker remembers which partitions the
// client reads and what it was told of them, so that requests and responses carry only what changed.
import { byteFieldSize } from '../../protocol/writer.ts';
import type { FetchPartition, FetchPartitionResult } from './fetch-partition.ts';

interface SessionPartition extends FetchPartition {
  /** As the client was last told; -1 makes the next answer count as a change. */
  highWatermark: number;
  logStartOffset: number;
}

export interface FetchSessionOptions {
  readonly id: number;
  /** Whether its requests name topics by id (Fetch v13+). */
  readonly usesTopicIds: boolean;
  /** Monotonic milliseconds. */
  readonly nowMs: number;
}

/** Session epochs go from 1 to 2^31 - 1 and round; 0 and -1 have meanings of their own. */
export function nextEpoch(epoch: number): number {
  return epoch === 0x7fffffff ? 1 : epoch + 1;
}

export class FetchSession {
  readonly id: number;
  readonly usesTopicIds: boolean;
  /** Monotonic milliseconds. */
  readonly createdMs: number;
  lastUsedMs: number;
  /** The epoch that the next request must have. */
  epoch = 1;
  /** Partitions that counted when the session last was used (FetchSession.cachedSize). */
  cachedSize: number;
  readonly #partitions = new Map<string, SessionPartition>();

  /**
   * @param asked what the full fetch asked for
   * @param told what it was answered, in the same order
   */
  constructor(options: FetchSessionOptions, asked: readonly FetchPartition[], told: readonly FetchPartitionResult[]) {
    this.id = options.id;
    this.usesTopicIds = options.usesTopicIds;
    this.createdMs = options.nowMs;
    this.lastUsedMs = options.nowMs;
    asked.forEach((partition, i) => {
      const { highWatermark, logStartOffset = -1 } = told[i]!;
      this.#partitions.set(this.#keyOf(partition), { ...partition, highWatermark, logStartOffset });
    });
    this.cachedSize = this.#partitions.size;
  }

  /** In the order in which they are to be read. */
  get partitions(): readonly FetchPartition[] {
    return [...this.#partitions.values()];
  }

  get size(): number {
    return this.#partitions.size;
  }

  /** Adds and changes partitions, then takes the forgotten ones out. */
  update(partitions: readonly FetchPartition[], forgotten: readonly FetchPartition[]): void {
    for (const partition of partitions) {
      const key = this.#keyOf(partition);
      const known = this.#partitions.get(key);
      if (known === undefined) this.#partitions.set(key, { ...partition, highWatermark: -1, logStartOffset: -1 });
      else Object.assign(known, partition, { topic: known.topic ?? partition.topic });
    }
    for (const partition of forgotten) this.#partitions.delete(this.#keyOf(partition));
  }

  /**
   * Whether an incremental response must mention a partition, which from then on counts as told. One that has records
   * moves to the end of the order, so that every partition gets its turn.
   */
  mustTell(partition: FetchPartition, result: FetchPartitionResult): boolean {
    const key = this.#keyOf(partition);
    const known = this.#partitions.get(key);
    if (known === undefined) return false;
    const failed = result.errorCode !== 0;
    const { highWatermark, logStartOffset = -1 } = result;
    const hasRecords = result.records !== null && byteFieldSize(result.records) > 0;
    const changed = known.highWatermark !== highWatermark || known.logStartOffset !== logStartOffset;
    // After an error the partition is told again, whatever its offsets are then.
    known.highWatermark = failed ? -1 : highWatermark;
    known.logStartOffset = logStartOffset;
    if (hasRecords) {
      this.#partitions.delete(key);
      this.#partitions.set(key, known);
    }
    return hasRecords || changed || failed || (result.divergingEpoch?.epoch ?? -1) >= 0;
  }

  #keyOf({ topic, topicId, partition }: FetchPartition): string {
    return `${this.usesTopicIds ? topicId : topic}-${partition}`;
  }
}
