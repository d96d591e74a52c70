import { describe, expect, test } from 'vitest';
import { checkCrc, readBatchHeader } from '../../../src/protocol/records/batch.ts';
import { loadCodec } from '../../../src/protocol/records/compression.ts';
import { CompressionRatioEstimator } from '../../../src/protocol/records/compression-ratio.ts';
import { readRecordsSync } from '../../../src/protocol/records/read.ts';
import { BatchBuilder, buildBatch, emptyBatch } from '../../../src/protocol/records/write.ts';
import { naiveBatch } from './naive-writer.ts';

const T = 1_700_000_000_000;
const bytes = (text: string) => Buffer.from(text);
const HEADERS = [
  { key: 'trace', value: bytes('1') },
  { key: 'größe', value: null },
];

describe('uncompressed bytes are those of the naive writer', () => {
  test('keys, values, nulls, headers, timestamps before and after the first', () => {
    const builder = new BatchBuilder();
    builder.append(T, bytes('k'), bytes('v'));
    builder.append(T - 5, null, bytes('')); // an empty value is not a null one
    builder.append(T + 2 ** 40, bytes('k'.repeat(70)), null, HEADERS);
    const batch = builder.build({
      producerId: 2 ** 40,
      producerEpoch: 3,
      baseSequence: 9,
      leaderEpoch: 4,
      baseOffset: 77,
    });
    expect(batch).toEqual(
      naiveBatch({
        baseOffset: 77,
        leaderEpoch: 4,
        producerId: 2 ** 40,
        producerEpoch: 3,
        baseSequence: 9,
        baseTimestamp: T,
        maxTimestamp: T + 2 ** 40,
        records: [
          { key: bytes('k'), value: bytes('v') },
          { timestampDelta: -5, key: null, value: bytes('') },
          { timestampDelta: 2 ** 40, key: bytes('k'.repeat(70)), value: null, headers: HEADERS },
        ],
      }),
    );
  });

  test('flags', () => {
    const record = { key: null, value: bytes('v') };
    const times = { baseTimestamp: T, maxTimestamp: T, records: [record] };
    const built = (options: Parameters<typeof buildBatch>[1]) => buildBatch([{ timestamp: T, ...record }], options);
    expect(built({ transactional: true })).toEqual(naiveBatch({ ...times, attributes: 0x10 }));
    expect(built({ control: true })).toEqual(naiveBatch({ ...times, attributes: 0x20 }));
    expect(built({ timestampType: 'LogAppendTime', maxTimestamp: T + 9 })).toEqual(
      naiveBatch({ ...times, attributes: 0x08, maxTimestamp: T + 9 }),
    );
  });

  test('a record far larger than the first buffer', () => {
    const value = Buffer.alloc(300_000, 'x');
    const builder = new BatchBuilder({ initialCapacity: 1 });
    builder.append(T, null, bytes('small'));
    builder.append(T, null, value);
    const records = [bytes('small'), value].map((v) => ({ key: null, value: v }));
    expect(builder.build().equals(naiveBatch({ baseTimestamp: T, maxTimestamp: T, records }))).toBe(true);
  });
});

describe('what the log cleaner needs', () => {
  test('gaps between offsets, before the first record and after the last', () => {
    const builder = new BatchBuilder();
    builder.appendAt(2, T, bytes('a'), null);
    builder.appendAt(5, T, bytes('b'), null);
    const batch = builder.build({
      baseOffset: 100,
      lastOffsetDelta: 9,
      baseSequence: 40,
      producerId: 1,
      producerEpoch: 0,
    });
    expect(readBatchHeader(batch)).toMatchObject({ count: 2, lastOffsetDelta: 9 });
    expect(readRecordsSync(batch).map((r) => [r.offset, r.sequence])).toEqual([
      [102, 42],
      [105, 45],
    ]);
  });

  test('offsets only grow', () => {
    const builder = new BatchBuilder();
    builder.appendAt(3, T, null, null);
    expect(() => builder.appendAt(3, T, null, null)).toThrow('offset delta 3 after 3');
    expect(() => builder.appendAt(2 ** 31, T, null, null)).toThrow(RangeError);
  });

  test('a delete horizon takes the place of the first timestamp; the records keep theirs', () => {
    const builder = new BatchBuilder({ deleteHorizonMs: T + 1000 });
    builder.append(T, bytes('a'), null);
    const batch = builder.build();
    expect(batch).toEqual(
      naiveBatch({
        attributes: 0x40,
        baseTimestamp: T + 1000,
        maxTimestamp: T,
        records: [{ timestampDelta: -1000, key: bytes('a'), value: null }],
      }),
    );
    expect(readRecordsSync(batch)[0]?.timestamp).toBe(T);
  });

  test('a batch whose records are all gone', () => {
    const batch = emptyBatch({
      baseOffset: 5,
      lastOffsetDelta: 3,
      maxTimestamp: T,
      producerId: 7,
      producerEpoch: 1,
      baseSequence: 2,
    });
    const fields = { baseOffset: 5, lastOffsetDelta: 3, baseTimestamp: -1, maxTimestamp: T, count: 0 };
    expect(batch).toEqual(naiveBatch({ ...fields, producerId: 7, producerEpoch: 1, baseSequence: 2 }));
    expect(readRecordsSync(batch)).toEqual([]);
  });
});

