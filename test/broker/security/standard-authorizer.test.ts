// ktool's authorizer against what Apache Kafka's own StandardAuthorizer answered (test/kafka/tools/Authorizations.java).
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Acl } from '../../../src/broker/security/acl.ts';
import { AclIndex } from '../../../src/broker/security/acl-index.ts';
import { StandardAuthorizer } from '../../../src/broker/security/standard-authorizer.ts';

type AclRow = [number, string, number, string, string, number, number];
type AskedRow = [string, string, number, number, string, number, number];
interface Round {
  readonly allowIfNoAcl: boolean;
  readonly acls: readonly AclRow[];
  readonly asked: readonly AskedRow[];
}

const rounds = readFileSync(new URL('../../kafka/authorizations.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Round);

const acl = ([resourceType, resourceName, patternType, principal, host, operation, permissionType]: AclRow): Acl => ({
  resourceType,
  resourceName,
  patternType,
  principal,
  host,
  operation,
  permissionType,
});

function authorizerOf(acls: readonly AclRow[], allowIfNoAcl: boolean) {
  const index = new AclIndex();
  for (const row of acls) index.add(acl(row));
  return { index, authorizer: new StandardAuthorizer(index, { superUsers: new Set(['User:root']), allowIfNoAcl }) };
}

test.each(rounds.map((round, i) => [i, round] as const))('round %i', (_, { acls, asked, allowIfNoAcl }) => {
  const { authorizer } = authorizerOf(acls, allowIfNoAcl);
  for (const [principal, host, operation, type, name, one, byType] of asked) {
    const who = { principal, host };
    const question = JSON.stringify({ principal, host, operation, type, name });
    expect.soft(authorizer.decide(who, operation, type, name).allowed, question).toBe(one === 1);
    expect.soft(authorizer.authorizeByResourceType(who, operation, type), `${question} by type`).toBe(byType === 1);
  }
});

describe('the rule that a decision rests on', () => {
  const alice = { principal: 'User:alice', host: '10.0.0.1' };
  const read: AclRow = [2, 'orders', 3, 'User:alice', '*', 3, 3];

  test('is named as in the audit log of Kafka', () => {
    const { authorizer } = authorizerOf([read], false);
    expect(authorizer.decide(alice, 3, 2, 'orders').rule).toBe(
      'MatchingAcl(acl=StandardAcl[resourceType=TOPIC, resourceName=orders, patternType=LITERAL, principal=User:alice, host=*, operation=READ, permissionType=ALLOW])',
    );
    expect(authorizer.decide(alice, 4, 2, 'orders').rule).toBe('DefaultDeny');
    expect(authorizer.decide({ ...alice, principal: 'User:root' }, 4, 2, 'orders').rule).toBe('SuperUser');
    expect(authorizerOf([], true).authorizer.decide(alice, 4, 2, 'orders').rule).toBe('DefaultAllow');
  });

  test('an entry that is removed decides nothing any more', () => {
    const { authorizer, index } = authorizerOf([], false);
    const entries = [acl(read), acl([2, 'ord', 4, 'User:alice', '*', 3, 3])];
    for (const entry of entries) index.add(entry);
    for (const entry of entries) {
      expect(authorizer.decide(alice, 3, 2, 'orders').allowed).toBe(true);
      index.remove(entry);
    }
    expect(authorizer.decide(alice, 3, 2, 'orders').allowed).toBe(false);
  });
});
