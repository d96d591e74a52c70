// Batches that Java and librdkafka wrote, see fixtures/README.md.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkCrc, codecOf } from '../../../src/protocol/records/batch.ts';
import { CODEC_NAMES, codecByName, loadCodec } from '../../../src/protocol/records/compression.ts';
import { batches, loadCodecsFor, readBatch, readRecordsSync } from '../../../src/protocol/records/read.ts';

function recording(name: string): Buffer {
  return readFileSync(new URL(`fixtures/${name}.bin`, import.meta.url));
}

const PRODUCERS = CODEC_NAMES.flatMap((codec) => [['java', codec] as const, ['librdkafka', codec] as const]);

describe.each(PRODUCERS)('%s, %s', (producer, codec) => {
  const buf = recording(`${producer}-${codec}`);

  test('is one valid batch', () => {
    const found = [...batches(buf)];
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ pos: 0, size: buf.length });
    checkCrc(buf);
    expect(codecOf(found[0]!.header.attributes)).toBe(codecByName(codec));
  });

  test('gives the records that were sent', async () => {
    const { header, records } = await readBatch(buf);
    const count = codec === 'none' ? 5 : 30;
    expect(header).toMatchObject({ baseOffset: 0, count: count + 1, lastOffsetDelta: count, magic: 2 });
    expect(records).toHaveLength(count + 1);
    for (const [i, record] of records.entries()) {
      const last = i === count;
      const number = producer === 'java' && !last ? [{ key: 'number', value: Buffer.from(`${i}`) }] : [];
      const value = `record ${i} ${`value ${i} of the recording, `.repeat(codec === 'none' ? 0 : 100)}`;
      expect(record).toMatchObject({ offset: i, sequence: i, timestampType: 'CreateTime' });
      expect(record.key?.toString()).toBe(last ? 'key-null' : `key-${i % 7}`);
      expect(record.value?.toString()).toBe(last ? undefined : value);
      expect(record.headers).toEqual([{ key: 'source', value: Buffer.from('recording') }, ...number]);
    }
    expect(records[0]?.timestamp).toBe(header.baseTimestamp);
    expect(Math.max(...records.map((r) => r.timestamp))).toBe(header.maxTimestamp);
  });
});

test('Java frames its snappy as xerial does, librdkafka does not: both were read above', () => {
  expect(recording('java-snappy').toString('latin1', 62, 68)).toBe('SNAPPY');
  expect(recording('librdkafka-snappy').includes('SNAPPY')).toBe(false);
});

test('all codecs of several batches are loaded at once, then they are read synchronously', async () => {
  const all = Buffer.concat(PRODUCERS.map(([producer, codec]) => recording(`${producer}-${codec}`)));
  await loadCodecsFor(all);
  const counts = [...batches(all)].map(({ header, pos }) => readRecordsSync(all, pos, header).length);
  expect(counts).toEqual([6, 6, ...Array(8).fill(31)]);
});

test('a codec that was never loaded is named', async () => {
  await expect(loadCodec(5)).rejects.toThrow('Unknown compression type id: 5');
});
