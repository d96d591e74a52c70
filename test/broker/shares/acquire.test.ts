import { expect, test } from 'vitest';
import { Desk, LOCK_MS } from './share-partition-desk.ts';

test.each([
  ['all of one batch', '0-4', {}, '0-4:1', '0-4 q1@m'],
  ['several batches of the log as one', '0-4 5-9', {}, '0-9:1', '0-9 q1@m'],
  ['whole batches of the log, though fewer records were asked for', '0-4 5-9', { maxRecords: 2 }, '0-4:1', '0-4 q1@m'],
  ['up to the batch that has the last one', '0-4 5-9 10-14', { maxRecords: 6 }, '0-9:1', '0-9 q1@m'],
  [
    'in pieces of the batch size',
    '0-4 5-9 10-14',
    { batchSize: 5 },
    '0-4:1 5-9:1 10-14:1',
    '0-4 q1@m, 5-9 q1@m, 10-14 q1@m',
  ],
  [
    'pieces are not smaller than the batch size',
    '0-4 5-9 10-14',
    { batchSize: 7 },
    '0-9:1 10-14:1',
    '0-9 q1@m, 10-14 q1@m',
  ],
  ['not one more than asked for', '0-4 5-9', { maxRecords: 2, isRecordLimit: true }, '0-1:1', '0-1 q1@m, 2-4 a0'],
  ['gaps of compaction', '0-4 8-9', {}, '0-9:1', '0-9 q1@m'],
  ['nothing', '0-4', { maxRecords: 0 }, '', ''],
])('a member gets %s', (_, log, options, acquired, state) => {
  const desk = new Desk(log);
  expect(desk.acquire(options)).toBe(acquired);
  expect(desk.state).toBe(state);
});

test('two members get different records, and what was left by a limit goes to the next', () => {
  const desk = new Desk('0-9');
  expect(desk.acquire({ memberId: 'a', maxRecords: 3, isRecordLimit: true })).toBe('0-2:1');
  expect(desk.acquire({ memberId: 'b', maxRecords: 3, isRecordLimit: true })).toBe('3-5:1');
  expect(desk.acquire({ memberId: 'c' })).toBe('6-9:1');
  expect(desk.acquire({ memberId: 'd' })).toBe('');
  expect(desk.state).toBe('0-2 q1@a, 3-5 q1@b, 6-9 q1@c');
});

test('records in flight are limited, those that come back are not', () => {
  const desk = new Desk('0-99 100-199 200-299');
  desk.settings.maxRecordLocks = 100;
  expect(desk.acquire({ maxRecords: 10 })).toBe('0-99:1');
  expect(desk.partition.canAcquire).toBe(false);
  expect(desk.acquire()).toBe('');
  desk.acknowledge('50-59', 'release');
  expect(desk.acquire()).toBe('50-59:2');
  desk.acknowledge('0-9', 'accept');
  expect(desk.window).toBe('10..99');
  expect(desk.acquire()).toBe('100-199:1');
});

test('a read that begins before the start offset is cut', () => {
  const desk = new Desk('0-9', 4);
  expect(desk.acquire()).toBe('4-9:1');
});

test('records that compaction has taken are given up', () => {
  const desk = new Desk('0-9 10-19');
  desk.acquire();
  desk.acknowledge('0-9', 'release');
  desk.log.shift();
  expect(desk.acquire()).toBe('');
  expect(desk.state).toBe('0-9 x1, 10-19 q1@m');
});

test('a record that is often delivered comes in ever smaller company, the last time alone', () => {
  const desk = new Desk('0-7');
  const deliveries: string[] = [];
  for (let i = 0; i < 3; i++) {
    desk.acquire();
    desk.acknowledge('0-7', 'release');
  }
  for (let acquired = desk.acquire(); acquired !== ''; acquired = desk.acquire()) {
    deliveries.push(acquired);
    desk.acknowledge(acquired.split(':')[0]!, 'release');
    if (deliveries.length > 20) break;
  }
  expect(deliveries.slice(0, 3)).toEqual(['0-3:4', '0-0:5', '1-1:5']);
  expect(deliveries.at(-1)).toBe('7-7:5');
  expect(desk.window).toBe('8..8');
});

test('the last delivery is followed by none', () => {
  const desk = new Desk('0-0');
  desk.settings.deliveryCountLimit = 2;
  expect(desk.acquire()).toBe('0-0:1');
  expect(desk.acknowledge('0', 'release')).toBe('ok');
  expect(desk.acquire()).toBe('0-0:2');
  expect(desk.acknowledge('0', 'release')).toBe('ok');
  expect(desk.acquire()).toBe('');
  expect(desk.window).toBe('1..1');
});

test('records of aborted transactions are not delivered to who reads committed ones', () => {
  const desk = new Desk('0-4 5-7/9 8-8 9-9/9! 10-10/9');
  expect(desk.acquire({ aborted: [{ producerId: 9, firstOffset: 5 }] })).toBe('0-4:1 8-10:1');
  expect(desk.state).toBe('0-4 q1@m, 5-7 x1, 8-10 q1@m');
});

test('where the log begins later, what waits is given up, what is held may still be acknowledged', () => {
  const desk = new Desk('0-9 10-19');
  desk.acquire({ maxRecords: 1 });
  desk.acquire({ memberId: 'n' });
  desk.acknowledge('0-4', 'release');
  desk.partition.moveLogStart(12);
  expect(desk.window).toBe('12..19');
  expect(desk.state).toBe('0-4 x1, 5-9 q1@m, 10-19 q1@n');
  expect(desk.acknowledge('10-19', 'accept', 'n')).toBe('ok');
  desk.partition.release('m');
  expect(desk.state).toBe('10-11 q1@n, 12-19 k1');
  desk.clock.advance(LOCK_MS);
  expect(desk.window).toBe('20..20');
  expect(desk.state).toBe('');
});
