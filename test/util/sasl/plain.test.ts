import { expect, it } from 'vitest';
import { PlainClient, PlainServer } from '../../../src/util/sasl/plain.ts';
import { SaslAuthenticationError } from '../../../src/util/sasl/sasl.ts';

const server = () => new PlainServer((user, password) => user === 'alice' && password === 'secret');

it('lets in who knows the password', () => {
  const there = server();
  expect(there.respond(new PlainClient('alice', 'secret').respond())).toEqual(Buffer.alloc(0));
  expect(there.login).toEqual({ authorizationId: 'alice' });
});

it('may be asked for the same authorization id', () => {
  const there = server();
  there.respond(Buffer.from('alice\0alice\0secret'));
  expect(there.login).toEqual({ authorizationId: 'alice' });
});

it.each([
  ['\0alice\0wrong', 'Authentication failed: Invalid username or password'],
  ['\0nobody\0secret', 'Authentication failed: Invalid username or password'],
  ['\0alice\0', 'Authentication failed: password not specified'],
  ['\0\0secret', 'Authentication failed: username not specified'],
  [
    'admin\0alice\0secret',
    'Authentication failed: Client requested an authorization id that is different from username',
  ],
  ['admin\0alice\0wrong', 'Authentication failed: Invalid username or password'],
  ['alice\0secret', 'Invalid SASL/PLAIN response: expected 3 tokens, got 2'],
  ['', 'Invalid SASL/PLAIN response: expected 3 tokens, got 1'],
  ['\0alice\0secret\0more\0and more', 'Invalid SASL/PLAIN response: expected 3 tokens, got 4'],
])('refuses %j', (message, text) => {
  const there = server();
  expect(() => there.respond(Buffer.from(message))).toThrow(new SaslAuthenticationError(text));
  expect(there.login).toBeUndefined();
});
