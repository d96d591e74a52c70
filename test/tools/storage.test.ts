// storage: what it writes is a directory that a broker starts from.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { createAdmin } from '../../src/client/admin.ts';
import storage from '../../src/commands/storage.ts';
import { parseProperties } from '../../src/util/properties.ts';
import { capture } from '../cli/capture.ts';
import { startTestBroker } from '../helpers/broker.ts';

const CLUSTER = '4L6g3nShT-eMCtK--X86sw';
let folder: string;
let file: string;

beforeEach(() => {
  const made = mkdtempSync(join(tmpdir(), 'ktool-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  folder = made;
  file = join(folder, 'server.properties');
  write();
});

/** A node with voters, or with where to find them. */
function write(quorum = 'controller.quorum.voters=1@localhost:9093', logDirs = `${folder}/data`): void {
  const listeners = 'listeners=PLAINTEXT://:9092,CONTROLLER://localhost:9093\ncontroller.listener.names=CONTROLLER';
  writeFileSync(file, `process.roles=broker,controller\nnode.id=1\n${listeners}\n${quorum}\nlog.dirs=${logDirs}\n`);
}

async function run(...words: string[]) {
  const { stdout, stderr, output } = capture();
  const status = await storage.execute(words, { env: {}, output });
  return { stdout: stdout.text, stderr: stderr.text, status };
}
const format = (...more: string[]) => run('format', '-c', file, '-t', CLUSTER, ...more);
const DYNAMIC = 'controller.quorum.bootstrap.servers=localhost:9093';

describe('format', () => {
  test('a broker starts with the cluster, the levels and the users that were asked for', async () => {
    const scram = 'SCRAM-SHA-256=[name=alice,password=secret,iterations=5000]';
    const { stdout } = await format('--feature', 'share.version=0', '--add-scram', scram, '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      formatted: [{ directory: `${folder}/data`, kind: 'metadata directory', directoryId: expect.any(String) }],
      ...{ clusterId: CLUSTER, nodeId: 1, metadataVersion: '4.3-IV0' },
      features: { 'metadata.version': 30, 'group.version': 1 },
    });
    const broker = await startTestBroker({ dataDir: join(folder, 'data') });
    const admin = await createAdmin({ 'bootstrap.servers': broker.address });
    onTestFinished(() => admin.close());
    expect((await admin.describeCluster()).clusterId).toBe(CLUSTER);
    const { finalized } = await admin.describeFeatures();
    expect(finalized.map(({ name }) => name)).not.toContain('share.version');
    expect(await admin.describeScram(['alice'])).toMatchObject([
      { user: 'alice', credentials: [{ mechanism: 'SCRAM-SHA-256', iterations: 5000 }] },
    ]);
  });

  test('a standalone controller votes under the id of its directory, and a broker starts from it', async () => {
    write(DYNAMIC);
    const { formatted } = JSON.parse((await format('--standalone', '--json')).stdout);
    expect(formatted[0].kind).toBe('dynamic metadata voter directory');
    const meta = parseProperties(readFileSync(join(folder, 'data', 'meta.properties'), 'utf8'));
    expect(meta.get('directory.id')).toBe(formatted[0].directoryId);
    const checkpoint = join(folder, 'data', '__cluster_metadata-0', '00000000000000000000-0000000000.checkpoint');
    expect(readFileSync(checkpoint).includes(Buffer.from(formatted[0].directoryId, 'base64url'))).toBe(true);
    expect((await startTestBroker({ dataDir: join(folder, 'data') })).clusterId).toBe(CLUSTER);
  });

  test('of several directories the new ones, and none twice', async () => {
    await format();
    const before = readFileSync(join(folder, 'data', 'meta.properties'), 'utf8');
    write(undefined, `${folder}/data,${folder}/more`);
    expect((await format()).stderr).toContain(`${folder}/data is already formatted.`);
    expect(existsSync(join(folder, 'more'))).toBe(false);
    const { formatted } = JSON.parse((await format('-g', '--json')).stdout);
    expect(formatted).toMatchObject([{ directory: `${folder}/more`, kind: 'data directory' }]);
    expect(readFileSync(join(folder, 'data', 'meta.properties'), 'utf8')).toBe(before);
    expect(JSON.parse((await format('-g', '--json')).stdout).formatted).toEqual([]);
  });

  test.each([
    ['the quorum of a new controller must be told', [], 'you must specify one of the following: --standalone'],
    ['no colon', ['-I', '1@localhost:9093'], 'No colon following port could be found.'],
    ['twice', ['-I', `1@a:1:${CLUSTER},1@b:2:${CLUSTER}`], 'Node id 1 was specified more than once.'],
    ['nobody', ['-I', ','], 'No voters given.'],
    ['kraft.version 0', ['-N', '-f', 'kraft.version=0'], 'Cannot set kraft.version to 0 if'],
    [
      'what it depends on',
      ['-N', '-r', '3.9', '-f', 'eligible.leader.replicas.version=1'],
      'metadata.version level 23',
    ],
    ['no such level', ['-N', '-f', 'metadata.version=99'], 'Valid feature levels are from 7 to 31.'],
    ['unstable', ['-N', '-f', 'metadata.version=31'], 'metadata.version 4.4-IV0 is not yet stable.'],
    ['unstable by name', ['-N', '-r', '4.4-IV0'], "Unknown metadata.version '4.4-IV0'"],
    ['SCRAM too early', ['-N', '-r', '3.4', '-S', 'SCRAM-SHA-256=[name=a,password=b]'], '3.5-IV2 or later.'],
    ['SCRAM of nobody', ['-N', '-S', 'SCRAM-SHA-256=[name=a,password=b,colour=red]'], 'configurations: colour'],
    ['SCRAM without salt', ['-N', '-S', 'SCRAM-SHA-256=[name=a,saltedpassword=YCE=]'], "You must supply 'salt'"],
    ['SCRAM with bad salt', ['-N', '-S', 'SCRAM-SHA-256=[name=a,password=b,salt=%%]'], 'Failed to decode given salt'],
  ])('refuses and writes nothing: %s', async (_, words, message) => {
    write(DYNAMIC);
    const { stderr, status } = await format(...words);
    expect(stderr).toContain(message);
    expect(status).toBe(1);
    expect(existsSync(join(folder, 'data'))).toBe(false);
  });

  test('another cluster or node keeps its directory', async () => {
    await format();
    expect((await run('format', '-c', file, '-t', 'another', '-g')).stderr).toContain(
      `Expected another, but read ${CLUSTER}`,
    );
    writeFileSync(file, readFileSync(file, 'utf8').replace('node.id=1', 'node.id=2').replace('1@', '2@'));
    expect((await format('-g')).stderr).toContain("Stored node id 1 doesn't match previous node id 2");
  });
});

test('info says what is there and what is wrong', async () => {
  await format();
  write(undefined, `${folder}/data,${folder}/new,${file}`);
  const { stdout, status } = await run('info', '-c', file, '--json');
  expect(JSON.parse(stdout)).toEqual({
    directories: [`${folder}/data`],
    metadata: { 'cluster.id': CLUSTER, 'directory.id': expect.any(String), 'node.id': '1', version: '1' },
    problems: [`${folder}/new does not exist`, `${file} is not a directory`],
  });
  expect(status).toBe(1);
});

test('random-uuid', async () => {
  expect(JSON.parse((await run('random-uuid', '--json')).stdout)).toEqual({
    uuid: expect.stringMatching(/^\w[\w-]{21}$/),
  });
});

test.runIf(process.platform === 'linux')(
  'a directory that cannot be made is told after the lines before it',
  async () => {
    write(undefined, '/proc/nope/data');
    const { stdout, stderr, status } = await format();
    expect(stdout).toMatch(
      /^Bootstrap metadata: .*\nFormatting metadata directory \/proc\/nope\/data with metadata\.version \S+\.\n$/,
    );
    expect(stderr).toBe(
      'Error while writing meta.properties file /proc/nope/data: java.nio.file.NoSuchFileException: /proc/nope\n',
    );
    expect(status).toBe(1);
  },
);

test('two directories with one id are not one node’s', async () => {
  const dirs = ['a', 'b'].map((name) => join(folder, name));
  const directoryId = 'JEXY6aqzQY-32P5TStzaFg';
  for (const directory of dirs) {
    mkdirSync(directory);
    const meta = `version=1\ncluster.id=${CLUSTER}\nnode.id=1\ndirectory.id=${directoryId}\n`;
    writeFileSync(join(directory, 'meta.properties'), meta);
  }
  write(undefined, dirs.join(','));
  expect((await format('--ignore-formatted')).stderr).toContain(
    `Duplicate directory ID Optional[${directoryId}] found. It was the ID of ${dirs[0]}, but also of ${dirs[1]}`,
  );
});
