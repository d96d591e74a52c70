import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isControl, isTransactional, readBatchHeader } from '../../../src/protocol/records/batch.ts';
import {
  buildControlBatch,
  buildEndTxnMarker,
  ControlType,
  readControlKey,
  readEndTxnMarker,
} from '../../../src/protocol/records/control.ts';
import { RecordError } from '../../../src/protocol/records/error.ts';
import { batches, readRecordsSync } from '../../../src/protocol/records/read.ts';

function recordedBatches(name: string): Buffer[] {
  const buf = readFileSync(new URL(`fixtures/${name}.bin`, import.meta.url));
  return [...batches(buf)].map(({ pos, size }) => buf.subarray(pos, pos + size));
}

describe('transaction markers as Kafka wrote them', () => {
  const [, commit, , abort] = recordedBatches('transactions') as [Buffer, Buffer, Buffer, Buffer];

  test.each([
    ['COMMIT', commit, 1],
    ['ABORT', abort, 3],
  ] as const)('%s', (type, recorded, baseOffset) => {
    const header = readBatchHeader(recorded);
    expect(isControl(header.attributes) && isTransactional(header.attributes)).toBe(true);
    const [record] = readRecordsSync(recorded);
    expect(readControlKey(record!.key)).toEqual({ version: 0, type: ControlType[type] });
    expect(readEndTxnMarker(record!.value)).toEqual({ version: 0, coordinatorEpoch: 0 });

    const { producerId, producerEpoch, baseTimestamp: timestampMs } = header;
    const position = { baseOffset, leaderEpoch: 0, timestampMs };
    const ours = buildEndTxnMarker({ type, producerId, producerEpoch, coordinatorEpoch: 0, ...position });
    expect(ours.toString('hex')).toBe(recorded.toString('hex'));
  });
});

describe('KRaft control batches as Kafka wrote them', () => {
  const recorded = [...recordedBatches('kraft-control'), ...recordedBatches('leader-change')];

  test('types', () => {
    const types = recorded.map((batch) => readRecordsSync(batch).map((r) => readControlKey(r.key).type));
    const { SNAPSHOT_HEADER, KRAFT_VERSION, KRAFT_VOTERS, SNAPSHOT_FOOTER, LEADER_CHANGE } = ControlType;
    expect(types).toEqual([[SNAPSHOT_HEADER, KRAFT_VERSION, KRAFT_VOTERS], [SNAPSHOT_FOOTER], [LEADER_CHANGE]]);
  });

  test.each(recorded.map((batch, i) => [i, batch] as const))('batch %d is rebuilt to the byte', (_, batch) => {
    const header = readBatchHeader(batch);
    const records = readRecordsSync(batch);
    const ours = buildControlBatch(
      records.map((r) => ({ type: readControlKey(r.key).type, payload: r.value! })),
      { timestampMs: records[0]!.timestamp, baseOffset: header.baseOffset, leaderEpoch: header.partitionLeaderEpoch },
    );
    expect(ours.toString('hex')).toBe(batch.toString('hex'));
  });
});

describe('what is no control record', () => {
  test.each([
    [null, 'Invalid value size found for control record key. Must have at least 4 bytes, but found only 0'],
    ['0000', 'Invalid value size found for control record key. Must have at least 4 bytes, but found only 2'],
    ['ffff0000', 'Invalid version found for control record: -1. May indicate data corruption'],
  ])('key %s', (hex, message) => {
    const key = hex === null ? null : Buffer.from(hex, 'hex');
    expect(() => readControlKey(key)).toThrow(new RecordError('invalid', message));
  });

  test.each([
    ['0000', 'Invalid value size found for end transaction marker. Must have at least 6 bytes, but found only 2'],
    ['ffff00000000', 'Invalid version found for end transaction marker: -1. May indicate data corruption'],
  ])('marker %s', (hex, message) => {
    expect(() => readEndTxnMarker(Buffer.from(hex, 'hex'))).toThrow(new RecordError('invalid', message));
  });
});

test('a marker of a newer version is read as far as it is known', () => {
  expect(readEndTxnMarker(Buffer.from('00010000000700', 'hex'))).toEqual({ version: 1, coordinatorEpoch: 7 });
});
