// Time limits of members, apart from the groups' state: that one is on record, these are not.
import type { Clock, Timer } from '../../../util/clock.ts';

export class MemberTimers {
  readonly #clock: Clock;
  readonly #sessions = new Map<string, Timer>();
  readonly #rebalances = new Map<string, Timer>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The member has so long to be heard of again. */
  startSession(groupId: string, memberId: string, timeoutMs: number, onExpiry: () => void): void {
    this.#start(this.#sessions, keyOf(groupId, memberId), timeoutMs, onExpiry);
  }

  /** The member has so long to give up what it was told to. */
  startRebalance(groupId: string, memberId: string, timeoutMs: number, onExpiry: () => void): void {
    this.#start(this.#rebalances, keyOf(groupId, memberId), timeoutMs, onExpiry);
  }

  cancelSession(groupId: string, memberId: string): void {
    cancel(this.#sessions, keyOf(groupId, memberId));
  }

  cancelRebalance(groupId: string, memberId: string): void {
    cancel(this.#rebalances, keyOf(groupId, memberId));
  }

  cancel(groupId: string, memberId: string): void {
    cancel(this.#sessions, keyOf(groupId, memberId));
    cancel(this.#rebalances, keyOf(groupId, memberId));
  }

  cancelAll(): void {
    for (const timers of [this.#sessions, this.#rebalances]) {
      for (const key of [...timers.keys()]) cancel(timers, key);
    }
  }

  #start(timers: Map<string, Timer>, key: string, timeoutMs: number, onExpiry: () => void): void {
    cancel(timers, key);
    const timer = this.#clock.setTimer(timeoutMs, () => {
      timers.delete(key);
      onExpiry();
    });
    timers.set(key, timer);
  }
}

function keyOf(groupId: string, memberId: string): string {
  return JSON.stringify([groupId, memberId]);
}

function cancel(timers: Map<string, Timer>, key: string): void {
  timers.get(key)?.cancel();
  timers.delete(key);
}
