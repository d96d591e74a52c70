// How many connections there may be, and how many may come in a second (kafka.network.ConnectionQuotas): of the broker, of a
// listener, from an address. Who comes too early, or finds the broker or listener full, waits unread until there is room, as
// do those behind on the same listener; who has too many already is turned away. The listener between brokers, where it is not
// the only one, is not held to the broker's limits: a connection to it costs the others the one that was quiet for longest.
import type { Clock, Timer } from '../../util/clock.ts';
import { type QuotaWindows, SampledRate } from '../quotas/sampled-rate.ts';
import type { AddressRates } from './address-rates.ts';
import type { ConnectionLimits } from './connection-limits.ts';

/** A connection that wants in. */
export interface Arrival {
  readonly address: string;
  /** It is in, and counted until release(). */
  admit(): void;
  /** It is not; `line` is for the log. */
  refuse(line: string): void;
  /** It comes earlier than its address may (KIP-612), and is to be closed after this time. */
  throttle(ms: number): void;
}

interface Parts {
  readonly clock: Clock;
  readonly limits: ConnectionLimits;
  readonly windows: QuotaWindows;
  readonly rates: AddressRates;
  /** The names of those that share the broker's limits. */
  readonly listeners: readonly string[];
  /** inter.broker.listener.name. */
  readonly interBroker: string | undefined;
  /** Connections that may wait on a listener. */
  readonly backlog: number;
  /** Ends the connection of one of these listeners that was quiet for longest. */
  closeQuietest(listeners: readonly string[]): void;
}

interface Gate {
  readonly name: string;
  readonly rate: SampledRate;
  readonly waiting: Arrival[];
  count: number;
  /** Until when the first of `waiting` waits whatever room there is; undefined until it is looked at. */
  notBeforeMs: number | undefined;
  timer: Timer | undefined;
}

export class ConnectionQuota {
  readonly #parts: Parts;
  readonly #gates: ReadonlyMap<string, Gate>;
  readonly #perAddress = new Map<string, number>();
  readonly #rate: SampledRate;
  #total = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#rate = new SampledRate(parts.windows);
    const gate = (name: string) => {
      const rate = new SampledRate(parts.windows);
      return { name, rate, waiting: [], count: 0, notBeforeMs: undefined, timer: undefined };
    };
    this.#gates = new Map(parts.listeners.map((name) => [name, gate(name)]));
  }

  /** One of the arrival's functions is called, now or later. */
  enter(listener: string, arrival: Arrival): void {
    const gate = this.#gates.get(listener)!;
    if (gate.waiting.length >= this.#parts.backlog)
      arrival.refuse(
        `Rejected connection from /${arrival.address}, ${gate.waiting.length} wait on ${listener} already.`,
      );
    else gate.waiting.push(arrival);
    this.#pump(gate);
  }

  /** A connection that was admitted has ended. */
  release(listener: string, address: string): void {
    const left = (this.#perAddress.get(address) ?? 1) - 1;
    if (left === 0) this.#perAddress.delete(address);
    else this.#perAddress.set(address, left);
    this.#total--;
    this.#gates.get(listener)!.count--;
    this.refresh();
  }

  /** Takes up limits that have changed. */
  refresh(): void {
    for (const gate of this.#gates.values()) this.#pump(gate);
    this.#closeExcess();
  }

  /** Refuses those that wait. */
  close(): void {
    for (const gate of this.#gates.values()) {
      gate.timer?.cancel();
      for (const arrival of gate.waiting.splice(0)) arrival.refuse('The broker stops');
    }
  }

  #pump(gate: Gate): void {
    const { clock } = this.#parts;
    for (let first = gate.waiting[0]; first !== undefined; first = gate.waiting[0]) {
      const nowMs = Math.floor(clock.monotonicMs());
      gate.notBeforeMs ??= nowMs + this.#recordArrival(gate, nowMs);
      const waitMs = gate.notBeforeMs - nowMs;
      if (waitMs > 0) {
        gate.timer?.cancel();
        gate.timer = clock.setTimer(waitMs, () => this.#pump(gate));
        return;
      }
      if (!this.#hasRoom(gate)) return;
      gate.waiting.shift();
      gate.notBeforeMs = undefined;
      this.#decide(gate, first, nowMs);
    }
  }

  /** Counts an arrival in the rates, and says for how many milliseconds it waits. */
  #recordArrival(gate: Gate, nowMs: number): number {
    const { limits, windows } = this.#parts;
    const wait = (rate: SampledRate, perSecond: number) => {
      rate.record(1, nowMs);
      return Math.min(rate.throttleMs(perSecond, nowMs), windows.lengthMs);
    };
    const ofListener = wait(gate.rate, limits.perSecond(gate.name));
    return this.#isProtected(gate) ? ofListener : Math.max(ofListener, wait(this.#rate, limits.perSecond()));
  }

  #hasRoom(gate: Gate): boolean {
    const { limits } = this.#parts;
    return gate.count < limits.most(gate.name) && (this.#isProtected(gate) || this.#total < limits.most());
  }

  #decide(gate: Gate, arrival: Arrival, nowMs: number): void {
    const { rates, limits } = this.#parts;
    const { address } = arrival;
    const throttleMs = rates.take(address);
    if (throttleMs > 0) {
      gate.rate.record(-1, nowMs);
      if (!this.#isProtected(gate)) this.#rate.record(-1, nowMs);
      arrival.throttle(throttleMs);
      return;
    }
    const here = this.#perAddress.get(address) ?? 0;
    const most = limits.perAddress(address);
    if (here >= most) {
      arrival.refuse(
        `Rejected connection from /${address}, address already has the configured maximum of ${most} connections.`,
      );
      return;
    }
    this.#perAddress.set(address, here + 1);
    this.#total++;
    gate.count++;
    arrival.admit();
    this.#closeExcess();
  }

  #isProtected({ name }: Gate): boolean {
    return name === this.#parts.interBroker && this.#gates.size > 1;
  }

  /** One at a time: its end comes back here as a release. */
  #closeExcess(): void {
    if (this.#total <= this.#parts.limits.most()) return;
    const others = [...this.#gates.values()].filter((gate) => !this.#isProtected(gate));
    this.#parts.closeQuietest(others.map(({ name }) => name));
  }
}
