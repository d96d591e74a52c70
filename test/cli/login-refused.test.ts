// What Kafka's admin client logs when a login is refused, and what a person sees of it.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import command from '../../src/commands/acls.ts';
import { User } from '../helpers/program.ts';
import { startSaslBroker } from '../helpers/sasl.ts';
import { capture } from './capture.ts';

const SETTINGS = [
  'security.protocol=SASL_PLAINTEXT',
  'sasl.mechanism=PLAIN',
  'sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="alice" password="guess";',
];

async function refused(env: NodeJS.ProcessEnv) {
  const { port } = await startSaslBroker();
  const file = join(new User().home, 'alice.properties');
  writeFileSync(file, SETTINGS.join('\n'));
  const { stdout, stderr, output } = capture();
  const argv = ['--list', '--bootstrap-server', `127.0.0.1:${port}`, '--command-config', file];
  const status = await command.execute(argv, { env, output });
  return { stdout: stdout.text, lines: stderr.text.split('\n'), status, port };
}

test('under Kafka’s rules: the refusal with the host’s name, and that the metadata cannot be had', async () => {
  const { lines, port, status } = await refused({ KTOOL_COMPAT: 'kafka' });
  expect(lines[0]).toMatch(/^\[.*\] ERROR \[AdminClient clientId=adminclient-\d+\] Connection to node -1 \(/);
  expect(lines[0]).toContain(
    `/127.0.0.1:${port}) failed authentication due to: Authentication failed: Invalid username or password (org.apache.kafka.clients.NetworkClient)`,
  );
  expect(lines[1]).toMatch(
    /WARN \[AdminClient clientId=adminclient-\d+\] Fatal error during metadata update \(org\.apache\.kafka\.clients\.admin\.internals\.AdminMetadataManager\)$/,
  );
  expect(status).toBe(1);
});

test('under ktool’s own: once', async () => {
  const { lines, status } = await refused({});
  expect(lines.filter((line) => line.includes('Fatal error'))).toEqual([]);
  expect(status).toBe(1);
});
