// Metadata transactions (KIP-868): records between BeginTransaction and EndTransaction count together or, after
// AbortTransaction, not at all.
import { Records } from './record-kinds.ts';
import type { FramedRecord } from './record-serde.ts';

export class TransactionReplay {
  readonly #apply: (record: FramedRecord) => void;
  #pending: FramedRecord[] | undefined;

  constructor(apply: (record: FramedRecord) => void) {
    this.#apply = apply;
  }

  /** Whether a transaction has begun and not ended. */
  get open(): boolean {
    return this.#pending !== undefined;
  }

  accept(record: FramedRecord): void {
    switch (record.type) {
      case Records.beginTransaction.type:
        this.#pending = [];
        break;
      case Records.endTransaction.type:
        for (const waiting of this.#pending ?? []) this.#apply(waiting);
        this.#pending = undefined;
        break;
      case Records.abortTransaction.type:
        this.#pending = undefined;
        break;
      default:
        if (this.#pending) this.#pending.push(record);
        else this.#apply(record);
    }
  }
}
