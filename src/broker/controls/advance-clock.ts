import type { ManualClock } from '../../util/clock.ts';

/**
 * Moves a clock on, from one timer to the next, and lets what each of them sets going come to its end before the next one.
 * @param settled resolves when no work goes on in the background
 */
export async function advanceClock(clock: ManualClock, ms: number, settled: () => Promise<void>): Promise<void> {
  const targetMs = clock.monotonicMs() + ms;
  await quiet(settled);
  for (let dueMs = clock.nextDueMs; dueMs !== undefined && dueMs <= targetMs; dueMs = clock.nextDueMs) {
    clock.advance(Math.max(0, dueMs - clock.monotonicMs()));
    await quiet(settled);
  }
  clock.advance(targetMs - clock.monotonicMs());
}

/** A turn of the event loop: promises that were resolved have gone on, answers are with their sockets. */
async function quiet(settled: () => Promise<void>): Promise<void> {
  await settled();
  await new Promise(setImmediate);
}
