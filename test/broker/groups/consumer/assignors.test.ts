import { expect, test } from 'vitest';
import { assignRanges } from '../../../../src/broker/groups/consumer/assignors/range.ts';
import { assignUniformly } from '../../../../src/broker/groups/consumer/assignors/uniform.ts';
import type { AssignorMember } from '../../../../src/broker/groups/modern/assignor.ts';

const A = 'AAAAAAAAAAAAAAAAAAAAAQ';
const B = 'AAAAAAAAAAAAAAAAAAAAAg';

function member(memberId: string, topicIds: readonly string[], change: Partial<AssignorMember> = {}): AssignorMember {
  return { memberId, instanceId: null, topicIds: new Set(topicIds), current: new Map(), ...change };
}

/** `m: A0,1 B0` for each member, in their order. */
function shown(assigned: ReturnType<typeof assignRanges>): string[] {
  const nameOf = (topicId: string) => (topicId === A ? 'A' : 'B');
  return [...assigned].map(([memberId, topics]) =>
    [`${memberId}:`, ...[...topics].map(([topicId, partitions]) => `${nameOf(topicId)}${partitions}`).sort()].join(' '),
  );
}

test('range gives runs, longer ones first, the same of every topic', () => {
  const members = ['b', 'a', 'c'].map((memberId) => member(memberId, [A, B]));
  expect(shown(assignRanges({ members, partitionCount: (topicId) => (topicId === A ? 5 : 2) }))).toEqual([
    'b: A2,3 B1',
    'a: A0,1 B0',
    'c: A4',
  ]);
});

test('range puts static members first, and of a topic only those who want it', () => {
  const members = [member('a', [A]), member('z', [A, B], { instanceId: 'i1' }), member('y', [A], { instanceId: 'i0' })];
  expect(shown(assignRanges({ members, partitionCount: () => 4 }))).toEqual(['a: A3', 'z: A2 B0,1,2,3', 'y: A0,1']);
});

test('uniform takes the surplus away and gives what is free', () => {
  const members = [member('a', [A], { current: new Map([[A, [0, 1, 2, 3, 4]]]) }), member('b', [A]), member('c', [A])];
  expect(shown(assignUniformly({ members, partitionCount: () => 6 }))).toEqual(['a: A0,1', 'b: A2,5', 'c: A3,4']);
});

test('uniform moves no more than it must', () => {
  const members = [
    member('a', [A], { current: new Map([[A, [0, 1]]]) }),
    member('b', [A], { current: new Map([[A, [2]]]) }),
  ];
  expect(shown(assignUniformly({ members, partitionCount: () => 4 }))).toEqual(['a: A0,1', 'b: A2,3']);
});

test('uniform with different subscriptions: as equal as they let it', () => {
  const members = [member('a', [A, B]), member('b', [A], { current: new Map([[A, [0, 1, 2, 3]]]) })];
  expect(shown(assignUniformly({ members, partitionCount: (topicId) => (topicId === A ? 4 : 2) }))).toEqual([
    'a: A3 B0,1',
    'b: A0,1,2',
  ]);
});

test('uniform with nothing to assign', () => {
  expect(shown(assignUniformly({ members: [member('a', [])], partitionCount: () => 0 }))).toEqual(['a:']);
});
