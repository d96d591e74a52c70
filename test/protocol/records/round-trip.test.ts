// Random batches through builder and reader, with every codec. Repeat a failure with KTOOL_TEST_SEED.
import { beforeAll, describe, expect, test } from 'vitest';
import { checkCrc, codecOf } from '../../../src/protocol/records/batch.ts';
import { CODEC_NAMES, codecByName, loadCodec } from '../../../src/protocol/records/compression.ts';
import { RecordError } from '../../../src/protocol/records/error.ts';
import { batches, openRecords, readRecordsSync } from '../../../src/protocol/records/read.ts';
import { buildBatch, type RecordInput } from '../../../src/protocol/records/write.ts';
import { naiveBatch } from './naive-writer.ts';
import { Random, SEED } from './random.ts';

function randomBytes(random: Random): Buffer | null {
  if (random.chance(0.15)) return null;
  const size = random.chance(0.1) ? random.below(3000) : random.below(70);
  return random.chance(0.5) ? random.bytes(size) : Buffer.alloc(size, 'repeat');
}

function randomRecord(random: Random): Required<RecordInput> {
  const headers = Array.from({ length: random.chance(0.3) ? random.below(5) : 0 }, () => ({
    key: ['', 'a', 'größe', 'h'.repeat(100)][random.below(4)]!,
    value: randomBytes(random),
  }));
  const timestamp = random.chance(0.1) ? random.below(2 ** 53) : 1_700_000_000_000 + random.below(10_000);
  return { timestamp, key: randomBytes(random), value: randomBytes(random), headers };
}

function randomRecords(random: Random): Required<RecordInput>[] {
  return Array.from({ length: 1 + random.below(60) }, () => randomRecord(random));
}

/** Bytes as text, which is compared a hundred times faster than buffers are. */
function plain<R extends Required<RecordInput>>(record: R) {
  const text = (bytes: Uint8Array | null) => (bytes === null ? null : Buffer.from(bytes).toString('latin1'));
  const headers = record.headers.map(({ key, value }) => [key, text(value)]);
  return { ...record, key: text(record.key), value: text(record.value), headers };
}

beforeAll(async () => {
  for (const name of CODEC_NAMES) await loadCodec(codecByName(name));
});

describe(`seed ${SEED}`, () => {
  test.each(CODEC_NAMES)('%s: what is written is read', (name) => {
    const random = new Random(SEED);
    for (let round = 0; round < 40; round++) {
      const sent = randomRecords(random);
      const baseOffset = random.below(2 ** 50);
      const baseSequence = random.chance(0.3) ? 2 ** 31 - 1 - random.below(30) : -1;
      const batch = buildBatch(sent, { codec: codecByName(name), baseOffset, baseSequence });
      checkCrc(batch);
      const [found] = [...batches(batch)];
      expect(found).toMatchObject({ pos: 0, size: batch.length });
      expect(codecOf(found!.header.attributes)).toBe(codecByName(name));
      const sequenceOf = (i: number) => (baseSequence < 0 ? -1 : (baseSequence + i) % 2 ** 31);
      const expected = sent.map((r, i) => ({
        ...r,
        timestampType: 'CreateTime',
        offset: baseOffset + i,
        sequence: sequenceOf(i),
      }));
      expect(readRecordsSync(batch).map(plain), `round ${round}`).toEqual(expected.map(plain));
    }
  });

  test('uncompressed batches are those of the naive writer', () => {
    const random = new Random(SEED);
    for (let round = 0; round < 40; round++) {
      const sent = randomRecords(random);
      const baseTimestamp = sent[0]!.timestamp;
      const records = sent.map((r) => ({ ...r, timestampDelta: r.timestamp - baseTimestamp }));
      const maxTimestamp = Math.max(...sent.map((r) => r.timestamp));
      expect(buildBatch(sent).equals(naiveBatch({ baseTimestamp, maxTimestamp, records })), `round ${round}`).toBe(
        true,
      );
    }
  });

  test('records damaged anywhere are read or refused, never anything else', () => {
    const random = new Random(SEED);
    for (let round = 0; round < 3000; round++) {
      const batch = buildBatch([randomRecord(random), randomRecord(random), randomRecord(random)]);
      for (let i = 0; i <= random.below(3); i++) batch[57 + random.below(batch.length - 57)] = random.below(256);
      try {
        const cursor = openRecords(batch);
        while (cursor.next()) expect(cursor.headers.length).toBe(cursor.headerCount);
      } catch (error) {
        expect(error, `round ${round}`).toBeInstanceOf(RecordError);
      }
    }
  });
});

test('with LogAppendTime every record has the time of the batch', () => {
  const sent = [1, 2].map((timestamp) => ({ timestamp, value: Buffer.from('v') }));
  const batch = buildBatch(sent, { timestampType: 'LogAppendTime', maxTimestamp: 5000 });
  const times = readRecordsSync(batch).map((r) => [r.timestamp, r.timestampType]);
  expect(times).toEqual([
    [5000, 'LogAppendTime'],
    [5000, 'LogAppendTime'],
  ]);
});

test('records are views of the batch, not copies', () => {
  const batch = buildBatch([{ timestamp: 0, key: Buffer.from('k'), value: Buffer.from('before') }]);
  const [record] = readRecordsSync(batch);
  batch.write('after!', batch.indexOf('before'));
  expect(`${record!.value}`).toBe('after!');
});

test('records without headers share one empty list', () => {
  const [first, second] = readRecordsSync(buildBatch([{ timestamp: 0 }, { timestamp: 0 }]));
  expect(first!.headers).toBe(second!.headers);
});
