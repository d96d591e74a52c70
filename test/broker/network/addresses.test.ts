import { expect, test } from 'vitest';
import { javaAddress, plainAddress } from '../../../src/broker/network/addresses.ts';

test.each([
  ['127.0.0.1', '127.0.0.1'],
  ['::ffff:10.1.2.3', '10.1.2.3'],
  ['::1', '0:0:0:0:0:0:0:1'],
  ['::', '0:0:0:0:0:0:0:0'],
  ['2001:db8::ff00:42', '2001:db8:0:0:0:0:ff00:42'],
  ['1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8'],
  ['fe80::1%eth0', 'fe80:0:0:0:0:0:0:1%eth0'],
])('Java writes %s as %s', (address, java) => expect(javaAddress(address)).toBe(java));

test('an IPv4 address on a socket for both families is an IPv4 address', () => {
  expect(plainAddress('::ffff:127.0.0.1')).toBe('127.0.0.1');
  expect(plainAddress('::1')).toBe('::1');
});
