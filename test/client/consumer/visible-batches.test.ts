import { expect, it } from 'vitest';
import { type Fetched, visibleBatches } from '../../../src/client/consumer.ts';
import { buildEndTxnMarker } from '../../../src/protocol/records/control.ts';
import { readRecordsSync } from '../../../src/protocol/records/read.ts';
import { buildBatch } from '../../../src/protocol/records/write.ts';

const batch = (value: string, baseOffset: number, producerId = -1) =>
  buildBatch([{ key: null, value: Buffer.from(value), timestamp: 1 }], {
    baseOffset,
    ...(producerId >= 0 && { producerId, producerEpoch: 0, baseSequence: 0, transactional: true }),
  });
const marker = (type: 'COMMIT' | 'ABORT', baseOffset: number, producerId: number) =>
  buildEndTxnMarker({ type, baseOffset, producerId, producerEpoch: 0, coordinatorEpoch: 0, timestampMs: 1 });

function visible(aborted: Fetched['aborted'], ...parts: Buffer[]): (string | undefined)[] {
  const records = Buffer.concat(parts);
  const fetched = { topic: 't', partition: 0, records, offset: 0, end: 9, leaderEpoch: 0, aborted };
  return [...visibleBatches(fetched, true)].flatMap(({ header, pos }) =>
    readRecordsSync(records, pos, header).map(({ value }) => value?.toString()),
  );
}

const log = [
  batch('plain', 0),
  batch('aborted', 1, 7),
  batch('other', 2, 8),
  marker('ABORT', 3, 7),
  batch('again', 4, 7),
  marker('COMMIT', 5, 7),
];

it('leaves out control batches', () => {
  expect(visible([], ...log)).toEqual(['plain', 'aborted', 'other', 'again']);
});

it('leaves out what a producer wrote between the start of an aborted transaction and its marker', () => {
  expect(visible([{ producerId: 7, firstOffset: 1 }], ...log)).toEqual(['plain', 'other', 'again']);
});

it('refuses a batch whose checksum is wrong', () => {
  const damaged = Buffer.from(log[0]!);
  damaged[damaged.length - 2]! ^= 1;
  expect(() => visible([], damaged)).toThrow(/corrupt/);
});
