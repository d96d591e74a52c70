// metadata-shell on the metadata log of a broker that did a little of everything.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startBroker } from '../../src/broker/start.ts';
import { typeCommands } from '../../src/cli/metadata-shell.ts';
import { ConfigResourceType, createAdmin } from '../../src/client/admin.ts';
import metadataShell from '../../src/commands/metadata-shell.ts';
import { nodeFiles } from '../../src/log/files.ts';
import { lockDirectory } from '../../src/log/lock-file.ts';
import { columnsOf } from '../../src/tools/metadata-shell/columns.ts';
import { loadMetadata } from '../../src/tools/metadata-shell/load.ts';
import { Shell } from '../../src/tools/metadata-shell/shell.ts';
import { shellTree } from '../../src/tools/metadata-shell/tree.ts';
import { capture } from '../cli/capture.ts';
import { User } from '../helpers/program.ts';

let log: string;

/** A broker with two topics, one of them gone again, configs, quotas, a user and what somebody may do. */
beforeAll(async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'ktool-'));
  log = join(dataDir, '__cluster_metadata-0', '00000000000000000000.log');
  const properties = new Map([
    ['authorizer.class.name', 'org.apache.kafka.metadata.authorizer.StandardAuthorizer'],
    ['super.users', 'User:ANONYMOUS'],
  ]);
  const broker = await startBroker({ port: 0, dataDir, properties });
  const admin = await createAdmin({ 'bootstrap.servers': broker.address });
  const retention = (topic: string, value: string) => ({
    resource: { type: ConfigResourceType.TOPIC, name: topic },
    ops: [{ name: 'retention.ms', value, op: 'SET' as const }],
  });
  await admin.createTopics([{ name: 'orders', numPartitions: 2 }, { name: 'gone' }]);
  await admin.incrementalAlterConfigs([retention('orders', '1234'), retention('gone', '1')]);
  await admin.deleteTopics(['gone']);
  const quota = (name: string | null) => ({
    entity: [{ type: 'user', name }],
    ops: new Map([['producer_byte_rate', 1000]]),
  });
  const entity = ['client-id c', 'user u']
    .map((each) => each.split(' '))
    .map(([type, name]) => ({ type: type!, name: name! }));
  await admin.alterQuotas([quota('a(b)'), quota(null), { entity, ops: new Map([['request_percentage', 5]]) }]);
  const defaults = { type: ConfigResourceType.BROKER, name: '' };
  await admin.incrementalAlterConfigs([
    { resource: defaults, ops: [{ name: 'log.retention.ms', value: '77', op: 'SET' }] },
  ]);
  await admin.alterScram({ upsertions: [{ user: 'alice', mechanism: 'SCRAM-SHA-256', password: 'x' }] });
  const orders = { resourceType: 2, resourceName: 'orders', patternType: 3 };
  await admin.createAcls([{ ...orders, principal: 'User:alice', host: '*', operation: 3, permissionType: 3 }]);
  await admin.close();
  await broker.close();
  return () => rmSync(dataDir, { recursive: true });
});

async function run(...words: string[]) {
  const { stdout, stderr, output } = capture();
  const status = await metadataShell.execute(['--snapshot', log, ...words], { env: {}, output });
  return { lines: stdout.text.split('\n').slice(0, -1), stderr: stderr.text, status };
}

