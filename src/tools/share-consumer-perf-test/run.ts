// Reads records in a share group as fast as they come and measures that (org.apache.kafka.tools.ShareConsumerPerformance).
import type { ShareConsumer } from '../../client/share-consumer.ts';
import { systemClock } from '../../util/clock.ts';
import { executionException } from '../java-exception.ts';
import { type Counts, progressLine } from './lines.ts';

export interface SharePerfTest {
  /** Of all consumers together. */
  readonly records: number;
  /** Milliseconds without a record after which a consumer ends. */
  readonly timeoutMs: number;
  readonly reportingIntervalMs: number;
  readonly detailed: boolean;
  readonly formatTime: (epochMs: number) => string;
  /** So many more records came. */
  readonly onRecords?: ((records: number) => void) | undefined;
  /** Gets each line of a detailed report. */
  readonly print: (line: string) => void;
}

export interface SharePerfResult extends Counts {
  readonly startMs: number;
  readonly endMs: number;
  /** Of each consumer. */
  readonly consumers: readonly Counts[];
}

/** Kafka's script asks for so long at a time, and looks at its time limit in between. */
const POLL_MS = 100;

/** Reads until there are enough records, or none has come for too long. @throws Error when reading cannot go on */
export async function measureShareConsumers(
  consumers: readonly ShareConsumer[],
  test: SharePerfTest,
): Promise<SharePerfResult> {
  const startMs = systemClock.nowMs();
  const total = { records: 0 };
  const counts = await Promise.all(
    consumers.map((consumer, i) =>
      measureOne(consumer, test, total, i + 1).catch((error) => {
        throw executionException(error);
      }),
    ),
  );
  const sum = (of: (one: Counts) => number) => counts.reduce((all, one) => all + of(one), 0);
  const [records, bytes] = [sum((one) => one.records), sum((one) => one.bytes)];
  return { records, bytes, startMs, endMs: systemClock.nowMs(), consumers: counts };
}

async function measureOne(
  consumer: ShareConsumer,
  test: SharePerfTest,
  total: { records: number },
  index: number,
): Promise<Counts> {
  let counts: Counts = { records: 0, bytes: 0 };
  let last = counts;
  let nowMs = systemClock.nowMs();
  let [consumedMs, reportedMs] = [nowMs, nowMs];
  while (total.records < test.records && nowMs - consumedMs <= test.timeoutMs && !consumer.isWoken) {
    const records = (await consumer.poll(POLL_MS)).flatMap((delivery) => delivery.records);
    nowMs = systemClock.nowMs();
    if (records.length > 0) consumedMs = nowMs;
    test.onRecords?.(records.length);
    for (const { key, value } of records) {
      total.records++;
      counts = { records: counts.records + 1, bytes: counts.bytes + (key?.length ?? 0) + (value?.length ?? 0) };
      if (nowMs - reportedMs < test.reportingIntervalMs) continue;
      const times = { startMs: reportedMs, endMs: nowMs, formatTime: test.formatTime };
      if (test.detailed) test.print(progressLine(counts, last, times, index));
      reportedMs = nowMs;
      last = counts;
    }
  }
  return counts;
}
