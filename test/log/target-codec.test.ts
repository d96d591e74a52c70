// Topics with a codec of their own (`compression.type`), and what the log makes of a batch's records before it stores them.
import { expect, test } from 'vitest';
import { LogErrorCode } from '../../src/log/errors.ts';
import { checkCrc, codecOf, computeCrc, FIELD, readBatchHeader } from '../../src/protocol/records/batch.ts';
import { loadCodec } from '../../src/protocol/records/compression.ts';
import { readRecordsSync } from '../../src/protocol/records/read.ts';
import { buildBatch } from '../../src/protocol/records/write.ts';
import { CLIENT, NOW_MS, openLog, readBytes } from './helpers.ts';

const TEXT = 'the same words again and again, '.repeat(40);
const sent = (codec: number, value = TEXT) =>
  buildBatch(
    [0, 1, 2].map((i) => ({ timestamp: NOW_MS - 2 + i, key: Buffer.from(`k${i}`), value: Buffer.from(value + i) })),
    { codec, producerId: 7, producerEpoch: 0, baseSequence: 0 },
  );

test.each([
  [0, 1],
  [1, 0],
  [2, 4],
  [3, 1],
  [4, 3],
])('a batch in codec %i is stored in the topic’s codec %i, with the same records', async (from, to) => {
  const { log } = await openLog({ config: { compressionCodec: to } });
  for (const codec of [from, to]) await loadCodec(codec);
  const batch = sent(from);
  const expected = readRecordsSync(batch);
  expect(log.codecNeeded(batch)).toBeUndefined();
  expect(log.append(batch, CLIENT)).toMatchObject({ baseOffset: 0, lastOffset: 2 });
  const stored = await readBytes(log, 0);
  checkCrc(stored);
  const header = readBatchHeader(stored);
  expect(header).toMatchObject({ count: 3, producerId: 7, baseSequence: 0, maxTimestamp: NOW_MS, lastOffsetDelta: 2 });
  expect(codecOf(header.attributes)).toBe(to);
  expect(readRecordsSync(stored)).toEqual(expected);
  expect(log.append(sent(from), CLIENT)).toMatchObject({ baseOffset: 0, duplicate: true });
});

test('the level of the topic’s codec counts', async () => {
  await loadCodec(1);
  const noise = Array.from({ length: 3000 }, (_, i) => ((i * 7919) % 1009).toString(36)).join(' ');
  const size = async (compressionLevel: number) => {
    const { log } = await openLog({ config: { compressionCodec: 1, compressionLevel } });
    log.append(sent(0, noise), CLIENT);
    return (await readBytes(log, 0)).length;
  };
  expect(await size(1)).toBeGreaterThan(await size(9));
});

test('a batch that grows beyond max.message.bytes is refused', async () => {
  await loadCodec(1);
  const batch = sent(1);
  const { log } = await openLog({ config: { compressionCodec: 0, maxMessageBytes: batch.length } });
  expect(() => log.append(batch, CLIENT)).toThrow(expect.objectContaining({ code: LogErrorCode.MESSAGE_TOO_LARGE }));
  expect(log.logEndOffset).toBe(0);
});

test('a largest timestamp that no record has is put right', async () => {
  const { log } = await openLog();
  const batch = sent(0);
  batch.writeBigInt64BE(BigInt(NOW_MS + 1000), FIELD.maxTimestamp);
  batch.writeUInt32BE(computeCrc(batch), FIELD.crc);
  log.append(batch, CLIENT);
  const stored = await readBytes(log, 0);
  checkCrc(stored);
  expect(readBatchHeader(stored).maxTimestamp).toBe(NOW_MS);
});