describe('one command', () => {
  test('ls: names, and which directory they are in when there are several', async () => {
    expect((await run('ls')).lines).toEqual(['image', 'local']);
    expect((await run('ls', '/image/topics/*', '/nope')).lines).toEqual([
      'ls: /nope: no such file or directory.',
      'byId:',
      expect.stringMatching(/^[\w-]{22}$/),
      '',
      'byName:',
      'orders',
    ]);
    expect((await run('ls', 'image/topics/byName/{orders,nobody}/?')).lines).toEqual(['0', '1']);
  });

  test('cat: what is left of the records', async () => {
    const cat = async (path: string) => (await run('cat', path)).lines;
    expect(await cat('/image/configs/TOPIC:orders/retention.ms')).toEqual(['1234']);
    expect(await cat('/image/configs/TOPIC:gone/retention.ms')).toEqual([
      'cat: /image/configs/TOPIC:gone/retention.ms: No such file or directory.',
    ]);
    expect(await cat('/image/features/metadataVersion')).toEqual(['Optional[4.3-IV0]']);
    expect(await cat('/image/topics/../features/./finalized_group.version')).toEqual(['1']);
    expect(await cat('/image')).toEqual(['cat: /image: Is a directory']);
    expect(await cat('/image/topics/byName/orders/0')).toEqual([
      expect.stringMatching(
        /^PartitionRegistration\(replicas=\[1\], directories=\[[\w-]{22}\], isr=\[1\], .*leader=1, leaderRecoveryState=RECOVERED/,
      ),
    ]);
    expect(await cat('/image/cluster/brokers/1')).toEqual([
      expect.stringMatching(
        /^BrokerRegistration\(id=1, .*rack=Optional.empty, fenced=false, .*cordonedDirectories=\[\]\)$/,
      ),
    ]);
    expect(await cat('/image/scram/SCRAM-SHA-256/alice')).toEqual([
      expect.stringMatching(/^ScramCredentialData\(salt=[0-9a-f]+, .*iterations=4096\)$/),
    ]);
    expect(await cat('/image/acls/byId/*')).toEqual([
      'StandardAcl[resourceType=TOPIC, resourceName=orders, patternType=LITERAL, principal=User:alice, host=*, operation=READ, permissionType=ALLOW]',
    ]);
    expect(await cat('/image/provenance')).toEqual([
      expect.stringMatching(/^offset \d+, epoch 1, time \d{4}-.*Z\[UTC\]$/),
    ]);
  });

  test('tree and find: everything below; Kafka cannot enter the default of a quota, nor can this', async () => {
    expect((await run('tree', '/image/clientQuotas')).lines).toEqual([
      ':',
      'clientId(c)_user(u):',
      '  request_percentage:',
      '    5.0',
      'user(a\\(b\\)):',
      '  producer_byte_rate:',
      '    1000.0',
    ]);
    expect((await run('find', '/image/topics/byName')).lines).toEqual([
      '/image/topics/byName',
      '/image/topics/byName/orders',
      ...['0', '1', 'id', 'name'].map((name) => `/image/topics/byName/orders/${name}`),
    ]);
    expect(await run('find', '/local/version', '/image/clientQuotas')).toMatchObject({
      lines: ['/local/version', '/image/clientQuotas'],
      stderr: 'Expected  to be a valid child of /image/clientQuotas, but it was not.\n',
      status: 1,
    });
  });

  test('a name is read, not looked for: other spellings of one that is listed, features that nobody has set', async () => {
    const cat = async (...paths: string[]) => (await run('cat', ...paths)).lines;
    expect(await cat('/image/features/finalized_kraft.version', '/image/features/finalized_x')).toEqual(['0', '0']);
    expect(await cat('/image/configs/BROKER:/retention.ms', '/image/configs/BROKER:1:/x')).toEqual([
      'cat: /image/configs/BROKER:/retention.ms: No such file or directory.',
      'cat: /image/configs/BROKER:1:/x: No such file or directory.',
    ]);
    expect(await cat('/image/configs/BROKER:/log.retention.ms')).toEqual(['77']);
    expect((await run('ls', '/image/topics/byName/orders/+1', '/image/cluster/brokers/01')).lines).toEqual([
      '+1',
      '01',
    ]);
    expect(await cat('/image/clientQuotas/user(u)_clientId(c)/request_percentage')).toEqual(['5.0']);
    expect((await run('ls', '/image/clientQuotas/user(u)_clientId(c)_user(u)')).lines).toEqual(['request_percentage']);
  });

  test('a command that is none, or has too few words, is answered and no failure', async () => {
    expect(await run('dance')).toMatchObject({
      lines: ["invalid choice: 'dance' (choose from 'cat', 'find', 'ls', 'tree')"],
      status: 0,
    });
    expect((await run('cat')).lines).toEqual(['too few arguments']);
    expect((await run('pwd')).lines).toEqual(["invalid choice: 'pwd' (choose from 'cat', 'find', 'ls', 'tree')"]);
  });

  test('a file without records, or a folder, is refused', async () => {
    const { output, stderr } = capture();
    for (const path of [join(log, '..'), join(log, '..', '..', 'meta.properties')])
      expect(await metadataShell.execute(['--snapshot', path, 'ls'], { env: {}, output })).toBe(1);
    expect(stderr.text).toMatch(
      /__cluster_metadata-0 is a directory\. Name a snapshot .*\nThere are no records in .*meta\.properties\. Name/,
    );
  });

  test('a directory that a process uses is left alone, without a word before', async () => {
    const lock = await lockDirectory(nodeFiles, dirname(dirname(log)));
    onTestFinished(() => lock.release());
    const { output, stdout, stderr } = capture();
    expect(await metadataShell.execute(['--snapshot', log], { env: { KTOOL_COMPAT: 'kafka' }, output })).toBe(1);
    expect(stdout.text).toBe('');
    expect(stderr.text).toMatch(
      /^Unexpected error: Unable to lock .*\. Please ensure that no broker or controller process is using this directory before proceeding\.$/m,
    );
  });

  test('--json', async () => {
    expect(JSON.parse((await run('--json', 'ls')).lines.join('\n'))).toEqual(['image', 'local']);
  });
});

test('typed commands: a working directory, a history, help', async () => {
  const { image, provenance } = await loadMetadata(log);
  const root = shellTree(image, provenance, { version: '4.3.1', commitId: 'x' });
  const input = new PassThrough();
  const { stdout, output } = capture();
  input.end('cd image/topics\npwd\nls byName\ncd /local/version\nhistory 2\nman ls\nex\nexit\npwd\n');
  await typeCommands(new Shell(root, { interactive: { width: undefined } }), input, output);
  expect(stdout.text).toBe(
    '[ Kafka Metadata Shell ]\n>> >> /image/topics\n>> orders\n>> cd: /local/version: not a directory.\n' +
      ">>     3  cd /local/version\n    4  history 2\n>> ls: List metadata nodes.\n\nusage: ls [PATH ...]\n>> invalid choice: 'ex': did you mean 'exit'?\n>> ",
  );
});

test('columns are filled downwards', () => {
  expect(columnsOf(['a', 'bb', 'ccc', 'd', 'e'], 16)).toEqual(['a   ccc  e', 'bb  d    ']);
  expect(columnsOf(['a', 'b'], undefined)).toEqual(['a', 'b']);
  expect(columnsOf([], 80)).toEqual([]);
});

test('a file that is not there, and a directory in use', async () => {
  const { output, stderr } = capture();
  const env = { KTOOL_COMPAT: 'kafka' };
  expect(await metadataShell.execute(['-s', `${log}.not`, 'ls'], { env, output })).toBe(1);
  expect(stderr.text).toContain(`Unexpected error: java.nio.file.NoSuchFileException: ${log}.not\n`);
});

test('typed commands that cannot be', async () => {
  const { image, provenance } = await loadMetadata(log);
  const root = shellTree(image, provenance, { version: '4.3.1', commitId: 'x' });
  const input = new PassThrough();
  const { stdout, output } = capture();
  input.end('cd nope\ntree nope\nman nope\nnope\nls {orders\nhistory x\n');
  await typeCommands(new Shell(root, { interactive: { width: undefined } }), input, output);
  expect(stdout.text.split('\n').slice(1, 7)).toEqual([
    '>> cd: nope: no such directory.',
    '>> tree: nope: No such file or directory.',
    '>> man: unknown command nope. Type help to get a list of commands.',
    ">> invalid choice: 'nope' (choose from 'cat', 'cd', 'exit', 'find', 'help', 'history', 'ls', 'man', 'pwd', 'tree')",
    '>> ls: {orders: no such file or directory.',
    `>> argument numEntriesToShow: could not convert 'x' to Integer (For input string: "x")`,
  ]);
});

// Recorded: kafka-metadata-shell --snapshot FILE cat /image/features/metadataVersion. Where a batch is damaged Kafka's waits for ever
// behind what is logged; ktool ends.
describe('a damaged snapshot', () => {
  const READER = '(org.apache.kafka.metadata.util.SnapshotFileReader)';
  const header = `ERROR Ignoring control record with type SNAPSHOT_HEADER at offset 0 ${READER}`;
  const footer = `ERROR Ignoring control record with type SNAPSHOT_FOOTER at offset 7 ${READER}`;
  const whole = readFileSync(new URL('../kafka/damage/base/metadata/bootstrap.checkpoint', import.meta.url));

  async function logged(...changes: readonly [at: number, value: number][]) {
    const folder = mkdtempSync(join(tmpdir(), 'ktool-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const bytes = Buffer.from(whole);
    for (const [at, value] of changes) bytes[at] = value;
    writeFileSync(join(folder, 'bootstrap.checkpoint'), bytes);
    const { stdout, stderr, output } = capture();
    const argv = ['--snapshot', join(folder, 'bootstrap.checkpoint'), 'cat', '/image/features/metadataVersion'];
    const status = await metadataShell.execute(argv, { env: { KTOOL_COMPAT: 'kafka' }, output });
    const lines = stderr.text.trimEnd().split('\n');
    return { status, out: stdout.text, err: lines.map((line) => line.replace(/^\[.*?\] /, '')) };
  }

  test('control records and records that cannot be read are passed over', async () => {
    expect(await logged([66, 0x80])).toEqual({
      status: 0,
      out: 'Optional[4.3-IV0]\n',
      err: [
        `ERROR unable to read control record at offset 0 ${READER}`,
        'org.apache.kafka.common.InvalidRecordException: Invalid version found for control record: -32768. May indicate data corruption',
        footer,
      ],
    });
    const PARSE = 'org.apache.kafka.server.common.serialization.MetadataParseException';
    expect((await logged([253, 126])).err).toEqual([
      header,
      `ERROR unable to read metadata record at offset 4 ${READER}`,
      `${PARSE}: Could not deserialize metadata record due to unknown frame version 126(only frame version 1 is supported)`,
      footer,
    ]);
    const unknown = 'org.apache.kafka.common.errors.UnsupportedVersionException: Unknown metadata id 127';
    expect((await logged([181, 127])).err.slice(1, 4)).toEqual([
      `ERROR unable to read metadata record at offset 2 ${READER}`,
      `${PARSE}: ${unknown}`,
      `Caused by: ${unknown}`,
    ]);
  });

  test.each<[number, number, string]>([
    [11, 184, 'Incorrect declared batch size, records still remaining in file'],
    [143, 249, 'Incorrect declared batch size, premature EOF reached'],
  ])('a damaged batch ends it', async (at, value, message) => {
    const { status, out, err } = await logged([at, value]);
    expect({ status, out }).toEqual({ status: 1, out: '' });
    expect(err.slice(at === 11 ? 0 : 1)).toEqual([
      `ERROR Unexpected error while handling a batch of events ${READER}`,
      `org.apache.kafka.common.InvalidRecordException: ${message}`,
      `Unexpected error: ${message}`,
      `org.apache.kafka.common.InvalidRecordException: ${message}`,
    ]);
  });
});

test('what is typed is answered behind a prompt, also where nobody sees it', async () => {
  const { stdout, status } = await new User().run(
    ['kafka-metadata-shell', '--snapshot', log],
    { KTOOL_COMPAT: 'kafka' },
    'help\npwd\nexit\n',
  );
  const lines = stdout.split('\n');
  expect(lines.slice(0, 5)).toEqual([
    'Loading...',
    'Starting...',
    '[ Kafka Metadata Shell ]',
    '>> Welcome to the Apache Kafka metadata shell.',
    '',
  ]);
  expect(lines.slice(-2)).toEqual(['>> /', '>> ']);
  expect(status).toBe(0);
});
