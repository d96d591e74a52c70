// --port and --host beside a file that has listeners.
import { expect, test } from 'vitest';
import { configOf } from '../../src/broker/broker-options.ts';

const told = (properties: Record<string, string>, options: { port?: number; host?: string }) => {
  const { listeners, advertisedListeners } = configOf({ properties, ephemeral: true, ...options });
  const text = (one: { name: string; host: string | null; port: number }) => `${one.name}://${one.host}:${one.port}`;
  return [listeners.map(text).join(), advertisedListeners.map(text).join()];
};

test.each([
  [{}, { port: 1 }, ['PLAINTEXT://127.0.0.1:1', 'PLAINTEXT://127.0.0.1:1']],
  [
    { listeners: 'SSL://127.0.0.1:2', 'advertised.listeners': 'SSL://localhost:2' },
    { port: 1 },
    ['SSL://127.0.0.1:1', 'SSL://localhost:1'],
  ],
  // The way in from elsewhere is another one.
  [
    { listeners: 'SSL://127.0.0.1:2', 'advertised.listeners': 'SSL://gate:443' },
    { port: 1 },
    ['SSL://127.0.0.1:1', 'SSL://gate:443'],
  ],
  [
    { listeners: 'PLAINTEXT://127.0.0.1:2,SSL://127.0.0.1:3', 'advertised.listeners': 'PLAINTEXT://a:2,SSL://a:3' },
    { port: 1 },
    ['PLAINTEXT://127.0.0.1:1,SSL://127.0.0.1:3', 'PLAINTEXT://a:1,SSL://a:3'],
  ],
  [
    { listeners: 'SSL://127.0.0.1:2', 'advertised.listeners': 'SSL://localhost:2' },
    { host: '127.0.0.2' },
    ['SSL://127.0.0.2:2', 'SSL://localhost:2'],
  ],
])('%j and %j', (properties, options, expected) => expect(told(properties, options)).toEqual(expected));
