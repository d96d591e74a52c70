import { expect, test } from 'vitest';
import type { Acl } from '../../../src/broker/security/acl.ts';
import { AclIndex } from '../../../src/broker/security/acl-index.ts';

const acl = (resourceName: string, patternType: number, principal = 'User:alice'): Acl => ({
  ...{ resourceType: 2, resourceName, patternType, principal },
  ...{ host: '*', operation: 3, permissionType: 3 },
});
const LITERAL = 3;
const PREFIXED = 4;

test('entries are found by every pattern that a name matches, and by principal, until they are removed', () => {
  const index = new AclIndex();
  const found = (name: string) => [...index.matching(2, name)].flat().map(({ resourceName }) => resourceName);
  const acls = [
    acl('orders', LITERAL),
    acl('*', LITERAL, 'User:bob'),
    acl('or', PREFIXED),
    acl('or', PREFIXED, 'User:bob'),
    acl('in', PREFIXED),
  ];
  for (const each of acls) index.add(each);
  expect(found('orders').sort()).toEqual(['*', 'or', 'or', 'orders']);
  expect(found('o')).toEqual(['*']);
  expect(index.ofType(2, 'User:bob')).toEqual([acls[1], acls[3]]);
  index.remove(acls[2]!);
  expect(found('order')).toEqual(['*', 'or']);
  index.remove(acls[3]!);
  index.remove(acls[0]!);
  expect(found('orders')).toEqual(['*']);
  expect(found('inbox')).toEqual(['*', 'in']);
  expect(index.ofType(2, 'User:bob')).toEqual([acls[1]]);
  index.remove(acls[4]!);
  index.remove(acls[4]!);
  expect(found('inbox')).toEqual(['*']);
});
