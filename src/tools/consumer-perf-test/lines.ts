// What the performance tests of consumers print (org.apache.kafka.tools.ConsumerPerformance).
const BYTES_PER_MB = 1024 * 1024;

/** Counts since the beginning, or of an interval; times in milliseconds. */
export interface Consumed {
  readonly records: number;
  /** Of keys and values. */
  readonly bytes: number;
  /** Without an assignment. */
  readonly rebalanceMs: number;
}

/** The line of titles. */
export function headerLine(detailed: boolean): string {
  const times = detailed ? 'time, threadId' : 'start.time, end.time';
  return `${times}, data.consumed.in.MB, MB.sec, data.consumed.in.nMsg, nMsg.sec, rebalance.time.ms, fetch.time.ms, fetch.MB.sec, fetch.nMsg.sec`;
}

/** The rates of what was read from `startMs` to `endMs`; MB are 1024 * 1024 bytes. */
export function rates({ records, bytes, rebalanceMs }: Consumed, startMs: number, endMs: number) {
  const seconds = (endMs - startMs) / 1000;
  const fetchMs = endMs - startMs - rebalanceMs;
  const mb = bytes / BYTES_PER_MB;
  return {
    mb,
    mbPerSec: mb / seconds,
    recordsPerSec: records / seconds,
    fetchMs,
    fetchMbPerSec: mb / (fetchMs / 1000),
    fetchRecordsPerSec: records / (fetchMs / 1000),
  };
}

/** The last line of a report without details. */
export function totalLine(total: Consumed, start: string, end: string, startMs: number, endMs: number): string {
  const { mb, mbPerSec, recordsPerSec, fetchMs, fetchMbPerSec, fetchRecordsPerSec } = rates(total, startMs, endMs);
  return [
    start,
    end,
    mb.toFixed(4),
    mbPerSec.toFixed(4),
    total.records,
    recordsPerSec.toFixed(4),
    total.rebalanceMs,
    fetchMs,
    fetchMbPerSec.toFixed(4),
    fetchRecordsPerSec.toFixed(4),
  ].join(', ');
}

/** A line of a detailed report: counts of all, rates of the interval. */
export function intervalLine(now: string, total: Consumed, interval: Consumed, startMs: number, endMs: number): string {
  const { mbPerSec, recordsPerSec, fetchMs, fetchMbPerSec, fetchRecordsPerSec } = rates(interval, startMs, endMs);
  return [
    now,
    0,
    (total.bytes / BYTES_PER_MB).toFixed(4),
    mbPerSec.toFixed(4),
    total.records,
    recordsPerSec.toFixed(4),
    interval.rebalanceMs,
    fetchMs,
    fetchMbPerSec.toFixed(4),
    fetchRecordsPerSec.toFixed(4),
  ].join(', ');
}
