// What `acls explain` says is what the broker's authorizer decides.
import { expect, test } from 'vitest';
import { AclIndex } from '../../../src/broker/security/acl-index.ts';
import { StandardAuthorizer } from '../../../src/broker/security/standard-authorizer.ts';
import { AclOperation, AclResource, PatternType, Permission } from '../../../src/protocol/acl.ts';
import { decide } from '../../../src/tools/acls/explain.ts';
import { randomNumbers } from '../../helpers/random-numbers.ts';

test('for random entries and questions', () => {
  const random = randomNumbers(7);
  const pick = <T>(items: readonly T[]): T => items[random(items.length)]!;
  const operations = Object.values(AclOperation).filter((code) => code !== AclOperation.ANY);
  const decided = { allowed: 0, denied: 0 };
  for (let round = 0; round < 2000; round++) {
    const index = new AclIndex();
    const acls = Array.from({ length: 1 + random(6) }, () => ({
      resourceType: AclResource.TOPIC,
      ...pick([
        { resourceName: 'orders', patternType: PatternType.LITERAL },
        { resourceName: '*', patternType: PatternType.LITERAL },
        { resourceName: 'ord', patternType: PatternType.PREFIXED },
      ]),
      principal: pick(['User:alice', 'User:bob', 'User:*']),
      host: pick(['*', '10.0.0.1', '10.0.0.2']),
      operation: pick(operations),
      permissionType: pick([Permission.ALLOW, Permission.ALLOW, Permission.DENY]),
    }));
    for (const acl of acls) index.add(acl);
    const authorizer = new StandardAuthorizer(index, { superUsers: new Set(), allowIfNoAcl: false });
    const question = { principal: 'User:alice', host: '10.0.0.1', operation: pick(operations) };
    const resource = { resourceType: AclResource.TOPIC, resourceName: 'orders', patternType: PatternType.LITERAL };
    const expected = authorizer.decide(question, question.operation, AclResource.TOPIC, 'orders');
    const said = decide(acls, { ...question, resource });
    expect(said.allowed ?? false).toBe(expected.allowed);
    expect(said.decidedBy?.permissionType).toBe(expected.acl?.permissionType);
    decided[expected.allowed ? 'allowed' : 'denied']++;
  }
  expect(Math.min(decided.allowed, decided.denied)).toBeGreaterThan(100);
});
