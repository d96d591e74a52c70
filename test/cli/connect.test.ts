// The scripts of Kafka Connect: what they answer without a worker, as Kafka's do, and that none is started.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { answer } from '../../src/cli/connect.ts';
import mirrorMaker from '../../src/commands/connect-mirror-maker.ts';
import { capture } from './capture.ts';

const KAFKA = { KTOOL_COMPAT: 'kafka' };
const worker = (argv: readonly string[], env: NodeJS.ProcessEnv = KAFKA) => {
  const { stdout, stderr, output } = capture();
  const status = answer('connect-standalone', 'worker.properties', { argv, env, output });
  return { status, out: stdout.text, err: stderr.text };
};
const mirror = async (argv: readonly string[], env: NodeJS.ProcessEnv = KAFKA) => {
  const { stdout, stderr, output } = capture();
  return { status: await mirrorMaker.execute(argv, { env, output }), out: stdout.text, err: stderr.text };
};

test('a worker without a file says nothing that Kafka hides, and its usage under its own name', () => {
  expect(worker([])).toEqual({ status: 1, out: '', err: '' });
  expect(worker(['--help'])).toEqual({ status: 1, out: '', err: '' });
  expect(worker(['--help'], {})).toMatchObject({
    status: 0,
    out: expect.stringContaining('does not run Kafka Connect'),
  });
});

test('every word is a file, which is missing', () => {
  const { status, err } = worker(['--version']);
  expect(status).toBe(2);
  expect(err).toMatch(
    /^\[.*\] ERROR Stopping due to error \(org.apache.kafka.connect.cli.AbstractConnectCli\)\njava.nio.file.NoSuchFileException: --version\n$/,
  );
});

test('with a file there is still no worker', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ktool-connect-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'worker.properties');
  writeFileSync(file, 'bootstrap.servers=localhost:9092\n');
  expect(worker([file])).toMatchObject({ status: 2, err: expect.stringContaining("use Apache Kafka's own") });
});

test('MirrorMaker is parsed as by Kafka and not started', async () => {
  expect(await mirror([])).toMatchObject({ status: 255, err: expect.stringContaining('error: too few arguments') });
  expect(await mirror(['-h'])).toMatchObject({ status: 255, out: expect.stringContaining('--clusters') });
  expect(await mirror(['--nope'])).toMatchObject({
    status: 255,
    err: expect.stringContaining("error: unrecognized arguments: '--nope'"),
  });
  expect(await mirror(['mm2.properties', '--clusters', 'a', 'b'], {})).toEqual({
    status: 1,
    out: '',
    err: "ktool does not run Kafka Connect: use Apache Kafka's own connect-mirror-maker, with this broker in bootstrap.servers\n",
  });
});
