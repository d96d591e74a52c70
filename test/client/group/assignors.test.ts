import { describe, expect, it } from 'vitest';
import { type AssignableMember, assignorNamed, assignorOfClass } from '../../../src/client/group/assignors.ts';

const member = (memberId: string, topics: string, owned: string[] = [], instanceId: string | null = null) =>
  ({
    memberId,
    instanceId,
    topics: topics.split(','),
    owned: owned.map((each) => ({ topic: each.slice(0, -1), partition: Number(each.slice(-1)) })),
  }) satisfies AssignableMember;

function assign(name: string, members: AssignableMember[], partitions: Record<string, number>) {
  const assignment = assignorNamed(name)!.assign(members, new Map(Object.entries(partitions)));
  return Object.fromEntries(
    [...assignment].map(([id, list]) => [id, list.map(({ topic, partition }) => `${topic}${partition}`).join(' ')]),
  );
}

describe('range', () => {
  it('gives neighbours, the first members one more of each topic', () => {
    expect(assign('range', [member('b', 't,u'), member('a', 't,u')], { t: 3, u: 3 })).toEqual({
      a: 't0 t1 u0 u1',
      b: 't2 u2',
    });
  });

  it('asks only those who subscribe, and puts static members first', () => {
    const members = [member('a', 't'), member('b', 't', [], 'z'), member('c', 'u')];
    expect(assign('range', members, { t: 3 })).toEqual({ a: 't2', b: 't0 t1', c: '' });
  });
});

describe('roundrobin', () => {
  it('deals all partitions of all topics in turn', () => {
    expect(assign('roundrobin', [member('a', 't,u'), member('b', 't,u')], { t: 3, u: 3 })).toEqual({
      a: 't0 t2 u1',
      b: 't1 u0 u2',
    });
  });

  it('passes over members that do not subscribe to a topic', () => {
    expect(assign('roundrobin', [member('a', 't'), member('b', 'u')], { t: 2, u: 2, v: 1 })).toEqual({
      a: 't0 t1',
      b: 'u0 u1',
    });
  });
});

describe('sticky', () => {
  it('leaves partitions where they are as far as that is fair', () => {
    const members = [member('a', 't', ['t0', 't1', 't2', 't3']), member('b', 't')];
    expect(assign('sticky', members, { t: 4 })).toEqual({ a: 't0 t1', b: 't2 t3' });
  });
});

describe('cooperative-sticky', () => {
  it('hands what moves to nobody before its owner has let go', () => {
    const members = [member('a', 't', ['t0', 't1', 't2', 't3']), member('b', 't')];
    expect(assign('cooperative-sticky', members, { t: 4 })).toEqual({ a: 't0 t1', b: '' });
    const after = [member('a', 't', ['t0', 't1']), member('b', 't')];
    expect(assign('cooperative-sticky', after, { t: 4 })).toEqual({ a: 't0 t1', b: 't2 t3' });
  });
});

describe('assignorOfClass', () => {
  it('knows the Java classes', () => {
    expect(assignorOfClass('org.apache.kafka.clients.consumer.CooperativeStickyAssignor')?.name).toBe(
      'cooperative-sticky',
    );
    expect(assignorOfClass('com.example.Mine')).toBeUndefined();
  });
});
