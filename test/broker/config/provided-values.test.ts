// A client that may change settings of the broker reads nothing of its files and environment by what it is told of mistakes.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { IncrementalAlterConfigs } from '../../../src/protocol/messages/incremental-alter-configs.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { temporaryFolder } from '../../helpers/certificates.ts';
import { connect } from '../../helpers/client.ts';
import { LogLines } from '../../helpers/log.ts';

const PACKAGE = 'org.apache.kafka.common.config.provider';

async function world() {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'a.properties'), 'key=of-the-broker:of-the-broker\n');
  const logger = new LogLines();
  const client = await connect(await startTestBroker({ logger }));
  const alter = async (resourceName: string, settings: Record<string, string>) => {
    const configs = Object.entries(settings).map(([name, value]) => ({ name, configOperation: 0, value }));
    const resources = [{ resourceType: 4, resourceName, configs }];
    const { responses } = await client.request(IncrementalAlterConfigs, 1, { resources, validateOnly: false });
    return responses[0]!;
  };
  return { folder, alter, logger };
}

const provider = (kind: string) => ({
  'config.providers': 'p',
  'config.providers.p.class': `${PACKAGE}.${kind}ConfigProvider`,
});
const variable = (text: string) => `$\{p:${text}}`;

test.each([
  ['message.max.bytes', ''],
  ['log.cleaner.threads', '1'],
  ['max.connections.per.ip.overrides', '1'],
  ['listener.name.plaintext.ssl.keystore.location', '1'],
  ['listener.name.plaintext.ssl.keystore.type', '1'],
])('%s of broker %j', async (name, resourceName) => {
  const { folder, alter, logger } = await world();
  for (const [kind, value] of [
    ['File', variable(`${folder}/a.properties:key`)],
    ['Directory', variable(`${folder}:a.properties`)],
    ['EnvVar', variable('PATH')],
  ] as const) {
    const { errorCode, errorMessage } = await alter(resourceName, { ...provider(kind), [name]: value });
    for (const text of [errorMessage ?? '', ...logger.lines]) {
      expect(text).not.toContain('of-the-broker');
      expect(text).not.toContain(process.env.PATH);
    }
    if (errorCode === 0) continue;
    expect(errorMessage).toBe(`Invalid value ${value} for configuration ${name}: what it stands for cannot be used`);
  }
});

test('mistakes beside such a value are told as they are', async () => {
  const { folder, alter } = await world();
  const value = variable(`${folder}/a.properties:key`);
  const wrong = { ...provider('File'), 'message.max.bytes': value, 'log.cleaner.threads': 'two' };
  expect(await alter('', wrong)).toMatchObject({
    errorCode: ErrorCode.INVALID_REQUEST,
    errorMessage: 'Invalid value two for configuration log.cleaner.threads: Not a number of type INT',
  });
  expect(await alter('', { ...provider('File'), 'node.id': value })).toMatchObject({
    errorMessage: 'Cannot update these configs dynamically: [node.id]',
  });
});
