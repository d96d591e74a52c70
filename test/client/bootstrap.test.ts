import { expect, test } from 'vitest';
import { addressText, parseBootstrapServers } from '../../src/client/bootstrap.ts';

test.each([
  ['localhost:9092', { host: 'localhost', port: 9092 }],
  ['PLAINTEXT://kafka-1.example.com:19092', { host: 'kafka-1.example.com', port: 19092 }],
  ['[::1]:9092', { host: '::1', port: 9092 }],
  ['[2001:db8::7%eth0]:1', { host: '2001:db8::7%eth0', port: 1 }],
])('%s', (url, address) => {
  expect(parseBootstrapServers([url])).toEqual([address]);
});

test('all addresses of a list, in order', () => {
  expect(parseBootstrapServers(['a:1', 'b:2']).map(addressText)).toEqual(['a:1', 'b:2']);
});

test('an IPv6 address is written in brackets', () => {
  expect(addressText({ host: '::1', port: 9092 })).toBe('[::1]:9092');
});

test.each([
  [[], 'You must set either bootstrap.servers or bootstrap.controllers'],
  [['localhost'], 'Invalid url in bootstrap.servers: localhost'],
  [['a:1', 'localhost:port'], 'Invalid url in bootstrap.servers: localhost:port'],
  [['localhost:70000'], 'Invalid port in bootstrap.servers: localhost:70000'],
])('Kafka refuses %j', (urls, message) => {
  expect(() => parseBootstrapServers(urls)).toThrow(message);
});
