// ssl.principal.mapping.rules, with the cases of Kafka's documentation and the corners of its expression.
import { expect, test } from 'vitest';
import { principalMapper } from '../../../src/broker/network/tls/principal-mapping.ts';

const SERVICE = 'CN=serviceuser,OU=ServiceUsers,O=Unknown,L=Unknown,ST=Unknown,C=Unknown';
const ADMIN = 'CN=adminUser,OU=Admin,O=Unknown,L=Unknown,ST=Unknown,C=Unknown';

test.each<[string, string, string | undefined]>([
  ['', ADMIN, ADMIN],
  ['DEFAULT', ADMIN, ADMIN],
  ['RULE:^CN=(.*?),OU=ServiceUsers.*$/$1/', SERVICE, 'serviceuser'],
  ['RULE:^CN=(.*?),OU=ServiceUsers.*$/$1/', ADMIN, undefined],
  ['RULE:^CN=(.*?),OU=ServiceUsers.*$/$1/, DEFAULT', ADMIN, ADMIN],
  ['RULE:^CN=(.*?),OU=(.*?),O=(.*?),L=(.*?),ST=(.*?),C=(.*?)$/$1@$2/L', ADMIN, 'adminuser@admin'],
  ['RULE:^.*[Cc][Nn]=([a-zA-Z0-9.]*).*$/$1/U', ADMIN, 'ADMINUSER'],
  ['RULE:^cn=(.*?),ou=(.*?),dc=(.*?),dc=(.*?)$/$1@$2/U, RULE:CN=(\\w+),.*/$1/', ADMIN, 'adminUser'],
  ['RULE:(?i)^cn=(.*?),.*$/$1/', ADMIN, 'adminUser'],
  ['RULE:CN=adm/x/', ADMIN, undefined],
  ['RULE:^CN=(.*?),.*$/a\\/$1/', ADMIN, 'a/adminUser'],
])('%j maps %s to %s', (rules, name, user) => expect(principalMapper(rules)(name)).toBe(user));

test.each([['RULE:^CN=(.*)$'], ['DEFAULT2'], ['RULE:a/b'], ['RULE:(/b/']])('%j is refused', (rules) =>
  expect(() => principalMapper(rules)).toThrow(/^ssl\.principal\.mapping\.rules: /),
);
