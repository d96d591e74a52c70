// Random logs, compacted at random, against the simplest thing that could be right. CLEANER_SEED repeats one.
import { expect, test } from 'vitest';
import { memoryFiles } from '../../../src/log/memory-files.ts';
import { CODEC_NAMES, loadCodec } from '../../../src/protocol/records/compression.ts';
import { appendMarker, NOW_MS } from '../helpers.ts';
import { openCompacted, put, type Record, rollAndCompact, type SeenRecord, seenRecords } from './cleaning.ts';

const SEEDS = process.env.CLEANER_SEED === undefined ? 60 : 1;
const RETENTION_MS = 10_000;
const CONFIG = { segmentBytes: 700, deleteRetentionMs: RETENTION_MS };

/** mulberry32 */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

interface Expected extends SeenRecord {
  isAborted: boolean;
}

function recordsOf(random: (below: number) => number, keys: number): Record[] {
  return Array.from({ length: 1 + random(6) }, () => ({
    key: `key ${random(keys)}`,
    value: random(5) === 0 ? null : 'v'.repeat(random(80)),
    timestamp: NOW_MS + random(1000),
    headers: random(4) === 0 ? [{ key: 'h', value: Buffer.from(`${random(9)}`) }] : [],
  }));
}

async function run(seed: number): Promise<void> {
  const random = randomOf(seed);
  const keys = 1 + random(30);
  const files = memoryFiles();
  const options = {
    files,
    directory: '/data',
    config: CONFIG,
    cleanerSettings: () => ({
      isEnabled: true,
      backoffMs: 1,
      dedupeBufferBytes: seed % 2 === 0 ? 1e6 : 500,
      dedupeLoadFactor: 1,
    }),
  };
  let opened = await openCompacted(options);
  const written: Expected[] = [];
  const sequences = new Map<number, number>();

  const write = (producerId: number, transactional: boolean, isAborted: boolean) => {
    const records = recordsOf(random, keys);
    const baseSequence = sequences.get(producerId) ?? 0;
    sequences.set(producerId, baseSequence + records.length);
    const producer = producerId < 0 ? {} : { producerId, producerEpoch: 0, baseSequence, transactional };
    const base = put(opened.log, records, { codec: random(CODEC_NAMES.length), ...producer });
    for (const [i, { key, value, timestamp = 0, headers = [] }] of records.entries()) {
      const text = headers.map((header) => `${header.key}=${header.value}`).join();
      written.push({ offset: base + i, key, value, timestamp, headers: text, isAborted });
    }
  };
  const transaction = (producerId: number) => {
    const isAborted = random(2) === 0;
    for (let i = random(3); i >= 0; i--) {
      write(producerId, true, isAborted);
      if (random(2) === 0) write(-1, false, false);
    }
    appendMarker(opened.log, { type: isAborted ? 'ABORT' : 'COMMIT', producerId, producerEpoch: 0 });
  };

  for (let step = 0; step < 40; step++) {
    const what = random(10);
    if (what < 4) write(-1, false, false);
    else if (what < 6) write(1, false, false);
    else if (what < 8) transaction(2 + random(3));
    else if (what === 8) opened.clock.advance(random(RETENTION_MS));
    else {
      const end = opened.log.logEndOffset;
      await rollAndCompact(opened);
      await check(opened.log.logEndOffset, end);
      if (random(3) === 0) {
        files.crash();
        opened = await openCompacted({ ...options, clock: opened.clock });
        await check(opened.log.logEndOffset, end);
      }
    }
  }

  async function check(logEndOffset: number, expectedEnd: number): Promise<void> {
    expect(logEndOffset).toBe(expectedEnd);
    const all = new Map(written.map((record) => [record.offset, record]));
    const found = await seenRecords(opened.log);
    const newest = new Map<string | null, Expected>();
    for (const record of written) if (!record.isAborted) newest.set(record.key, record);
    let before = -1;
    for (const { offset, ...record } of found) {
      expect(offset).toBeGreaterThan(before);
      before = offset;
      const { isAborted, ...original } = all.get(offset)!;
      expect({ offset, ...record }).toEqual(original);
      expect(isAborted).toBe(false);
      expect(offset).toBe(newest.get(record.key)!.offset);
    }
    const offsets = new Set(found.map(({ offset }) => offset));
    const lost = [...newest.values()].filter(({ offset, value }) => value !== null && !offsets.has(offset));
    expect(lost).toEqual([]);
  }
}

test('what stays is the newest value of each key, unchanged, at its offset, in its order', async () => {
  for (const codec of CODEC_NAMES.keys()) await loadCodec(codec);
  const first = Number(process.env.CLEANER_SEED ?? 1);
  for (let seed = first; seed < first + SEEDS; seed++) {
    try {
      await run(seed);
    } catch (error) {
      throw new Error(`with CLEANER_SEED=${seed}`, { cause: error });
    }
  }
});
