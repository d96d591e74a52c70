import { describe, expect, test } from 'vitest';
import { Desk, LOCK_MS, REFUSALS, type Type } from './share-partition-desk.ts';

describe('an acknowledgement', () => {
  test.each<[string, string, Type | Type[], string, string, string]>([
    ['accepts all', '0-9', 'accept', 'ok', '', '10..10'],
    ['accepts the beginning', '0-3', 'accept', 'ok', '0-3 k1, 4-9 q1@m', '4..9'],
    ['accepts the end', '5-9', 'accept', 'ok', '0-4 q1@m, 5-9 k1', '0..9'],
    ['releases all', '0-9', 'release', 'ok', '0-9 a1', '0..9'],
    ['rejects the middle', '3-4', 'reject', 'ok', '0-2 q1@m, 3-4 x1, 5-9 q1@m', '0..9'],
    ['skips gaps', '0-1', 'gap', 'ok', '0-1 x1, 2-9 q1@m', '2..9'],
    ['renews', '0-9', 'renew', 'ok', '0-9 q1@m', '0..9'],
    ['tells each', '0-3', ['accept', 'accept', 'release', 'reject'], 'ok', '0-1 k1, 2-2 a1, 3-3 x1, 4-9 q1@m', '2..9'],
    [
      'of what was never acquired',
      '20',
      'accept',
      'Batch record not found. The first offset in request is past acquired records.',
      '0-9 q1@m',
      '0..9',
    ],
    [
      'that goes too far',
      '5-12',
      'accept',
      'Batch record not found. The last offset in request is past acquired records.',
      '0-9 q1@m',
      '0..9',
    ],
  ])('%s', (_, range, types, answer, state, window) => {
    const desk = new Desk('0-9');
    desk.acquire();
    expect(desk.acknowledge(range, types)).toBe(answer);
    expect(desk.state).toBe(state);
    expect(desk.window).toBe(window);
  });

  test('needs the record held', () => {
    const desk = new Desk('0-9');
    expect(desk.acknowledge('0-9', 'accept')).toBe(
      'Batch record not found. The request batch offsets are not found in the cache.',
    );
    desk.acquire();
    expect(desk.acknowledge('0-9', 'accept', 'other')).toBe('Member is not the owner of batch record');
    desk.acknowledge('0-9', 'release');
    expect(desk.acknowledge('0-9', 'accept')).toBe(
      'The batch cannot be acknowledged. The batch is not in the acquired state.',
    );
    desk.acquire();
    desk.acknowledge('2-3', 'release');
    expect(desk.acknowledge('2-3', 'accept')).toBe('The offset cannot be acknowledged. The offset is not acquired.');
    expect(desk.acknowledge('4-5', 'accept', 'other')).toBe('Member is not the owner of offset');
  });

  test('counts whole or not at all', () => {
    const desk = new Desk('0-9');
    desk.acquire();
    desk.acknowledge('5', 'accept');
    const before = desk.state;
    expect(desk.acknowledge('3-6', 'accept')).not.toBe('ok');
    expect(desk.state).toBe(before);
  });

  test('before the start offset is taken for done', () => {
    const desk = new Desk('0-9');
    desk.acquire();
    desk.acknowledge('0-4', 'accept');
    expect(desk.acknowledge('0-4', 'accept')).toBe('ok');
    expect(desk.acknowledge('3-6', 'accept')).toBe('ok');
    expect(desk.window).toBe('7..9');
  });

  test.each([
    ['fenced', 'The share coordinator rejected the request because the share-group state epoch did not match.'],
    ['unavailable', 'The coordinator is not available.'],
  ] as const)('that the coordinator refuses (%s) has not been', (refusal, message) => {
    const desk = new Desk('0-9');
    desk.acquire();
    desk.refusal = REFUSALS[refusal];
    expect(desk.acknowledge('0-3', 'accept')).toBe(message);
    expect(desk.state).toBe('0-9 q1@m');
    desk.refusal = undefined;
    desk.clock.advance(LOCK_MS);
    expect(desk.state).toBe('0-9 a1');
  });

  test('may not renew where the group forbids it', () => {
    const desk = new Desk('0-9');
    desk.settings.renewEnabled = false;
    desk.acquire();
    expect(desk.acknowledge('0', 'renew')).toBe('Renewing acquisition locks is not enabled for the group.');
  });
});

