import type { QuotaWindows } from './sampled-rate.ts';

/**
 * Permits that come back at the quota's rate, up to what comes in all windows together; it may go below zero once
 * (org.apache.kafka.common.metrics.stats.TokenBucket, KIP-599).
 */
export class TokenBucket {
  readonly #windows: QuotaWindows;
  #tokens = Number.POSITIVE_INFINITY;
  #updatedMs = 0;

  constructor(windows: QuotaWindows) {
    this.#windows = windows;
  }

  take(permits: number, perSecond: number, nowMs: number): void {
    this.#refill(perSecond, nowMs);
    this.#tokens -= permits;
  }

  /** Milliseconds until there is no debt any more; 0 if there is none. */
  throttleMs(perSecond: number, nowMs: number): number {
    this.#refill(perSecond, nowMs);
    return this.#tokens < 0 ? Math.round((-this.#tokens / perSecond) * 1000) : 0;
  }

  #refill(perSecond: number, nowMs: number): void {
    const burst = this.#windows.count * (this.#windows.lengthMs / 1000) * perSecond;
    this.#tokens = Math.min(burst, this.#tokens + (perSecond * (nowMs - this.#updatedMs)) / 1000);
    this.#updatedMs = nowMs;
  }
}
