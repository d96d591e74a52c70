import { ManualClock, type Timer } from '../../util/clock.ts';

/** The clock of a broker whose time is moved by hand. What is due at once is done soon: no time has to pass for it. */
export class OwnedClock extends ManualClock {
  override setTimer(delayMs: number, fn: () => void): Timer {
    if (delayMs > 0) return super.setTimer(delayMs, fn);
    const soon = setImmediate(fn);
    return { cancel: () => clearImmediate(soon) };
  }
}
