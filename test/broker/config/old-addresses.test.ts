// Files of before Kafka 3.0 say host and port each by itself.
import { expect, test } from 'vitest';
import { configOf } from '../../../src/broker/broker-options.ts';

const addresses = (properties: Record<string, string>, options: { port?: number } = {}) => {
  const { listeners, advertisedListeners, notes } = configOf({ properties, ...options });
  const text = ({ host, port }: { host: string | null; port: number }) => `${host || '*'}:${port}`;
  return { listeners: listeners.map(text), advertised: advertisedListeners.map(text), notes };
};

test.each([
  [{ port: '9093' }, '127.0.0.1:9093', '127.0.0.1:9093', 'listeners=PLAINTEXT://127.0.0.1:9093: port'],
  [{ 'host.name': 'here' }, 'here:9092', 'here:9092', 'listeners=PLAINTEXT://here:9092: host.name'],
  [{ 'host.name': '::1', port: '1' }, '::1:1', '::1:1', 'listeners=PLAINTEXT://[::1]:1: host.name, port'],
  [
    { port: '9093', 'advertised.host.name': 'there' },
    '*:9093',
    'there:9093',
    'listeners=PLAINTEXT://:9093 and advertised.listeners=PLAINTEXT://there:9093: port, advertised.host.name',
  ],
  [
    { 'host.name': 'here', 'advertised.port': '19092' },
    'here:9092',
    'here:19092',
    'listeners=PLAINTEXT://here:9092 and advertised.listeners=PLAINTEXT://here:19092: host.name, advertised.port',
  ],
])('%j', (properties, listener, advertised, read) => {
  expect(addresses(properties)).toEqual({
    listeners: [listener],
    advertised: [advertised],
    notes: [`Settings of old, read as ${read}`],
  });
});

test('what is said as today wins, and what is left over is named', () => {
  const listeners = 'PLAINTEXT://localhost:7000';
  expect(addresses({ listeners, port: '9093' })).toEqual({
    listeners: ['localhost:7000'],
    advertised: ['localhost:7000'],
    notes: ['Unknown settings, not used: port (see listeners)'],
  });
  expect(
    addresses({ 'host.name': 'here', 'advertised.listeners': 'PLAINTEXT://there:1', 'advertised.port': '2' }),
  ).toEqual({
    listeners: ['here:9092'],
    advertised: ['there:1'],
    notes: [
      'Settings of old, read as listeners=PLAINTEXT://here:9092: host.name',
      'Unknown settings, not used: advertised.port (see advertised.listeners)',
    ],
  });
  expect(addresses({ port: '9093' }, { port: 9094 })).toMatchObject({ listeners: ['127.0.0.1:9094'] });
});

test('overrides in the old form win over the listeners of the file', () => {
  const properties = {
    listeners: 'PLAINTEXT://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093',
    'controller.listener.names': 'CONTROLLER',
  };
  const overridden = (overrides: Record<string, string>) => {
    const { listeners, advertisedListeners, notes } = configOf({ properties, overrides });
    expect(notes).toEqual([]);
    return [...listeners, ...advertisedListeners].map(({ host, port }) => `${host || '*'}:${port}`).join(' ');
  };
  expect(overridden({ port: '9095' })).toBe('127.0.0.1:9095 127.0.0.1:9093 127.0.0.1:9095');
  expect(overridden({ port: '9095', 'advertised.host.name': 'there' })).toBe(
    '127.0.0.1:9095 127.0.0.1:9093 there:9095',
  );
  expect(overridden({ 'host.name': 'here', 'advertised.port': '1' })).toBe('here:9092 127.0.0.1:9093 here:1');
  expect(() => configOf({ properties, overrides: { listeners: 'PLAINTEXT://:1', port: 'x' } }).notes).not.toThrow();
});