describe('sizes', () => {
  test('append returns the exact size without compression', () => {
    const builder = new BatchBuilder();
    let size = 0;
    for (let i = 0; i < 200; i++) size = builder.append(T + i * 1000, bytes('key'), Buffer.alloc(i), HEADERS);
    expect(builder.build().length).toBe(size);
  });

  test('the first record fits however large it is, the next only within maxBytes', () => {
    const builder = new BatchBuilder({ maxBytes: 200 });
    expect(builder.hasRoomFor(null, Buffer.alloc(1000))).toBe(true);
    builder.append(T, null, Buffer.alloc(50));
    const room = 200 - builder.estimatedSizeInBytes;
    // 21 bytes at most for the record itself, 1 for the null key, 1 or 2 for the value's size, 1 for the headers
    expect(builder.hasRoomFor(null, Buffer.alloc(room - 21 - 1 - 1 - 1))).toBe(true);
    expect(builder.hasRoomFor(null, Buffer.alloc(room - 21 - 1 - 1 - 1 + 1))).toBe(false);
  });

  test('with compression the size is estimated from the ratio', async () => {
    await loadCodec(1);
    const builder = new BatchBuilder({ codec: 1, compressionRatio: 0.5, maxBytes: 1000 });
    const estimate = builder.append(T, null, Buffer.alloc(1000, 'a'));
    expect(estimate).toBe(61 + Math.floor((builder.uncompressedSizeInBytes - 61) * 0.5 * 1.05));
    expect(builder.hasRoomFor(null, Buffer.alloc(300))).toBe(true);
    const uncompressed = builder.uncompressedSizeInBytes;
    const batch = builder.build();
    expect(builder.actualCompressionRatio).toBe((batch.length - 61) / (uncompressed - 61));
  });
});

test('a builder starts anew after build and does not touch what it gave away', async () => {
  await loadCodec(3);
  for (const codec of [0, 3]) {
    const builder = new BatchBuilder({ codec });
    const built = ['one', 'two'].map((value) => {
      builder.append(T, null, bytes(value));
      builder.append(T, null, bytes(value));
      return builder.build();
    });
    for (const batch of built) checkCrc(batch);
    expect(built.map((batch) => readRecordsSync(batch).map((r) => [r.offset, `${r.value}`]))).toEqual([
      [
        [0, 'one'],
        [1, 'one'],
      ],
      [
        [0, 'two'],
        [1, 'two'],
      ],
    ]);
  }
});

describe('CompressionRatioEstimator', () => {
  test('improves slowly and deteriorates quickly, per topic and codec', () => {
    const estimator = new CompressionRatioEstimator();
    expect(estimator.estimate('orders', 1)).toBe(1);
    estimator.update('orders', 1, 0.2);
    expect(estimator.estimate('orders', 1)).toBe(0.995);
    expect(estimator.estimate('orders', 2)).toBe(1);
    expect(estimator.estimate('payments', 1)).toBe(1);
    estimator.update('orders', 1, 1.02);
    expect(estimator.estimate('orders', 1)).toBeCloseTo(1.045);
    estimator.update('orders', 1, 2);
    expect(estimator.estimate('orders', 1)).toBe(2);
  });

  test('does not improve beyond what was observed', () => {
    const estimator = new CompressionRatioEstimator();
    estimator.update('orders', 1, 0.999);
    expect(estimator.estimate('orders', 1)).toBe(0.999);
  });
});
