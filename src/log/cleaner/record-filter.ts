// What of one batch survives (Cleaner.cleanInto's filter and MemoryRecords.filterTo).
//
// A batch of which a record goes is written anew, with the same codec; its base and last offset, producer, epoch, base
// sequence and leader epoch stay, so that offsets do not move and sequences go on. The delete horizon (KIP-534) is set
// when a tombstone, or the marker of a transaction without batches, is cleaned for the first time; both go when it is past.
import {
  type BatchHeader,
  codecOf,
  hasDeleteHorizon,
  isControl,
  isLogAppendTime,
  isTransactional,
  lastOffset,
} from '../../protocol/records/batch.ts';
import { BatchBuilder } from '../../protocol/records/builder.ts';
import { type RecordBytes, RecordCursor } from '../../protocol/records/cursor.ts';
import { type BatchProperties, emptyBatch } from '../../protocol/records/header-writer.ts';
import { recordBytes } from '../../protocol/records/read.ts';
import type { ProducerEntry } from '../producer-entry.ts';
import type { AbortedTransaction } from '../transaction-index.ts';
import type { CleanedTransactions } from './cleaned-transactions.ts';
import type { OffsetMap } from './offset-map.ts';

export interface FilterOptions {
  map: OffsetMap;
  transactions: CleanedTransactions;
  /** The log's producers, whose last batches are kept for their sequences, and last markers for their epochs. */
  producers: ReadonlyMap<number, ProducerEntry>;
  /** Where this cleaning ends: the batch before is kept, even without records, so that the log ends where it did. */
  endOffset: number;
  nowMs: number;
  /** `delete.retention.ms` */
  deleteRetentionMs: number;
}

export interface Filtered {
  /** The batch as it stays; undefined if nothing of it does. */
  batch: Buffer | undefined;
  /** Belongs into the transaction index if the batch stays. */
  aborted: AbortedTransaction | undefined;
  /** How much was looked at, decompressed. */
  bytesRead: number;
}

/** Decides on the batch `buf[pos, pos + size)`, whose codec must be loaded. @throws RecordError if it cannot be read */
export function filterBatch(
  buf: Buffer,
  pos: number,
  size: number,
  header: BatchHeader,
  options: FilterOptions,
): Filtered {
  const { attributes } = header;
  const control = isControl(attributes);
  const marker = control ? options.transactions.readMarker(buf, pos, header) : undefined;
  const isAborted = !control && options.transactions.readBatch(header);
  const hasHorizon = hasDeleteHorizon(attributes);
  const isPastHorizon = hasHorizon && header.baseTimestamp <= options.nowMs;
  const dropsAll = isAborted || (marker?.isUnneeded === true && isPastHorizon);
  const result: Filtered = { batch: undefined, aborted: marker?.aborted, bytesRead: size };
  if (!dropsAll && header.count > 0) {
    const bytes = recordBytes(buf, pos, header);
    result.bytesRead += bytes.end - bytes.start;
    const { offsets, hasTombstone } = survivors(bytes, header, control, isPastHorizon, options);
    const getsHorizon = !hasHorizon && (hasTombstone || marker?.isUnneeded === true);
    if (offsets.length === header.count && !getsHorizon) return { ...result, batch: buf.subarray(pos, pos + size) };
    if (offsets.length > 0) {
      const deleteHorizonMs = hasHorizon ? header.baseTimestamp : options.nowMs + options.deleteRetentionMs;
      const horizon = hasHorizon || getsHorizon ? deleteHorizonMs : undefined;
      return { ...result, batch: rebuild(bytes, header, offsets, horizon) };
    }
  }
  const staysEmpty = isLastOfProducer(header, options.producers) || lastOffset(header) + 1 === options.endOffset;
  if (!staysEmpty) return result;
  const { lastOffsetDelta, maxTimestamp } = header;
  return { ...result, batch: emptyBatch({ ...propertiesOf(header), lastOffsetDelta, maxTimestamp }) };
}

/** Offsets of the records that stay. */
function survivors(
  bytes: RecordBytes,
  header: BatchHeader,
  control: boolean,
  isPastHorizon: boolean,
  { map }: FilterOptions,
): { offsets: number[]; hasTombstone: boolean } {
  const offsets: number[] = [];
  let hasTombstone = false;
  const records = new RecordCursor(bytes, header);
  while (records.next()) {
    const isKept = control || records.offset > map.latestOffset || isCurrent(records, isPastHorizon, map);
    if (!isKept) continue;
    offsets.push(records.offset);
    hasTombstone ||= records.valueSize < 0;
  }
  return { offsets, hasTombstone };
}

/** Records without keys, which a topic has from before it was compacted, go. */
function isCurrent(record: RecordCursor, isPastHorizon: boolean, map: OffsetMap): boolean {
  const { key } = record;
  if (key === null || (record.valueSize < 0 && isPastHorizon)) return false;
  return !map.isSuperseded(key, record.offset);
}

function rebuild(
  bytes: RecordBytes,
  header: BatchHeader,
  offsets: readonly number[],
  deleteHorizonMs: number | undefined,
): Buffer {
  const builder = new BatchBuilder({
    codec: codecOf(header.attributes),
    ...(deleteHorizonMs === undefined ? {} : { deleteHorizonMs }),
  });
  const records = new RecordCursor(bytes, header);
  for (let next = 0; next < offsets.length && records.next(); ) {
    if (records.offset !== offsets[next]) continue;
    next++;
    builder.appendAt(
      records.offset - header.baseOffset,
      records.timestamp,
      records.key,
      records.value,
      records.headers,
    );
  }
  return builder.build({
    ...propertiesOf(header),
    lastOffsetDelta: header.lastOffsetDelta,
    ...(isLogAppendTime(header.attributes) ? { maxTimestamp: header.maxTimestamp } : {}),
  });
}

function propertiesOf(header: BatchHeader): BatchProperties {
  return {
    baseOffset: header.baseOffset,
    leaderEpoch: header.partitionLeaderEpoch,
    producerId: header.producerId,
    producerEpoch: header.producerEpoch,
    baseSequence: header.baseSequence,
    transactional: isTransactional(header.attributes),
    control: isControl(header.attributes),
    timestampType: isLogAppendTime(header.attributes) ? 'LogAppendTime' : 'CreateTime',
  };
}

function isLastOfProducer(header: BatchHeader, producers: ReadonlyMap<number, ProducerEntry>): boolean {
  const producer = header.producerId < 0 ? undefined : producers.get(header.producerId);
  if (producer === undefined) return false;
  if (producer.lastOffset >= 0) return lastOffset(header) === producer.lastOffset;
  return isControl(header.attributes) && header.producerEpoch === producer.epoch;
}
