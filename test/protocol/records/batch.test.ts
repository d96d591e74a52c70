import { describe, expect, test } from 'vitest';
import {
  BATCH_OVERHEAD,
  batchSizeInBytes,
  checkCrc,
  codecOf,
  hasDeleteHorizon,
  incrementSequence,
  isControl,
  isLogAppendTime,
  isTransactional,
  lastOffset,
  lastSequence,
  patchMaxTimestamp,
  patchOffsetAndEpoch,
  readBatchHeader,
} from '../../../src/protocol/records/batch.ts';
import { type NaiveBatch, naiveBatch } from './naive-writer.ts';

const FIELDS = {
  baseOffset: 2 ** 40 + 3,
  leaderEpoch: 17,
  attributes: 0x10,
  lastOffsetDelta: 2,
  baseTimestamp: 1_700_000_000_123,
  maxTimestamp: 1_700_000_000_456,
  producerId: 2 ** 33,
  producerEpoch: 5,
  baseSequence: 2 ** 31 - 2,
  records: ['a', 'b', 'c'].map((v) => ({ key: null, value: Buffer.from(v) })),
} satisfies NaiveBatch;

describe('header', () => {
  const batch = naiveBatch(FIELDS);
  const header = readBatchHeader(Buffer.concat([Buffer.alloc(7), batch]), 7);

  test('fields', () => {
    const { leaderEpoch, records, ...same } = FIELDS;
    expect(header).toEqual({
      ...same,
      partitionLeaderEpoch: leaderEpoch,
      batchLength: batch.length - 12,
      magic: 2,
      crc: batch.readUInt32BE(17),
      count: records.length,
    });
  });

  test('what follows from them', () => {
    expect(BATCH_OVERHEAD).toBe(naiveBatch({}).length);
    expect(batchSizeInBytes(batch)).toBe(batch.length);
    expect(lastOffset(header)).toBe(2 ** 40 + 5);
    expect(lastSequence(header)).toBe(0);
    expect(lastSequence({ ...header, baseSequence: -1 })).toBe(-1);
  });

  test('numbers below zero', () => {
    const none = readBatchHeader(naiveBatch({ baseTimestamp: -1, maxTimestamp: -1 }));
    expect(none).toMatchObject({ baseTimestamp: -1, maxTimestamp: -1, producerId: -1, producerEpoch: -1 });
    expect(none).toMatchObject({ baseSequence: -1, partitionLeaderEpoch: -1 });
  });
});

test('sequence numbers wrap at 2^31', () => {
  expect(incrementSequence(5, 3)).toBe(8);
  expect(incrementSequence(2 ** 31 - 1, 1)).toBe(0);
  expect(incrementSequence(2 ** 31 - 1, 2 ** 31 - 1)).toBe(2 ** 31 - 2);
});

test('attribute bits', () => {
  expect([0, 1, 2, 3, 4, 5, 0xf8].map(codecOf)).toEqual([0, 1, 2, 3, 4, 5, 0]);
  const flags = [isLogAppendTime, isTransactional, isControl, hasDeleteHorizon];
  for (const [i, flag] of flags.entries()) {
    expect([3, 4, 5, 6].map((bit) => flag(1 << bit))).toEqual([0, 1, 2, 3].map((k) => k === i));
  }
});

describe('patching in place', () => {
  const at = 9;
  const patchedBy = (patch: (buf: Buffer) => void): Buffer => {
    const buf = Buffer.concat([Buffer.alloc(at, 0xee), naiveBatch(FIELDS), Buffer.alloc(3, 0xee)]);
    patch(buf);
    expect(buf.subarray(0, at).equals(Buffer.alloc(at, 0xee)) && buf.subarray(-3).equals(Buffer.alloc(3, 0xee))).toBe(
      true,
    );
    checkCrc(buf, at);
    return buf.subarray(at, -3);
  };

  test('offset and leader epoch, which the CRC does not cover', () => {
    const patched = patchedBy((buf) => patchOffsetAndEpoch(buf, at, 2 ** 45 + 1, 3));
    expect(patched).toEqual(naiveBatch({ ...FIELDS, baseOffset: 2 ** 45 + 1, leaderEpoch: 3 }));
  });

  test('LogAppendTime, with a new CRC', () => {
    const patched = patchedBy((buf) => patchMaxTimestamp(buf, at, 'LogAppendTime', 1_800_000_000_000));
    expect(patched).toEqual(naiveBatch({ ...FIELDS, attributes: 0x18, maxTimestamp: 1_800_000_000_000 }));
  });

  test('CreateTime again', () => {
    const patched = patchedBy((buf) => {
      patchMaxTimestamp(buf, at, 'LogAppendTime', 1_800_000_000_000);
      patchMaxTimestamp(buf, at, 'CreateTime', FIELDS.maxTimestamp);
    });
    expect(patched).toEqual(naiveBatch(FIELDS));
  });

  test('nothing, CRC included, if nothing changes', () => {
    const batch = naiveBatch(FIELDS);
    batch.writeUInt32BE(1, 17);
    patchMaxTimestamp(batch, 0, 'CreateTime', FIELDS.maxTimestamp);
    expect(batch.readUInt32BE(17)).toBe(1);
  });
});
