import { describe, expect, it } from 'vitest';
import { QuotaTable } from '../../../src/broker/quotas/quota-table.ts';

type Entity = Record<string, string | null>;
const table = (...limits: [Entity, number][]) =>
  new QuotaTable(
    'producer_byte_rate',
    limits.map(([entity, limit]) => ({
      entity: new Map(Object.entries(entity)),
      values: new Map([['producer_byte_rate', limit]]),
    })),
  );
const ME = { user: 'me', clientId: 'app' };
/** The most specific first, as ClientQuotaManager documents them. */
const LEVELS: [Entity, number][] = [
  [{ user: 'me', 'client-id': 'app' }, 1],
  [{ user: 'me', 'client-id': null }, 2],
  [{ user: 'me' }, 3],
  [{ user: null, 'client-id': 'app' }, 4],
  [{ user: null, 'client-id': null }, 5],
  [{ user: null }, 6],
  [{ 'client-id': 'app' }, 7],
  [{ 'client-id': null }, 8],
];

describe('the quota of a client', () => {
  it.each(LEVELS.map((_, from) => from))('is the most specific one, from level %i on', (from) => {
    expect(table(...LEVELS.slice(from).reverse()).limitOf(ME)?.limit).toBe(from + 1);
  });

  it('is none where only others have one', () => {
    expect(table([{ user: 'you' }, 1], [{ 'client-id': 'other' }, 1], [{ ip: '127.0.0.1' }, 1]).limitOf(ME)).toBe(
      undefined,
    );
  });

  it('is shared by all clients of a user, or all users of a client id, if it is of one only', () => {
    const shared = (limits: [Entity, number], other: { user: string; clientId: string }) =>
      table(limits).limitOf(ME)?.shared === table(limits).limitOf(other)?.shared;
    expect(shared([{ user: 'me' }, 1], { user: 'me', clientId: 'second' })).toBe(true);
    expect(shared([{ 'client-id': 'app' }, 1], { user: 'you', clientId: 'app' })).toBe(true);
    expect(shared([{ user: null }, 1], { user: 'you', clientId: 'app' })).toBe(false);
    expect(shared([{ user: 'me', 'client-id': null }, 1], { user: 'me', clientId: 'second' })).toBe(false);
  });

  it('is never one of a client id for those that give none', () => {
    const nameless = { user: 'me', clientId: '' };
    expect(table([{ 'client-id': null }, 1], [{ user: 'me', 'client-id': null }, 2]).limitOf(nameless)).toBe(undefined);
  });
});
