// The quotas of users and clients, enforced (KIP-13, KIP-55, KIP-124, KIP-599): what a client uses is measured, and who uses
// too much is told how long to wait and not listened to for that time (KIP-219).
import type { Clock } from '../../util/clock.ts';
import type { MetadataStore } from '../metadata/metadata-store.ts';
import { type MutationQuota, mutationQuota, UNLIMITED_MUTATIONS } from './mutation-quota.ts';
import { type QuotaClient, QuotaTable } from './quota-table.ts';
import { type QuotaWindows, SampledRate } from './sampled-rate.ts';
import { TokenBucket } from './token-bucket.ts';

export interface ClientQuotasOptions {
  readonly metadata: Pick<MetadataStore, 'clientQuotas' | 'onChange'>;
  readonly clock: Clock;
  /** quota.window.num and quota.window.size.seconds. */
  readonly windows: QuotaWindows;
  /** controller.quota.window.num and controller.quota.window.size.seconds. */
  readonly controllerWindows: QuotaWindows;
}

/** Usage that nobody added to for so long is forgotten (ClientQuotaManager.INACTIVE_SENSOR_EXPIRATION_TIME_SECONDS). */
const IDLE_MS = 3_600_000;
const MANY_CLIENTS = 1_000;

export class ClientQuotas {
  readonly #options: ClientQuotasOptions;
  readonly #produced: Usage<SampledRate>;
  readonly #fetched: Usage<SampledRate>;
  readonly #requests: Usage<SampledRate>;
  readonly #mutations: Usage<TokenBucket>;
  #active = false;

  constructor(options: ClientQuotasOptions) {
    this.#options = options;
    const { windows, controllerWindows, metadata } = options;
    const rate = () => new SampledRate(windows);
    this.#produced = new Usage('producer_byte_rate', rate);
    this.#fetched = new Usage('consumer_byte_rate', rate);
    this.#requests = new Usage('request_percentage', rate);
    this.#mutations = new Usage('controller_mutation_rate', () => new TokenBucket(controllerWindows));
    this.#read();
    metadata.onChange(({ kind }) => {
      if (kind === 'quotas') this.#read();
    });
  }

  /** Whether any user or client has a quota; without, nothing is measured. */
  get active(): boolean {
    return this.#active;
  }

  /** Counts the bytes of a Produce request; milliseconds to wait if they are too many. */
  produced(client: QuotaClient, bytes: number): number {
    return this.#record(this.#produced, client, bytes);
  }

  /**
   * Counts the bytes of a Fetch answer; milliseconds to wait if they are too many. The answer must be an empty one then, so
   * its bytes are not counted.
   */
  fetched(client: QuotaClient, bytes: number): number {
    const throttleMs = this.#record(this.#fetched, client, bytes);
    if (throttleMs > 0) this.#record(this.#fetched, client, -bytes);
    return throttleMs;
  }

  /** The most that one fetch may bring: more could never be sent (ClientQuotaManager.getMaxValueInQuotaWindow). */
  maxFetchBytes(client: QuotaClient): number {
    const { count, lengthMs } = this.#options.windows;
    const limit = this.#fetched.limitOf(client)?.limit ?? Number.POSITIVE_INFINITY;
    return limit * (count - 1) * (lengthMs / 1000);
  }

  /** Counts the time that a request kept the broker busy; milliseconds to wait, one window at most, if it is too much. */
  served(client: QuotaClient, busyMs: number): number {
    // Milliseconds a second, as a percentage of one thread.
    const throttleMs = this.#record(this.#requests, client, busyMs / 10);
    return Math.min(throttleMs, this.#options.windows.lengthMs);
  }

  /**
   * What a client may still change of topics in the request that it sent.
   * @param strict whether what goes beyond is refused, or done and paid for with a wait
   */
  mutations(client: QuotaClient, strict: boolean): MutationQuota {
    const found = this.#mutations.of(client, this.#nowMs);
    if (found === undefined) return UNLIMITED_MUTATIONS;
    return mutationQuota(found.meter, found.limit, strict, this.#options.clock);
  }

  get #nowMs(): number {
    return Math.floor(this.#options.clock.monotonicMs());
  }

  #record(usage: Usage<SampledRate>, client: QuotaClient, amount: number): number {
    const nowMs = this.#nowMs;
    const found = usage.of(client, nowMs);
    if (found === undefined) return 0;
    found.meter.record(amount, nowMs);
    return found.meter.throttleMs(found.limit, nowMs);
  }

  #read(): void {
    const quotas = [...this.#options.metadata.clientQuotas];
    const all = [this.#produced, this.#fetched, this.#requests, this.#mutations];
    for (const usage of all) usage.setQuotas(quotas);
    this.#active = all.some(({ isLimited }) => isLimited);
  }
}

/** What clients use of one thing. */
class Usage<Meter> {
  readonly #key: string;
  readonly #newMeter: () => Meter;
  readonly #meters = new Map<string, { meter: Meter; usedMs: number }>();
  #table: QuotaTable;

  constructor(key: string, newMeter: () => Meter) {
    this.#key = key;
    this.#newMeter = newMeter;
    this.#table = new QuotaTable(key, []);
  }

  get isLimited(): boolean {
    return !this.#table.isEmpty;
  }

  setQuotas(quotas: ConstructorParameters<typeof QuotaTable>[1]): void {
    this.#table = new QuotaTable(this.#key, quotas);
  }

  limitOf(client: QuotaClient) {
    return this.#table.limitOf(client);
  }

  /** The meter of a client with its limit; undefined if it has none. */
  of(client: QuotaClient, nowMs: number): { meter: Meter; limit: number } | undefined {
    const found = this.#table.limitOf(client);
    if (found === undefined) return undefined;
    let entry = this.#meters.get(found.shared);
    if (entry === undefined) {
      if (this.#meters.size >= MANY_CLIENTS) this.#forgetIdle(nowMs);
      entry = { meter: this.#newMeter(), usedMs: nowMs };
      this.#meters.set(found.shared, entry);
    }
    entry.usedMs = nowMs;
    return { meter: entry.meter, limit: found.limit };
  }

  #forgetIdle(nowMs: number): void {
    for (const [name, { usedMs }] of this.#meters) if (nowMs - usedMs > IDLE_MS) this.#meters.delete(name);
  }
}
