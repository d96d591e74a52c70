// A node registers as a controller too, as each of Kafka's does at its start (KIP-919).
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadMetadata } from '../../../src/tools/metadata-shell/load.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { temporaryDirectory } from '../../log/helpers.ts';

async function controllersOf(overrides: Record<string, string>) {
  const dataDir = temporaryDirectory();
  const broker = await startTestBroker({ dataDir, port: 0, overrides: new Map(Object.entries(overrides)) });
  await broker.stop();
  const log = join(dataDir, '__cluster_metadata-0', '00000000000000000000.log');
  return (await loadMetadata(log)).image.controllers;
}

test('with its controller listeners and what it supports', async () => {
  const controllers = await controllersOf({
    listeners: 'PLAINTEXT://127.0.0.1:0,CTL://127.0.0.1:0',
    'controller.listener.names': 'CTL',
  });
  expect([...controllers.keys()]).toEqual([1]);
  const { endPoints, features, incarnationId, zkMigrationReady } = controllers.get(1)!;
  expect(endPoints).toEqual([{ name: 'CTL', host: '127.0.0.1', port: expect.any(Number), securityProtocol: 0 }]);
  expect(endPoints[0]!.port).toBeGreaterThan(0);
  expect(zkMigrationReady).toBe(false);
  expect(incarnationId).toMatch(/^[\w-]{22}$/);
  expect(features.map(({ name }) => name).join(' ')).toBe(
    'group.version kraft.version metadata.version share.version streams.version transaction.version eligible.leader.replicas.version',
  );
});

test('without one nobody is told where', async () => {
  const controllers = await controllersOf({});
  expect(controllers.get(1)?.endPoints).toEqual([]);
});
