import { expect, test } from 'vitest';
import { chosenPayloads, randomPayloads, splitPayloads } from '../../../src/tools/producer-perf-test/payloads.ts';
import { Stats, totalsLine } from '../../../src/tools/producer-perf-test/stats.ts';

function stats(options: { records?: number; steadyState?: boolean } = {}) {
  const lines: string[] = [];
  const print = (line: string) => void lines.push(line);
  return { lines, stats: new Stats({ records: 100, reportingIntervalMs: 1000, startMs: 0, print, ...options }) };
}

test('totals are over the whole time', () => {
  const { stats: all } = stats();
  for (let i = 0; i < 100; i++) all.record(i, 1024 * 1024, 500);
  expect(all.totals(2000)).toEqual({
    records: 100,
    recordsPerSec: 50,
    mbPerSec: 50,
    avgLatencyMs: 49.5,
    maxLatencyMs: 99,
    p50Ms: 50,
    p95Ms: 95,
    p99Ms: 99,
    p999Ms: 99,
  });
  expect(totalsLine(all.totals(2000), ' steady state')).toBe(
    '100 steady state records sent, 50.000000 records/sec (50.00 MB/sec), 49.50 ms avg latency, 99.00 ms max latency, 50 ms 50th, 95 ms 95th, 99 ms 99th, 99 ms 99.9th.',
  );
});

test('a window ends with the first answer after the interval and is forgotten then', () => {
  const { stats: all, lines } = stats();
  all.record(10, 100, 400);
  all.record(20, 100, 1000);
  all.record(4, 100, 1500);
  all.record(6, 100, 3000);
  expect(lines).toEqual([
    '2 records sent, 2.0 records/sec (0.00 MB/sec), 15.0 ms avg latency, 20.0 ms max latency.',
    '2 records sent, 1.0 records/sec (0.00 MB/sec), 5.0 ms avg latency, 6.0 ms max latency.',
  ]);
});

test('the steady state says so once', () => {
  const { stats: steady, lines } = stats({ steadyState: true });
  steady.record(1, 1, 1000);
  steady.record(1, 1, 2000);
  expect(lines[0]).toBe('In steady state.');
  expect(lines).toHaveLength(3);
});

test('of many records latencies are sampled', () => {
  const { stats: many } = stats({ records: 1_000_000 });
  for (let i = 0; i < 1_000_000; i++) many.record(i % 2 === 0 ? 7 : 1000, 1, 0);
  expect(many.totals(1)).toMatchObject({ p50Ms: 7, p999Ms: 7, maxLatencyMs: 1000 });
});

test('payloads are the letters that kafka-producer-perf-test sends', () => {
  const payloads = randomPayloads(5);
  expect(Array.from({ length: 4 }, (_, i) => payloads(i).toString())).toEqual(['YQHHN', 'EBSEP', 'DNSEI', 'FGAMS']);
});

test('after a megabyte payloads are cut from it, not always the same', () => {
  const payloads = randomPayloads(400_000);
  const made = Array.from({ length: 12 }, (_, i) => payloads(i).toString());
  for (const payload of made) expect(payload).toMatch(/^[A-Z]{400000}$/);
  expect(new Set(made).size).toBeGreaterThan(9);
});

test('payloads of a text are split by a pattern, without empty ones at the end', () => {
  expect(splitPayloads('a--b-c--', '-+').map(String)).toEqual(['a', 'b', 'c']);
  const among = chosenPayloads(splitPayloads('a\nb', '\n'));
  expect(new Set(Array.from({ length: 50 }, (_, i) => among(i).toString()))).toEqual(new Set(['a', 'b']));
});
