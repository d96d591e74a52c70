// Batches of the log as a share group's read meets them.
import { isControl, isTransactional, lastOffset } from '../../../protocol/records/batch.ts';
import { ControlType, readControlKey } from '../../../protocol/records/control.ts';
import { batches, openRecords } from '../../../protocol/records/read.ts';

export interface ReadBatch {
  readonly baseOffset: number;
  readonly lastOffset: number;
  /** -1 without idempotence. */
  readonly producerId: number;
  readonly isTransactional: boolean;
  readonly isAbortMarker: boolean;
  readonly bytes: Buffer;
}

interface Range {
  readonly firstOffset: number;
  readonly lastOffset: number;
}

/** @param records whole batches in order, in pieces */
export function readBatches(records: readonly Buffer[]): ReadBatch[] {
  return records.flatMap((buf) =>
    [...batches(buf)].map(({ header, pos, size }) => ({
      baseOffset: header.baseOffset,
      lastOffset: lastOffset(header),
      producerId: header.producerId,
      isTransactional: isTransactional(header.attributes),
      isAbortMarker: isControl(header.attributes) && isAbort(buf, pos),
      bytes: buf.subarray(pos, pos + size),
    })),
  );
}

function isAbort(buf: Buffer, pos: number): boolean {
  const cursor = openRecords(buf, pos);
  return cursor.next() && readControlKey(cursor.key).type === ControlType.ABORT;
}

/** The batches of data whose transactions were aborted (fetchAbortedTransactionRecordBatches). */
export function abortedBatches(
  read: readonly ReadBatch[],
  transactions: readonly { readonly producerId: number; readonly firstOffset: number }[],
): ReadBatch[] {
  const ordered = [...transactions].sort((a, b) => a.firstOffset - b.firstOffset);
  const aborting = new Set<number>();
  return read.filter((batch) => {
    if (batch.producerId < 0) return false;
    while (ordered[0] !== undefined && ordered[0].firstOffset <= batch.lastOffset) {
      aborting.add(ordered.shift()!.producerId);
    }
    if (!batch.isAbortMarker) return batch.isTransactional && aborting.has(batch.producerId);
    aborting.delete(batch.producerId);
    return false;
  });
}

/** The parts of `ranges` that lie in none of these batches. Both are in order. */
export function without<R extends Range>(ranges: readonly R[], batchesToSkip: readonly ReadBatch[]): R[] {
  let left = [...ranges];
  for (const { baseOffset, lastOffset: end } of batchesToSkip) {
    left = left.flatMap((range) => {
      if (range.lastOffset < baseOffset || range.firstOffset > end) return [range];
      const before = { ...range, lastOffset: baseOffset - 1 };
      const after = { ...range, firstOffset: end + 1 };
      return [before, after].filter((part) => part.firstOffset <= part.lastOffset);
    });
  }
  return left;
}

/** The batches that hold something of what was acquired, and those between them (maybeSliceFetchRecords). */
export function slice(read: readonly ReadBatch[], acquired: readonly Range[]): ReadBatch[] {
  const first = acquired[0]!.firstOffset;
  const last = acquired.at(-1)!.lastOffset;
  const begin = read.findLastIndex(({ baseOffset }) => baseOffset <= first);
  return read.slice(Math.max(0, begin)).filter(({ baseOffset }) => baseOffset <= last);
}
