import { describe, expect, test } from 'vitest';
import { LogError, LogErrorCode } from '../../src/log/errors.ts';
import type { AppendOptions, PartitionLog } from '../../src/log/partition-log.ts';
import { checkCrc, computeCrc, FIELD, patchMaxTimestamp, readBatchHeader } from '../../src/protocol/records/batch.ts';
import { isCodecLoaded, loadCodec } from '../../src/protocol/records/compression.ts';
import { buildControlBatch, buildEndTxnMarker } from '../../src/protocol/records/control.ts';
import { buildBatch } from '../../src/protocol/records/write.ts';
import { append, batch, CLIENT, COORDINATOR, NOW_MS, openLog, readBytes, readOffsets } from './helpers.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The LogError that an append throws. */
function refused(log: PartitionLog, records: Buffer, how: AppendOptions = CLIENT): LogError {
  const before = log.logEndOffset;
  let thrown: unknown;
  try {
    log.append(records, how);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(LogError);
  expect(log.logEndOffset).toBe(before);
  return thrown as LogError;
}

/** A batch with header fields set and its CRC right. */
function tampered(change: (bytes: Buffer) => void, bytes = batch()): Buffer {
  change(bytes);
  bytes.writeUInt32BE(computeCrc(bytes), FIELD.crc);
  return bytes;
}

describe('an appended batch', () => {
  test('gets the next offsets and the leader epoch, and is otherwise stored as it came', async () => {
    const { log } = await openLog();
    const sent = batch({ count: 3, value: 'hello' });
    const expected = Buffer.from(sent);
    expect(append(log, { count: 2 })).toEqual({
      baseOffset: 0,
      lastOffset: 1,
      logAppendTimeMs: -1,
      logStartOffset: 0,
      duplicate: false,
    });
    expect(log.append(sent, { ...CLIENT, leaderEpoch: 7 })).toMatchObject({ baseOffset: 2, lastOffset: 4 });
    expected.writeBigInt64BE(2n, FIELD.baseOffset);
    expected.writeInt32BE(7, FIELD.partitionLeaderEpoch);
    expect(await readBytes(log, 2)).toEqual(expected);
    expect(log.logEndOffset).toBe(5);
    expect(log.latestEpoch).toBe(7);
  });

  test('has the broker time and a new CRC with LogAppendTime', async () => {
    const { log } = await openLog({ config: { messageTimestampType: 'LogAppendTime' } });
    const result = log.append(batch({ timestamp: 5 }), { ...CLIENT, nowMs: NOW_MS + 1 });
    expect(result.logAppendTimeMs).toBe(NOW_MS + 1);
    const stored = await readBytes(log, 0);
    expect(readBatchHeader(stored)).toMatchObject({ maxTimestamp: NOW_MS + 1, attributes: 8, baseTimestamp: 5 });
    checkCrc(stored);
  });

  test('loses the LogAppendTime flag that a client set on a topic with CreateTime', async () => {
    const { log } = await openLog();
    const records = batch();
    patchMaxTimestamp(records, 0, 'LogAppendTime', NOW_MS);
    log.append(records, CLIENT);
    const stored = await readBytes(log, 0);
    expect(readBatchHeader(stored).attributes).toBe(0);
    checkCrc(stored);
  });

  test('may be one of several only if it comes from a coordinator', async () => {
    const { log } = await openLog();
    const two = () => Buffer.concat([batch({ count: 2 }), batch({ count: 3 })]);
    expect(log.append(two(), COORDINATOR)).toMatchObject({ baseOffset: 0, lastOffset: 4 });
    expect(await readOffsets(log)).toEqual([0, 1, 2, 3, 4]);
    expect(refused(log, two()).code).toBe(LogErrorCode.INVALID_RECORD);
  });

  test('is announced to listeners until they are taken off', async () => {
    const { log } = await openLog();
    let calls = 0;
    const off = log.onChange(() => calls++);
    append(log);
    append(log);
    off();
    append(log);
    expect(calls).toBe(2);
  });
});

describe('a batch is refused', () => {
  test('for a wrong CRC', async () => {
    const { log } = await openLog();
    const records = batch();
    records.writeUInt32BE(1, FIELD.crc);
    const error = refused(log, records);
    expect(error.code).toBe(LogErrorCode.CORRUPT_MESSAGE);
    expect(error.message).toBe('Record is corrupt (stored crc = 1) in topic partition orders-0.');
  });

  test.each([
    ['a size below the minimum', (b: Buffer) => b.writeInt32BE(3, FIELD.batchLength), LogErrorCode.CORRUPT_MESSAGE],
    ['an unknown magic', (b: Buffer) => b.writeInt8(3, FIELD.magic), LogErrorCode.CORRUPT_MESSAGE],
    ['an old magic', (b: Buffer) => b.writeInt8(1, FIELD.magic), LogErrorCode.UNSUPPORTED_FOR_MESSAGE_FORMAT],
    [
      'more bytes claimed than there are',
      (b: Buffer) => b.writeInt32BE(999, FIELD.batchLength),
      LogErrorCode.INVALID_RECORD,
    ],
  ])('for %s', async (_, change, code) => {
    const { log } = await openLog();
    const records = batch();
    change(records);
    expect(refused(log, records).code).toBe(code);
  });

  test.each([
    [
      'base offset',
      (b: Buffer) => b.writeBigInt64BE(4n, 0),
      'The baseOffset of the record batch in the append to orders-0 should be 0, but it is 4',
    ],
    [
      'offset range',
      (b: Buffer) => b.writeInt32BE(-1, FIELD.lastOffsetDelta),
      'Batch has an invalid offset range: [0, -1] in topic partition orders-0',
    ],
    [
      'count',
      (b: Buffer) => b.writeInt32BE(0, FIELD.count),
      'Invalid reported count for record batch: 0 in topic partition orders-0',
    ],
    [
      'count that does not match',
      (b: Buffer) => b.writeInt32BE(2, FIELD.count),
      'Inconsistent batch offset range [0, 0] and count of records 2 in topic partition orders-0',
    ],
    [
      'sequence',
      (b: Buffer) => b.writeBigInt64BE(9n, FIELD.producerId),
      'Invalid sequence number -1 in record batch with producerId 9 in topic partition orders-0',
    ],
  ])('from a client with an invalid %s', async (_, change, message) => {
    const { log } = await openLog();
    const error = refused(log, tampered(change));
    expect(error.code).toBe(LogErrorCode.INVALID_RECORD);
    expect(error.message).toBe(message);
  });

  test('from a client if it is a control batch', async () => {
    const { log } = await openLog();
    const marker = buildEndTxnMarker({
      type: 'COMMIT',
      producerId: 1,
      producerEpoch: 0,
      coordinatorEpoch: 0,
      timestampMs: NOW_MS,
    });
    const error = refused(log, marker);
    expect(error.code).toBe(LogErrorCode.INVALID_RECORD);
    expect(error.message).toBe('Clients are not allowed to write control records in topic partition orders-0');
    expect(
      log.append(buildControlBatch([{ type: 2, payload: Buffer.alloc(8) }], { timestampMs: NOW_MS }), COORDINATOR)
        .baseOffset,
    ).toBe(0);
  });

  test('for a codec that does not exist', async () => {
    const { log } = await openLog();
    const error = refused(
      log,
      tampered((b) => b.writeInt16BE(7, FIELD.attributes)),
    );
    expect(error.code).toBe(LogErrorCode.UNSUPPORTED_COMPRESSION_TYPE);
  });

  test('if there is none', async () => {
    const { log } = await openLog();
    expect(refused(log, Buffer.alloc(0)).code).toBe(LogErrorCode.INVALID_RECORD);
  });

  test('beyond max.message.bytes, header included', async () => {
    const records = batch({ valueBytes: 1000 });
    const { log } = await openLog({ config: { maxMessageBytes: records.length - 1 } });
    const error = refused(log, records);
    expect(error.code).toBe(LogErrorCode.MESSAGE_TOO_LARGE);
    expect(error.message).toBe(
      `The record batch size in the append to orders-0 is ${records.length} bytes which exceeds the maximum configured value of ${records.length - 1}).`,
    );
    log.updateConfig({ ...log.config, maxMessageBytes: records.length });
    expect(log.append(records, CLIENT).baseOffset).toBe(0);
  });

  test('beyond segment.bytes', async () => {
    const { log } = await openLog({ config: { segmentBytes: 500 } });
    const error = refused(log, batch({ valueBytes: 1000 }));
    expect(error.code).toBe(LogErrorCode.RECORD_LIST_TOO_LARGE);
    expect(error.message).toMatch(
      /^Message batch size is 1\d+ bytes in append to partition orders-0, which exceeds the maximum configured segment size of 500\.$/,
    );
  });
});

describe('record timestamps', () => {
  test('may be an hour ahead of the broker by default, and as old as they like', async () => {
    const { log } = await openLog();
    append(log, { timestamp: 0 });
    append(log, { timestamp: NOW_MS + HOUR_MS });
    append(log, { timestamp: -1 });
    const error = refused(log, batch({ timestamp: NOW_MS + HOUR_MS + 1, count: 2 }));
    expect(error.code).toBe(LogErrorCode.INVALID_TIMESTAMP);
    expect(error.message).toBe('One or more records have been rejected due to invalid timestamp');
    expect(error.recordErrors).toEqual(
      [0, 1].map((batchIndex) => ({
        batchIndex,
        message:
          `Timestamp ${NOW_MS + HOUR_MS + 1} of message with offset ${batchIndex} is out of range. The timestamp should be within ` +
          `[${-9223372036854775807n + BigInt(NOW_MS)}, ${NOW_MS + HOUR_MS}]`,
      })),
    );
  });

  test('are checked one by one where message.timestamp.before.max.ms is set', async () => {
    const { log } = await openLog({ config: { messageTimestampBeforeMaxMs: DAY_MS } });
    const records = buildBatch([
      { timestamp: NOW_MS, value: Buffer.from('a') },
      { timestamp: NOW_MS - DAY_MS - 1, value: Buffer.from('b') },
    ]);
    const error = refused(log, records);
    expect(error.code).toBe(LogErrorCode.INVALID_TIMESTAMP);
    expect(error.recordErrors.map((one) => one.batchIndex)).toEqual([1]);
  });

  test('out of bounds are noticed in a compressed batch too', async () => {
    await loadCodec(1);
    const { log } = await openLog();
    expect(refused(log, batch({ codec: 1, timestamp: NOW_MS + DAY_MS })).code).toBe(LogErrorCode.INVALID_TIMESTAMP);
  });

  test('must not be marked as the broker’s by a client of a topic with LogAppendTime', async () => {
    const { log } = await openLog({ config: { messageTimestampType: 'LogAppendTime' } });
    const records = batch();
    patchMaxTimestamp(records, 0, 'LogAppendTime', NOW_MS);
    const error = refused(log, records);
    expect(error.code).toBe(LogErrorCode.INVALID_TIMESTAMP);
    expect(error.recordErrors[0]?.message).toContain('Producer should not set timestamp type to LogAppendTime.');
  });
});

describe('a compacted topic', () => {
  test('takes no records without a key', async () => {
    const { log } = await openLog({ config: { compact: true } });
    append(log, { key: 'k' });
    const error = refused(log, batch({ key: null, count: 4 }));
    expect(error.code).toBe(LogErrorCode.INVALID_RECORD);
    const text = 'Compacted topic cannot accept message without key in topic partition orders-0';
    expect(error.message).toBe(
      'One or more records have been rejected due to 4 record errors in total, and only showing the first three errors at most: ' +
        `[${[0, 1, 2].map((i) => `RecordError(batchIndex=${i}, message='${text}')`).join(', ')}]`,
    );
    expect(error.recordErrors).toHaveLength(4);
  });

  test('says which codec it needs to look for keys', async () => {
    const { log } = await openLog({ config: { compact: true } });
    const plain = await openLog();
    expect(log.codecNeeded(batch())).toBeUndefined();
    await loadCodec(3);
    const records = batch({ codec: 3, key: null, count: 10 });
    expect(log.codecNeeded(records)).toBeUndefined();
    expect(refused(log, records).code).toBe(LogErrorCode.INVALID_RECORD);
    expect(isCodecLoaded(4)).toBe(false);
    const zstd = tampered((b) => b.writeInt16BE(4, FIELD.attributes));
    expect(log.codecNeeded(zstd)).toBe(4);
    expect(plain.log.codecNeeded(zstd)).toBeUndefined();
    expect((await openLog({ config: { compressionCodec: 4 } })).log.codecNeeded(batch())).toBe(4);
    expect((await openLog({ config: { compressionCodec: 0 } })).log.codecNeeded(zstd)).toBe(4);
    expect(log.codecNeeded(Buffer.alloc(5))).toBeUndefined();
  });
});
