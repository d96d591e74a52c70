// How fast something goes, over the last windows (org.apache.kafka.common.metrics.stats.Rate over a WindowedSum). Windows in
// which nothing happened count as well, so a burst after a pause is measured over the whole span.

/** How many windows are looked at, the current one included, and how long each is. */
export interface QuotaWindows {
  readonly count: number;
  readonly lengthMs: number;
}

interface Sample {
  readonly startMs: number;
  lastEventMs: number;
  sum: number;
}

export class SampledRate {
  readonly #windows: QuotaWindows;
  #samples: Sample[] = [];

  constructor(windows: QuotaWindows) {
    this.#windows = windows;
  }

  /** Counts an amount; a negative one takes back what was counted. */
  record(amount: number, nowMs: number): void {
    const { count, lengthMs } = this.#windows;
    let current = this.#samples.at(-1);
    if (current === undefined || nowMs - current.startMs >= lengthMs) {
      current = { startMs: nowMs, lastEventMs: nowMs, sum: 0 };
      this.#samples.push(current);
      // One more than counts, as the oldest may lie partly within the span.
      if (this.#samples.length > count + 1) this.#samples.shift();
    }
    current.sum += amount;
    current.lastEventMs = nowMs;
  }

  /** Amount per second, and the milliseconds over which it is taken. */
  measure(nowMs: number): { perSecond: number; spanMs: number } {
    const { count, lengthMs } = this.#windows;
    this.#samples = this.#samples.filter(({ lastEventMs }) => nowMs - lastEventMs < count * lengthMs);
    const elapsedMs = nowMs - (this.#samples[0]?.startMs ?? nowMs);
    const missing = Math.max(0, count - 1 - Math.floor(elapsedMs / lengthMs));
    const spanMs = elapsedMs + missing * lengthMs;
    const sum = this.#samples.reduce((total, sample) => total + sample.sum, 0);
    return { perSecond: spanMs === 0 ? 0 : sum / (spanMs / 1000), spanMs };
  }

  /** Milliseconds without anything new after which the rate is `limit` again; 0 if it is not above (QuotaUtils.throttleTime). */
  throttleMs(limit: number, nowMs: number): number {
    const { perSecond, spanMs } = this.measure(nowMs);
    return perSecond > limit ? Math.round(((perSecond - limit) / limit) * spanMs) : 0;
  }
}
