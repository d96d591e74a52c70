// A first start in a directory that Kafka's storage script has formatted.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { memoryFiles } from '../../../src/log/memory-files.ts';
import { DescribeUserScramCredentials } from '../../../src/protocol/messages/describe-user-scram-credentials.ts';
import { loadMetadata } from '../../../src/tools/metadata-shell/load.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { connect } from '../../helpers/client.ts';
import { LogLines } from '../../helpers/log.ts';

const checkpoint = readFileSync(
  fileURLToPath(new URL('./fixtures/kafka-4.3.1-formatted/bootstrap.checkpoint', import.meta.url)),
);

async function startIn(content: Buffer) {
  const files = memoryFiles();
  files.makeDirectory('/data');
  const file = files.open('/data/bootstrap.checkpoint', { create: true });
  file.write(content, 0);
  file.close();
  const logger = new LogLines();
  const settings = { files, dataDir: '/data', logger, ephemeral: false };
  return { broker: await startTestBroker(settings), settings, logger };
}

test('has the features and the users that were asked for, once', async () => {
  const { broker, settings } = await startIn(checkpoint);
  const { features } = broker.services.metadata;
  expect(features.get('transaction.version')).toBe(1);
  expect(features.get('metadata.version')).toBe(30);
  const users = async (port: number) =>
    (await (await connect({ port })).request(DescribeUserScramCredentials, 0, { users: null })).results;
  expect(await users(broker.port)).toMatchObject([
    { user: 'alice', credentialInfos: [{ mechanism: 1, iterations: 4096 }] },
  ]);
  const records = broker.services.metadata.lastOffset;
  await broker.stop();
  const again = await startTestBroker(settings);
  expect(await users(again.port)).toHaveLength(1);
  // Its leadership, its registration: nothing of the format.
  expect(again.services.metadata.lastOffset - records).toBeLessThan(5);
});

test('goes on without what is not whole, and says so', async () => {
  const { broker, logger } = await startIn(checkpoint.subarray(0, -10));
  expect(broker.services.metadata.features.get('transaction.version')).toBe(2);
  expect(logger.lines.find((line) => line.includes('bootstrap.checkpoint is not whole'))).toMatch(/^warn/);
});

test('leaves in a directory that nobody formatted what formatting does, once', async () => {
  const files = memoryFiles();
  const settings = { files, dataDir: '/data', ephemeral: false };
  const broker = await startTestBroker(settings);
  const { features } = broker.services.metadata;
  await broker.stop();
  const written = files.readFile('/data/bootstrap.checkpoint');
  const { image } = await loadMetadata('/data/bootstrap.checkpoint', { files });
  expect(image.features).toEqual(features);
  await (await startTestBroker(settings)).stop();
  expect(files.readFile('/data/bootstrap.checkpoint')).toEqual(written);
});
