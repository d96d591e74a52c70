// How many connections an address may open in a second (KIP-612, kafka.network.ConnectionQuotas).
import { isIP } from 'node:net';
import type { Clock } from '../../util/clock.ts';
import type { EntityQuotas } from '../metadata/image.ts';
import { type QuotaWindows, SampledRate } from '../quotas/sampled-rate.ts';
import { resolveHost } from './resolve-host.ts';

const KEY = 'connection_creation_rate';
const MANY_ADDRESSES = 1_000;

export class AddressRates {
  readonly #clock: Clock;
  readonly #windows: QuotaWindows;
  readonly #rates = new Map<string, SampledRate>();
  #limits = new Map<string, number>();
  #default: number | undefined;

  /** @param windows quota.window.num and quota.window.size.seconds */
  constructor(clock: Clock, windows: QuotaWindows) {
    this.#clock = clock;
    this.#windows = windows;
  }

  /** Names of hosts are looked up once, now. */
  async setQuotas(quotas: Iterable<EntityQuotas>): Promise<void> {
    const limits = new Map<string, number>();
    let byDefault: number | undefined;
    const named: [string, number][] = [];
    for (const { entity, values } of quotas) {
      const [host, limit] = [entity.get('ip'), values.get(KEY)];
      if (host === undefined || limit === undefined) continue;
      if (host === null) byDefault = limit;
      else if (isIP(host)) limits.set(host, limit);
      else named.push([host, limit]);
    }
    this.#limits = limits;
    this.#default = byDefault;
    for (const [host, limit] of named) {
      const address = await resolveHost(host);
      if (address !== undefined) limits.set(address, limit);
    }
  }

  /**
   * Counts a new connection. If it comes too early it is not counted, and the result is after how many milliseconds, one
   * window at most, it is to be closed; 0 if it may stay.
   */
  take(address: string): number {
    const limit = this.#limits.get(address) ?? this.#default;
    if (limit === undefined) return 0;
    const nowMs = Math.floor(this.#clock.monotonicMs());
    let rate = this.#rates.get(address);
    if (rate === undefined) {
      if (this.#rates.size >= MANY_ADDRESSES) this.#forgetQuiet(nowMs);
      rate = new SampledRate(this.#windows);
      this.#rates.set(address, rate);
    }
    rate.record(1, nowMs);
    const throttleMs = rate.throttleMs(limit, nowMs);
    if (throttleMs > 0) rate.record(-1, nowMs);
    return Math.min(throttleMs, this.#windows.lengthMs);
  }

  #forgetQuiet(nowMs: number): void {
    for (const [address, rate] of this.#rates) if (rate.measure(nowMs).perSecond === 0) this.#rates.delete(address);
  }
}
