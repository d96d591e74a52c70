// A batch that the broker finds too large goes again in parts (KIP-126).

import { BATCH_OVERHEAD, isTransactional, readBatchHeader } from '../../protocol/records/batch.ts';
import { BatchBuilder, recordSizeUpperBound } from '../../protocol/records/builder.ts';
import { readRecordsSync } from '../../protocol/records/read.ts';
import type { KafkaRecord } from '../../protocol/records/record.ts';
import type { Batch } from './batch.ts';

/**
 * Batches with the numbers and the place of the one, which must have more than one record. As in Kafka they are of
 * `batch.size` at first, and half as large as the batch each time after that, or as its largest record
 * (RecordAccumulator.splitAndReenqueue). Where a part would be as large as the whole again, Kafka's goes on like that for
 * ever; here it is halved.
 */
export function split(batch: Batch, batchSize: number): Batch[] {
  const records = readRecordsSync(batch.records);
  const sizes = records.map(({ key, value, headers }) => BATCH_OVERHEAD + recordSizeUpperBound(key, value, headers));
  const largest = Math.max(...sizes);
  const size = batch.isPart ? Math.max(largest, batch.records.length >> 1) : batchSize;
  const ends = endsOfParts(records, sizes, size);
  const isStuck = batch.isPart && ends.length === 1;
  const used = isStuck ? [Math.ceil(records.length / 2), records.length] : ends;
  return used.map((end, i) => part(batch, records, { from: used[i - 1] ?? 0, to: end, place: i, parts: used.length }));
}

function endsOfParts(records: readonly KafkaRecord[], sizes: readonly number[], size: number): number[] {
  const ends: number[] = [];
  let builder: BatchBuilder | undefined;
  records.forEach(({ timestamp, key, value, headers }, i) => {
    if (!builder?.hasRoomFor(key, value, headers)) {
      if (builder) ends.push(i);
      builder = new BatchBuilder({ maxBytes: Math.max(sizes[i]!, size) });
    }
    builder.append(timestamp, key, value, headers);
  });
  return [...ends, records.length];
}

interface Part {
  readonly from: number;
  readonly to: number;
  /** Its number among the parts. */
  readonly place: number;
  readonly parts: number;
}

function part(batch: Batch, records: readonly KafkaRecord[], { from, to, place, parts }: Part): Batch {
  const { attributes, producerId, producerEpoch } = readBatchHeader(batch.records);
  const builder = new BatchBuilder({ codec: attributes & 7 });
  for (const { timestamp, key, value, headers } of records.slice(from, to)) {
    builder.append(timestamp, key, value, headers);
  }
  const baseSequence = batch.baseSequence < 0 ? -1 : batch.baseSequence + from;
  const span = batch.span / parts;
  const memoryBefore = (count: number) => Math.floor((batch.memory * count) / records.length);
  return {
    ...batch,
    records: builder.build({ producerId, producerEpoch, baseSequence, transactional: isTransactional(attributes) }),
    count: to - from,
    memory: memoryBefore(to) - memoryBefore(from),
    order: batch.order + place * span,
    span,
    deliveries: batch.deliveries?.slice(from, to),
    baseSequence,
    attempts: 0,
    isPart: true,
  };
}
