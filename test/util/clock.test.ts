import { expect, test } from 'vitest';
import { ManualClock, systemClock } from '../../src/util/clock.ts';

test('a manual clock fires timers in order of time, those set on the way included', () => {
  const clock = new ManualClock(1000);
  const fired: [string, number][] = [];
  const note = (name: string) => () => void fired.push([name, clock.nowMs()]);
  clock.setTimer(30, note('late'));
  clock.setTimer(10, () => {
    note('early')();
    clock.setTimer(5, note('nested'));
  });
  clock.setTimer(20, note('cancelled')).cancel();
  clock.advance(29);
  expect(fired).toEqual([
    ['early', 1010],
    ['nested', 1015],
  ]);
  expect(clock.pendingTimers).toBe(1);
  clock.advance(1);
  expect(fired.at(-1)).toEqual(['late', 1030]);
});

test('setting the wall clock of a manual clock fires nothing and moves no deadline', () => {
  const clock = new ManualClock(1000);
  let fired = false;
  clock.setTimer(10, () => {
    fired = true;
  });
  clock.setWallMs(99_000);
  expect([clock.nowMs(), clock.monotonicMs(), fired]).toEqual([99_000, 0, false]);
  clock.advance(10);
  expect([clock.nowMs(), fired]).toEqual([99_010, true]);
});

test('the system clock can wait for longer than setTimeout can', async () => {
  let fired = false;
  const timer = systemClock.setTimer(2 ** 40, () => {
    fired = true;
  });
  // A delay that overflows would count as one millisecond.
  await new Promise((done) => setTimeout(done, 20));
  timer.cancel();
  expect(fired).toBe(false);
});
