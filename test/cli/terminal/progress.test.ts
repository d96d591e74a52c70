import { expect, test } from 'vitest';
import { patient } from '../../../src/cli/terminal/patience.ts';
import { progress } from '../../../src/cli/terminal/progress.ts';
import type { Admin } from '../../../src/client/admin.ts';
import { ManualClock } from '../../../src/util/clock.ts';
import { deferred } from '../../../src/util/deferred.ts';
import { capture } from '../capture.ts';

const CLEAR = '\r\u001b[K';

test('long work tells what is done, of how much, how fast, and how long it will take', () => {
  const { output, stderr } = capture({ columns: 100 });
  const clock = new ManualClock();
  const shown = progress(output, true, { clock, total: 10_000 });
  clock.advance(100);
  shown?.add(500);
  expect(stderr.text).toBe('');
  clock.advance(900);
  shown?.add(2000);
  expect(stderr.text).toBe(`${CLEAR}2,500 of 10,000 records (25 %), 2,500 a second, 3 s left`);
  clock.advance(3000);
  shown?.add(7500);
  expect(stderr.text).toContain(`${CLEAR}10,000 of 10,000 records (100 %), 2,500 a second, 0 ms left`);
  shown?.end();
  expect(stderr.text.endsWith(CLEAR)).toBe(true);
});

test('nothing of it goes into a pipe', () => {
  const { output } = capture();
  expect(progress(output, true)).toBeUndefined();
});

test('lines of the result come in place of it, and it below them again', () => {
  const { output, stdout, stderr } = capture({ columns: 80 });
  output.status('25 %');
  output.print('one');
  output.warn('two');
  expect(stdout.text).toBe('one\n');
  expect(stderr.text).toBe(`${CLEAR}25 %${CLEAR}${CLEAR}25 %${CLEAR}two\n${CLEAR}25 %`);
});

test('what is waited for is told after a second, each second, and taken away with the answer', async () => {
  const { output, stderr } = capture({ columns: 80 });
  const clock = new ManualClock();
  const deleted = deferred<Map<string, undefined>>();
  const admin = { deleteTopics: () => deleted.promise, close: async () => {} } as unknown as Admin;
  const answer = patient(admin, output, 'prod (h:9092)', clock).deleteTopics(['orders']);
  clock.advance(999);
  expect(stderr.text).toBe('');
  clock.advance(1);
  clock.advance(1000);
  expect(stderr.text).toBe(`${CLEAR}Waiting for prod (h:9092): 1 s${CLEAR}Waiting for prod (h:9092): 2 s`);
  deleted.resolve(new Map());
  expect(await answer).toEqual(new Map());
  expect(stderr.text.endsWith(CLEAR)).toBe(true);
  expect(clock.pendingTimers).toBe(0);
});

test('a quick answer says nothing', async () => {
  const { output, stderr } = capture({ columns: 80 });
  const admin = { listTopics: async () => [] } as unknown as Admin;
  await patient(admin, output, 'h:9092', new ManualClock()).listTopics();
  expect(stderr.text).toBe('');
});
