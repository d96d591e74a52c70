import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import metadataQuorum from '../../src/commands/metadata-quorum.ts';
import { ManualClock } from '../../src/util/clock.ts';
import { capture } from '../cli/capture.ts';
import { startTestBroker } from '../helpers/broker.ts';

async function run(address: string, ...words: string[]) {
  const { stdout, stderr, output } = capture();
  const status = await metadataQuorum.execute(['--bootstrap-server', address, ...words], { env: {}, output });
  return { stdout: stdout.text, stderr: stderr.text, status };
}

test('the state of the quorum', async () => {
  const { address, port } = await startTestBroker();
  const status = JSON.parse((await run(address, 'describe', '--status', '--json')).stdout);
  expect(status).toMatchObject({
    ...{ leaderId: 1, maxFollowerLag: 0, maxFollowerLagTimeMs: 0, observers: [] },
    voters: [{ id: 1, directoryId: null, endpoints: [{ name: expect.any(String), host: '127.0.0.1', port }] }],
  });
  const replicas = JSON.parse((await run(address, 'describe', '--replication', '--json')).stdout);
  expect(replicas).toMatchObject([{ nodeId: 1, directoryId: null, lag: 0, status: 'Leader' }]);
  const times = (await run(address, 'describe', '--replication', '--human-readable')).stdout;
  expect(times).toMatch(/\t\d+ ms ago\s*\t\d+ ms ago/);
  expect(replicas[0].logEndOffset).toBe(status.highWatermark);
});

// Recorded: kafka-metadata-quorum --bootstrap-server … describe --replication --human-readable, on a broker whose clock is an hour ahead.
test('times that are still to come are refused under the name of Kafka’s script', async () => {
  const { address } = await startTestBroker({ clock: new ManualClock(Date.now() + 3_600_000) });
  const { stderr, output } = capture();
  const argv = ['--bootstrap-server', address, 'describe', '--replication', '--human-readable'];
  expect(await metadataQuorum.execute(argv, { env: { KTOOL_COMPAT: 'kafka' }, output })).toBe(1);
  const text =
    'Error while computing relative time, possible drift in system clock.\nCurrent timestamp is {ms}, last fetch timestamp is {ms}\n';
  expect(stderr.text.replace(/\d{13}/g, '{ms}')).toBe(`${text}org.apache.kafka.common.KafkaException: ${text}`);
  expect((await run(address, ...argv.slice(2))).stdout).toMatch(/\t-\d+ ms ago/);
});

test('a controller is described by its own configuration and directory', async () => {
  const { address } = await startTestBroker();
  const folder = mkdtempSync(join(tmpdir(), 'ktool-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'controller.properties');
  const listeners = 'listeners=CONTROLLER://localhost:9093\ncontroller.listener.names=CONTROLLER\n';
  writeFileSync(file, `node.id=2\nprocess.roles=controller\n${listeners}log.dirs=${folder}/data\n`);
  const add = (...more: string[]) => run(address, '--command-config', file, 'add-controller', ...more);
  expect((await add('--dry-run')).stderr).toBe(`Unable to read meta.properties from ${folder}/data\n`);
  mkdirSync(join(folder, 'data'));
  const meta = 'version=1\ncluster.id=x\nnode.id=2\ndirectory.id=N3ZbPu6mTNCAiEnt8DZq8w\n';
  writeFileSync(join(folder, 'data', 'meta.properties'), meta);
  expect((await add('--dry-run')).stdout).toBe(
    'DRY RUN of adding controller 2 with directory id N3ZbPu6mTNCAiEnt8DZq8w and endpoints: CONTROLLER://localhost:9093\n',
  );
  expect(await add()).toEqual({
    stdout: '',
    stderr:
      "org.apache.kafka.common.errors.UnsupportedVersionException: Cluster doesn't support adding voter because the kraft.version feature is 0\n",
    status: 1,
  });
});
