// Time that goes on with the work of this process, and not with whatever else the machine is busy with.
import { onTestFinished } from 'vitest';
import { ManualClock } from '../../src/util/clock.ts';

/**
 * A clock that goes on by `stepMs` at a time while the test runs, and stands still when the process does. What comes within a
 * time on it does so on every machine, as long as all who take part live in this process.
 */
export function steadyClock(stepMs = 5): ManualClock {
  const clock = new ManualClock(Date.now());
  const timer = setInterval(() => clock.advance(stepMs), 1);
  onTestFinished(() => clearInterval(timer));
  return clock;
}
