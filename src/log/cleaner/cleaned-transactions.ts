// Which transactions the cleaner has seen the beginning but not the end of (CleanedTransactionMetadata): tells the batches
// of aborted transactions, and the markers that no batch needs any more.
import type { BatchHeader } from '../../protocol/records/batch.ts';
import { isTransactional } from '../../protocol/records/batch.ts';
import { readMarker } from '../producer-state.ts';
import type { AbortedTransaction } from '../transaction-index.ts';

interface OngoingAborted {
  transaction: AbortedTransaction;
  hasBatch: boolean;
}

export interface ReadMarker {
  /** No batch of its transaction is left in the log. */
  isUnneeded: boolean;
  /** The aborted transaction that the cleaned segment's index must have. */
  aborted?: AbortedTransaction;
}

export class CleanedTransactions {
  /** Not begun yet, by first offset, the next one last. */
  #coming: AbortedTransaction[] = [];
  readonly #aborted = new Map<number, OngoingAborted>();
  readonly #committed = new Set<number>();

  /** Adds aborted transactions with records in the segment that comes next; one that was added before does no harm. */
  add(transactions: readonly AbortedTransaction[]): void {
    this.#coming.push(...transactions);
    this.#coming.sort((a, b) => b.firstOffset - a.firstOffset);
  }

  /** Takes a batch that is no control batch into account. Returns whether its transaction was aborted. */
  readBatch(header: BatchHeader): boolean {
    this.#begin(header.baseOffset + header.lastOffsetDelta);
    if (!isTransactional(header.attributes)) return false;
    const ongoing = this.#aborted.get(header.producerId);
    if (ongoing === undefined) {
      this.#committed.add(header.producerId);
      return false;
    }
    ongoing.hasBatch = true;
    return true;
  }

  /** Takes a control batch at `buf[pos]` into account. */
  readMarker(buf: Buffer, pos: number, header: BatchHeader): ReadMarker {
    this.#begin(header.baseOffset + header.lastOffsetDelta);
    // What an earlier cleaning emptied, and only the producer's epoch was kept for.
    if (header.count === 0) return { isUnneeded: true };
    const marker = readMarker(buf, pos, header);
    if (marker === undefined) return { isUnneeded: false };
    if (!marker.isAbort) return { isUnneeded: !this.#committed.delete(header.producerId) };
    const ongoing = this.#aborted.get(header.producerId);
    this.#aborted.delete(header.producerId);
    if (ongoing?.hasBatch !== true) return { isUnneeded: true };
    return { isUnneeded: false, aborted: ongoing.transaction };
  }

  #begin(offset: number): void {
    for (let next = this.#coming.at(-1); next !== undefined && next.firstOffset <= offset; next = this.#coming.at(-1)) {
      this.#coming.pop();
      if (!this.#aborted.has(next.producerId)) {
        this.#aborted.set(next.producerId, { transaction: next, hasBatch: false });
      }
    }
  }
}
