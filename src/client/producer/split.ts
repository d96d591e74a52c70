// A batch that the broker finds too large goes again in two halves (KIP-126).

import { readBatchHeader } from '../../protocol/records/batch.ts';
import { BatchBuilder } from '../../protocol/records/builder.ts';
import { readRecordsSync } from '../../protocol/records/read.ts';
import type { KafkaRecord } from '../../protocol/records/record.ts';
import type { Batch } from './batch.ts';

/** Two batches with the numbers and the place of the one, which must have more than one record. */
export function split(batch: Batch): [Batch, Batch] {
  const records = readRecordsSync(batch.records);
  const middle = Math.ceil(records.length / 2);
  return [part(batch, records, 0, middle), part(batch, records, middle, records.length)];
}

function part(batch: Batch, records: readonly KafkaRecord[], from: number, to: number): Batch {
  const { attributes, producerId, producerEpoch } = readBatchHeader(batch.records);
  const builder = new BatchBuilder({ codec: attributes & 7 });
  for (const { timestamp, key, value, headers } of records.slice(from, to)) {
    builder.append(timestamp, key, value, headers);
  }
  const baseSequence = batch.baseSequence < 0 ? -1 : batch.baseSequence + from;
  const span = batch.span / 2;
  return {
    ...batch,
    records: builder.build({ producerId, producerEpoch, baseSequence }),
    count: to - from,
    memory: from === 0 ? Math.ceil(batch.memory / 2) : Math.floor(batch.memory / 2),
    order: from === 0 ? batch.order : batch.order + span,
    span,
    deliveries: batch.deliveries?.slice(from, to),
    baseSequence,
  };
}
