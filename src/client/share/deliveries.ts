// From an answered ShareFetch to the records that were acquired: the answer holds whole batches, of which others may have
// some records.
import type { ShareFetchResponse } from '../../protocol/messages/share-fetch.ts';
import { checkCrc, isControl } from '../../protocol/records/batch.ts';
import { batches, loadCodecsFor, readRecordsSync } from '../../protocol/records/read.ts';
import { type AcknowledgementBatch, gapsBetween } from './acknowledgements.ts';
import type { SharePartition, ShareRecord } from './types.ts';

type FetchedPartition = ShareFetchResponse['responses'][number]['partitions'][number];

/**
 * The acquired records, and the acquired offsets that have none: control records and what compaction took.
 * @throws RecordError for damaged batches
 */
export async function acquiredRecords(
  { topic, partition }: SharePartition,
  { records, acquiredRecords: acquired }: FetchedPartition,
  checkCrcs: boolean,
): Promise<{ records: ShareRecord[]; gaps: AcknowledgementBatch[] }> {
  const found: ShareRecord[] = [];
  if (records && acquired.length > 0) {
    await loadCodecsFor(records);
    for (const { header, pos } of batches(records)) {
      if (checkCrcs) checkCrc(records, pos);
      if (isControl(header.attributes)) continue;
      for (const record of readRecordsSync(records, pos, header)) {
        const range = acquired.find(({ firstOffset, lastOffset }) => isWithin(record.offset, firstOffset, lastOffset));
        if (range) found.push({ ...record, topic, partition, deliveryCount: range.deliveryCount });
      }
    }
  }
  const gaps = acquired.flatMap(({ firstOffset, lastOffset }) => {
    const offsets = found.map(({ offset }) => offset).filter((offset) => isWithin(offset, firstOffset, lastOffset));
    return gapsBetween(firstOffset, lastOffset, offsets);
  });
  return { records: found, gaps };
}

function isWithin(offset: number, first: number, last: number): boolean {
  return offset >= first && offset <= last;
}
