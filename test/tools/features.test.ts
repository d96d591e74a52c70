import { beforeEach, expect, test } from 'vitest';
import features from '../../src/commands/features.ts';
import { capture } from '../cli/capture.ts';
import { startTestBroker } from '../helpers/broker.ts';

let address: string;

async function run(line: string, columns?: number) {
  const { stdout, stderr, output } = capture(columns === undefined ? {} : { columns, env: { NO_COLOR: '1' } });
  const status = await features.execute(['--bootstrap-server', address, ...line.split(' ')], { env: {}, output });
  return { stdout: stdout.text, stderr: stderr.text, status };
}
const json = async (line: string) => JSON.parse((await run(`${line} --json`)).stdout);

beforeEach(async () => {
  address = (await startTestBroker()).address;
});

test('describe: levels as numbers for programs, with names for people', async () => {
  const described = await json('describe');
  expect(described).toHaveLength(7);
  expect(described[3]).toEqual({
    feature: 'metadata.version',
    supportedMinVersion: 7,
    supportedMaxVersion: 30,
    finalizedVersionLevel: 30,
    epoch: expect.any(Number),
  });
  expect(await json('describe --node-id 1')).toHaveLength(7);
  expect((await run('describe', 100)).stdout).toContain('metadata.version                  3.3-IV3  4.3-IV0  4.3-IV0');
});

test('an update is told for each feature, and has happened', async () => {
  expect(await json('downgrade --feature streams.version=0 --feature share.version=0')).toEqual([
    { feature: 'share.version', level: 0, updated: true, dryRun: false },
    { feature: 'streams.version', level: 0, updated: true, dryRun: false },
  ]);
  const levels = new Map(
    ((await json('describe')) as { feature: string; finalizedVersionLevel: number }[]).map((each) => [
      each.feature,
      each.finalizedVersionLevel,
    ]),
  );
  expect(levels.get('share.version')).toBe(0);
  expect(levels.get('group.version')).toBe(1);
});

test('one that is refused fails all', async () => {
  const { stdout, stderr, status } = await run('upgrade --feature group.version=9 --feature share.version=1 --json');
  expect(JSON.parse(stdout)).toMatchObject([
    {
      feature: 'group.version',
      level: 9,
      updated: false,
      dryRun: false,
      error: expect.stringContaining('only supports versions 0-1'),
    },
    { feature: 'share.version', level: 1, updated: false, error: expect.stringContaining('group.version') },
  ]);
  expect(stderr).toBe('2 out of 2 operation(s) failed.\n');
  expect(status).toBe(1);
});

test('what a release begins with', async () => {
  expect(await json('version-mapping --release-version 4.0')).toEqual({
    release: '4.0',
    features: {
      ...{ 'metadata.version': 25, 'kraft.version': 1, 'transaction.version': 2, 'group.version': 1 },
      ...{ 'eligible.leader.replicas.version': 0, 'share.version': 0, 'streams.version': 0 },
    },
  });
  expect(await json('feature-dependencies --feature eligible.leader.replicas.version=1')).toEqual([
    { feature: 'eligible.leader.replicas.version', level: 1, requires: { 'metadata.version': 23 } },
  ]);
});