describe('a hold', () => {
  test('ends by itself, and the record is delivered again', () => {
    const desk = new Desk('0-9');
    desk.acquire();
    desk.clock.advance(LOCK_MS - 1);
    expect(desk.state).toBe('0-9 q1@m');
    desk.clock.advance(1);
    expect(desk.state).toBe('0-9 a1');
    expect(desk.acquire({ memberId: 'n' })).toBe('0-9:2');
  });

  test('lasts longer for what is renewed', () => {
    const desk = new Desk('0-9');
    desk.acquire();
    desk.clock.advance(LOCK_MS / 2);
    desk.acknowledge('3-4', 'renew');
    desk.clock.advance(LOCK_MS / 2);
    expect(desk.state).toBe('0-2 a1, 3-4 q1@m, 5-9 a1');
    desk.clock.advance(LOCK_MS / 2);
    expect(desk.state).toBe('0-9 a1');
  });

  test('that was the last one archives', () => {
    const desk = new Desk('0-0 1-1');
    desk.settings.deliveryCountLimit = 2;
    for (let i = 0; i < 2; i++) {
      desk.acquire({ maxRecords: 1 });
      desk.clock.advance(LOCK_MS);
    }
    expect(desk.window).toBe('1..1');
  });

  test('leaves no timer behind', () => {
    const desk = new Desk('0-9');
    desk.acquire();
    expect(desk.clock.pendingTimers).toBe(1);
    desk.acknowledge('0-1', 'renew');
    desk.acknowledge('2-9', 'accept');
    expect(desk.clock.pendingTimers).toBe(1);
    desk.acknowledge('0-1', ['accept', 'release']);
    expect(desk.clock.pendingTimers).toBe(0);
    desk.acquire();
    desk.partition.fence();
    expect(desk.clock.pendingTimers).toBe(0);
  });

  test('ends with its member', () => {
    const desk = new Desk('0-9');
    desk.acquire({ memberId: 'a', maxRecords: 4, isRecordLimit: true });
    desk.acquire({ memberId: 'b' });
    desk.partition.release('a');
    expect(desk.state).toBe('0-3 a1, 4-9 q1@b');
    expect(desk.clock.pendingTimers).toBe(1);
  });
});

describe('after a restart', () => {
  test('what was acknowledged is not delivered again, what was held is', () => {
    const desk = new Desk('0-9 10-19');
    desk.acquire({ maxRecords: 1 });
    desk.acquire({ maxRecords: 1 });
    desk.acknowledge('3-4', 'accept');
    desk.acknowledge('12-15', 'release');
    expect(desk.deliveryCompleteCount).toBe(2);
    desk.reopen();
    expect(desk.state).toBe('0-2 a0, 3-4 k1, 5-11 a0, 12-15 a1');
    expect(desk.acquire()).toBe('0-2:1 5-11:1 12-15:2 16-19:1');
  });

  test('a start offset behind acknowledged records moves on', () => {
    const desk = new Desk('0-9', 0, [{ firstOffset: 0, lastOffset: 4, deliveryState: 2, deliveryCount: 1 }]);
    expect(desk.window).toBe('5..5');
    expect(desk.acquire()).toBe('5-9:1');
  });

  test('a gap larger than what is asked for is not delivered at once', () => {
    const desk = new Desk('0-9 10-19 20-29', 0, [
      { firstOffset: 25, lastOffset: 25, deliveryState: 2, deliveryCount: 1 },
    ]);
    expect(desk.acquire({ maxRecords: 5 })).toBe('0-9:1');
    expect(desk.acquire({ maxRecords: 5 })).toBe('10-19:1');
    expect(desk.acquire({ maxRecords: 100 })).toBe('20-24:1 26-29:1');
  });
});
