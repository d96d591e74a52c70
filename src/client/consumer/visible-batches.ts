import { type BatchHeader, checkCrc, isControl, isTransactional, lastOffset } from '../../protocol/records/batch.ts';
import { ControlType, readControlKey } from '../../protocol/records/control.ts';
import { batches, openRecords } from '../../protocol/records/read.ts';
import type { Fetched } from './fetcher.ts';

export interface VisibleBatch {
  readonly header: BatchHeader;
  readonly pos: number;
}

/**
 * The batches of a fetch that a consumer sees: no control batches and, where the broker named aborted transactions
 * (read_committed), none of theirs. Batches that begin before the offset that was asked for are among them.
 * @throws RecordError for a batch whose CRC is wrong, if `checkCrcs`
 */
export function* visibleBatches(fetched: Fetched, checkCrcs: boolean): Generator<VisibleBatch> {
  const { records } = fetched;
  const starting = [...fetched.aborted].sort((a, b) => a.firstOffset - b.firstOffset);
  const aborted = new Set<number>();
  for (const { header, pos } of batches(records)) {
    if (checkCrcs) checkCrc(records, pos);
    while (starting.length > 0 && starting[0]!.firstOffset <= lastOffset(header))
      aborted.add(starting.shift()!.producerId);
    if (isControl(header.attributes)) {
      if (isAbortMarker(records, pos, header)) aborted.delete(header.producerId);
    } else if (!isTransactional(header.attributes) || !aborted.has(header.producerId)) yield { header, pos };
  }
}

function isAbortMarker(records: Buffer, pos: number, header: BatchHeader): boolean {
  if (!isTransactional(header.attributes)) return false;
  const cursor = openRecords(records, pos, header);
  return cursor.next() && readControlKey(cursor.key).type === ControlType.ABORT;
}
