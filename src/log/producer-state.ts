// The producers of a partition and its open transactions (org.apache.kafka.storage.internals.log.ProducerStateManager).
import { type BatchHeader, isControl, isTransactional } from '../protocol/records/batch.ts';
import { ControlType, readControlKey, readEndTxnMarker } from '../protocol/records/control.ts';
import { openRecords } from '../protocol/records/read.ts';
import { ProducerEntry } from './producer-entry.ts';
import type { AbortedTransaction } from './transaction-index.ts';

/** A COMMIT or ABORT record, as far as the log cares. */
export interface EndTransaction {
  isAbort: boolean;
  coordinatorEpoch: number;
}

/**
 * The marker in a control batch; undefined if compaction has removed it, or if it is a control record of another kind.
 * @throws RecordError if it cannot be read
 */
export function readMarker(buf: Buffer, pos: number, header: BatchHeader): EndTransaction | undefined {
  const record = openRecords(buf, pos, header);
  if (!record.next()) return undefined;
  const { type } = readControlKey(record.key);
  if (type !== ControlType.ABORT && type !== ControlType.COMMIT) return undefined;
  return { isAbort: type === ControlType.ABORT, coordinatorEpoch: readEndTxnMarker(record.value).coordinatorEpoch };
}

export class ProducerState {
  readonly #entries = new Map<number, ProducerEntry>();
  /** First offset to producer id, in the order of the offsets. */
  readonly #openTransactions = new Map<number, number>();

  /** @param entries as a snapshot has them */
  constructor(entries: Iterable<ProducerEntry> = []) {
    for (const entry of entries) this.#entries.set(entry.producerId, entry);
    const open = [...this.#entries.values()].filter((entry) => entry.currentTxnFirstOffset >= 0);
    open.sort((a, b) => a.currentTxnFirstOffset - b.currentTxnFirstOffset);
    for (const entry of open) this.#openTransactions.set(entry.currentTxnFirstOffset, entry.producerId);
  }

  get entries(): ReadonlyMap<number, ProducerEntry> {
    return this.#entries;
  }

  get(producerId: number): ProducerEntry | undefined {
    return this.#entries.get(producerId);
  }

  /** First offset of the oldest open transaction. */
  get firstUnstableOffset(): number | undefined {
    if (this.#openTransactions.size === 0) return undefined;
    return this.#openTransactions.keys().next().value;
  }

  /**
   * Takes a batch that is in the log into account.
   * @param marker of a control batch, see {@link readMarker}
   * @returns the transaction that it aborted
   */
  update(batch: BatchHeader, baseOffset: number, marker: EndTransaction | undefined): AbortedTransaction | undefined {
    if (batch.producerId < 0) return undefined;
    let entry = this.#entries.get(batch.producerId);
    if (entry === undefined) {
      entry = new ProducerEntry(batch.producerId);
      this.#entries.set(batch.producerId, entry);
    }
    if (marker !== undefined) return this.#endTransaction(entry, batch, baseOffset, marker);
    // A control batch without a record is what compaction has left of a transaction.
    if (isControl(batch.attributes)) return undefined;
    if (entry.addBatch(batch, baseOffset, isTransactional(batch.attributes))) {
      this.#openTransactions.set(baseOffset, batch.producerId);
    }
    return undefined;
  }

  #endTransaction(
    entry: ProducerEntry,
    batch: BatchHeader,
    lastOffset: number,
    marker: EndTransaction,
  ): AbortedTransaction | undefined {
    const firstOffset = entry.addMarker(batch, marker.coordinatorEpoch);
    if (firstOffset < 0) return undefined;
    this.#openTransactions.delete(firstOffset);
    if (!marker.isAbort) return undefined;
    const lastStableOffset = this.firstUnstableOffset ?? lastOffset + 1;
    return { producerId: batch.producerId, firstOffset, lastOffset, lastStableOffset };
  }

  /** Forgets producers without an open transaction whose last batch is `expirationMs` old (`producer.id.expiration.ms`). */
  removeExpired(nowMs: number, expirationMs: number): void {
    for (const entry of this.#entries.values()) {
      if (entry.currentTxnFirstOffset < 0 && nowMs - entry.lastTimestamp >= expirationMs) {
        this.#entries.delete(entry.producerId);
      }
    }
  }
}
