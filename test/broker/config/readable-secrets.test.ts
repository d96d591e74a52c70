// Files with secrets that others can read are told at the start.
import { chmodSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startTestBroker } from '../../helpers/broker.ts';
import { certificatePem, fileWith, keyPem, newCa, newServer, temporaryFolder } from '../../helpers/certificates.ts';
import { LogLines } from '../../helpers/log.ts';

const server = newServer(newCa());

async function told(mode: number, properties: Record<string, string>) {
  const folder = temporaryFolder();
  const store = fileWith(folder, 'broker.pem', keyPem(server) + certificatePem(server));
  const propertiesFile = fileWith(folder, 'server.properties', '');
  for (const file of [store, propertiesFile]) chmodSync(file, mode);
  const logger = new LogLines();
  const ssl = { 'ssl.keystore.type': 'PEM', 'ssl.keystore.location': store };
  const overrides = { listeners: 'SSL://127.0.0.1:0', ...ssl };
  await startTestBroker({ logger, overrides, properties, propertiesFile });
  return logger.lines.filter((line) => line.includes('chmod 600')).map((line) => /chmod 600 .*\/(.*)$/.exec(line)?.[1]);
}

test.skipIf(process.platform === 'win32').each([
  [0o644, { 'ssl.key.password': 'x' }, ['server.properties', 'broker.pem']],
  [0o644, { 'num.partitions': '1' }, ['broker.pem']],
  [0o640, { 'ssl.key.password': 'x' }, []],
  [0o600, { 'ssl.key.password': 'x' }, []],
])('%o, %j', async (mode, properties, expected) => expect(await told(mode, properties)).toEqual(expected));
