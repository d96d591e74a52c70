// Time limits of members, apart from the groups' state: that one is on record, these are not.
import type { Clock, Timer } from '../../../util/clock.ts';

/**
 * What a member has so long for: to be heard of again (session), to give up what it was told to (rebalance); one of the
 * classic protocol to join again when it was told to (join) and to fetch its assignment after that (sync).
 */
export type Limit = 'session' | 'rebalance' | 'join' | 'sync';

const LIMITS: readonly Limit[] = ['session', 'rebalance', 'join', 'sync'];

export class MemberTimers {
  readonly #clock: Clock;
  readonly #timers = new Map<string, Timer>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The limit begins anew if it is running. */
  start(limit: Limit, groupId: string, memberId: string, timeoutMs: number, onExpiry: () => void): void {
    const key = keyOf(limit, groupId, memberId);
    this.cancel(limit, groupId, memberId);
    const timer = this.#clock.setTimer(timeoutMs, () => {
      this.#timers.delete(key);
      onExpiry();
    });
    this.#timers.set(key, timer);
  }

  isRunning(limit: Limit, groupId: string, memberId: string): boolean {
    return this.#timers.has(keyOf(limit, groupId, memberId));
  }

  cancel(limit: Limit, groupId: string, memberId: string): void {
    const key = keyOf(limit, groupId, memberId);
    this.#timers.get(key)?.cancel();
    this.#timers.delete(key);
  }

  /** Ends all limits of a member. */
  cancelMember(groupId: string, memberId: string): void {
    for (const limit of LIMITS) this.cancel(limit, groupId, memberId);
  }

  cancelAll(): void {
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
  }
}

function keyOf(limit: Limit, groupId: string, memberId: string): string {
  return JSON.stringify([limit, groupId, memberId]);
}
