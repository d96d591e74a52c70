// What share-consumer-perf-test prints (org.apache.kafka.tools.ShareConsumerPerformance).
const BYTES_PER_MB = 1024 * 1024;

export const HEADER =
  'start.time, end.time, data.consumed.in.MB, MB.sec, nMsg.sec, data.consumed.in.nMsg, fetch.time.ms';

export interface Counts {
  readonly records: number;
  /** Of keys and values. */
  readonly bytes: number;
}

export interface Times {
  readonly startMs: number;
  readonly endMs: number;
  readonly formatTime: (epochMs: number) => string;
}

/** Counts and rates of a whole run; MB are 1024 * 1024 bytes. */
export function totalLine(counts: Counts, times: Times): string {
  return line(counts, counts, times);
}

/** The same for one of several consumers. */
export function consumerLine(counts: Counts, times: Times, index: number, clientId: string): string {
  return `Share consumer ${index} having client id ${clientId} consumption metrics- ${totalLine(counts, times)}`;
}

/** Counts since the beginning, rates of the interval. */
export function progressLine(counts: Counts, last: Counts, times: Times, index: number): string {
  const interval = { records: counts.records - last.records, bytes: counts.bytes - last.bytes };
  return `${line(counts, interval, times)} for share consumer ${index}`;
}

function line(counts: Counts, interval: Counts, { startMs, endMs, formatTime }: Times): string {
  const seconds = (endMs - startMs) / 1000;
  return [
    formatTime(startMs),
    formatTime(endMs),
    (counts.bytes / BYTES_PER_MB).toFixed(4),
    (interval.bytes / BYTES_PER_MB / seconds).toFixed(4),
    (interval.records / seconds).toFixed(4),
    counts.records,
    endMs - startMs,
  ].join(', ');
}
