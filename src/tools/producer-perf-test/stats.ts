// How many records were written how fast, with latencies (ProducerPerformance.Stats).

/** More latencies than this are sampled. */
const MAX_SAMPLES = 500_000;
const BYTES_PER_MB = 1024 * 1024;

export interface StatsOptions {
  /** Records to come. */
  readonly records: number;
  readonly reportingIntervalMs: number;
  /** Counts what follows the warm-up. */
  readonly steadyState?: boolean;
  readonly startMs: number;
  /** Gets each line of progress. */
  readonly print: (line: string) => void;
}

/** All rates per second, times in milliseconds; MB are 1024 * 1024 bytes. */
export interface Totals {
  readonly records: number;
  readonly recordsPerSec: number;
  readonly mbPerSec: number;
  readonly avgLatencyMs: number;
  readonly maxLatencyMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly p999Ms: number;
}

export class Stats {
  readonly #options: StatsOptions;
  readonly #latencies: Int32Array;
  /** One latency in so many is kept. */
  readonly #sampling: number;
  #samples = 0;
  #count = 0;
  #bytes = 0;
  #latencyMs = 0;
  #maxLatencyMs = 0;
  #windowStartMs: number;
  #windowCount = 0;
  #windowBytes = 0;
  #windowLatencyMs = 0;
  #windowMaxLatencyMs = 0;
  #silent = false;

  constructor(options: StatsOptions) {
    this.#options = options;
    this.#sampling = Math.floor(options.records / Math.min(options.records, MAX_SAMPLES));
    this.#latencies = new Int32Array(Math.floor(options.records / this.#sampling) + 1);
    this.#windowStartMs = options.startMs;
  }

  /** Records that were acknowledged. */
  get records(): number {
    return this.#count;
  }

  /** A record of so many bytes was acknowledged. */
  record(latencyMs: number, bytes: number, nowMs: number): void {
    if (this.#count % this.#sampling === 0) this.#latencies[this.#samples++] = latencyMs;
    this.#count++;
    this.#bytes += bytes;
    this.#latencyMs += latencyMs;
    this.#maxLatencyMs = Math.max(this.#maxLatencyMs, latencyMs);
    this.#windowCount++;
    this.#windowBytes += bytes;
    this.#windowLatencyMs += latencyMs;
    this.#windowMaxLatencyMs = Math.max(this.#windowMaxLatencyMs, latencyMs);
    if (nowMs - this.#windowStartMs >= this.#options.reportingIntervalMs) this.#endWindow(nowMs);
  }

  /** No more lines of progress: another counts what follows. */
  suppressPrinting(): void {
    this.#silent = true;
  }

  totals(nowMs: number): Totals {
    const seconds = (nowMs - this.#options.startMs) / 1000;
    const sorted = this.#latencies.slice(0, this.#samples).sort();
    const percentile = (share: number) => sorted[Math.floor(share * sorted.length)] ?? 0;
    return {
      records: this.#count,
      recordsPerSec: this.#count / seconds,
      mbPerSec: this.#bytes / seconds / BYTES_PER_MB,
      avgLatencyMs: this.#latencyMs / this.#count,
      maxLatencyMs: this.#maxLatencyMs,
      p50Ms: percentile(0.5),
      p95Ms: percentile(0.95),
      p99Ms: percentile(0.99),
      p999Ms: percentile(0.999),
    };
  }

  #endWindow(nowMs: number): void {
    const { steadyState, print } = this.#options;
    if (!this.#silent) {
      if (steadyState && this.#count === this.#windowCount) print('In steady state.');
      print(this.#windowLine(nowMs));
    }
    this.#windowStartMs = nowMs;
    this.#windowCount = 0;
    this.#windowBytes = 0;
    this.#windowLatencyMs = 0;
    this.#windowMaxLatencyMs = 0;
  }

  #windowLine(nowMs: number): string {
    const seconds = (nowMs - this.#windowStartMs) / 1000;
    const rate = (this.#windowCount / seconds).toFixed(1);
    const mb = (this.#windowBytes / seconds / BYTES_PER_MB).toFixed(2);
    const avg = (this.#windowLatencyMs / this.#windowCount).toFixed(1);
    return `${this.#windowCount} records sent, ${rate} records/sec (${mb} MB/sec), ${avg} ms avg latency, ${this.#windowMaxLatencyMs.toFixed(1)} ms max latency.`;
  }
}

/** The last line of the report; `kind` is ` steady state` or nothing. */
export function totalsLine(totals: Totals, kind = ''): string {
  const { records, recordsPerSec, mbPerSec, avgLatencyMs, maxLatencyMs, p50Ms, p95Ms, p99Ms, p999Ms } = totals;
  const rate = `${recordsPerSec.toFixed(6)} records/sec (${mbPerSec.toFixed(2)} MB/sec)`;
  const latency = `${avgLatencyMs.toFixed(2)} ms avg latency, ${maxLatencyMs.toFixed(2)} ms max latency`;
  return `${records}${kind} records sent, ${rate}, ${latency}, ${p50Ms} ms 50th, ${p95Ms} ms 95th, ${p99Ms} ms 99th, ${p999Ms} ms 99.9th.`;
}
