import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { BrokerOptions } from '../../src/broker/broker-options.ts';
import { startTestBroker } from '../helpers/broker.ts';
import { open, run } from '../helpers/console.ts';
import { freePort } from '../helpers/free-port.ts';
import { hasTerminals, leftOn, terminal } from '../helpers/terminal.ts';

const OWN = { KTOOL_COMPAT: '' };

async function cluster(options: BrokerOptions = {}) {
  const broker = await startTestBroker(options);
  const env = { KTOOL_BOOTSTRAP_SERVER: `127.0.0.1:${broker.port}`, XDG_CONFIG_HOME: '/nonexistent' };
  const ktool = (...argv: string[]) => run(argv, '', { ...OWN, ...env });
  await ktool('topics', '--create', '--topic', 'orders', '--partitions', '2');
  return { broker, env, ktool, address: env.KTOOL_BOOTSTRAP_SERVER };
}
const names = async ({ ktool }: Awaited<ReturnType<typeof cluster>>) =>
  JSON.parse((await ktool('topics', '--list', '--exclude-internal', '--json')).stdout) as string[];

describe.skipIf(!hasTerminals)('before something goes for good', () => {
  test('a terminal is asked, with what goes and where; anything but yes leaves it', async () => {
    const place = await cluster();
    const asked = terminal(['topics', '--delete', '--topic', 'or.*'], place);
    await asked.shows(`On ${place.address} this deletes 1 topic with all records:\n  orders\nGo on? [y/N] `);
    asked.type('\n');
    expect(await asked.ended).toMatchObject({ status: 1, screen: expect.stringContaining('Left as it is.') });
    expect(await names(place)).toEqual(['orders']);
  });

  test('yes does it', async () => {
    const place = await cluster();
    const asked = terminal(['topics', '--delete', '--topic', 'orders'], place);
    await asked.shows('Go on?');
    asked.type('yes\n');
    expect((await asked.ended).status).toBe(0);
    expect(await names(place)).toEqual([]);
  });

  test.each(['--yes', '--force'])('%s asks nothing', async (flag) => {
    const place = await cluster();
    const { status, screen } = await terminal(['topics', '--delete', '--topic', 'orders', flag], place).ended;
    expect([status, leftOn(screen)]).toEqual([0, '']);
    expect(await names(place)).toEqual([]);
  });

  test("under the name of Kafka's script nothing is asked", async () => {
    const place = await cluster();
    const argv = ['topics', '--bootstrap-server', place.address, '--delete', '--topic', 'orders'];
    const env = { ...place.env, KTOOL_SCRIPT: 'kafka-topics.sh' };
    expect((await terminal(argv, { env }).ended).screen).toBe('');
    expect(await names(place)).toEqual([]);
    await place.ktool('topics', '--create', '--topic', 'orders');
    expect((await terminal(argv, { env: { ...place.env, KTOOL_COMPAT: 'kafka' } }).ended).screen).toBe('');
    expect(await names(place)).toEqual([]);
  });

  test('the end of input is a no', async () => {
    const place = await cluster();
    const asked = terminal(['topics', '--delete', '--topic', 'orders'], place);
    await asked.shows('Go on?');
    asked.type('\u0004');
    expect((await asked.ended).status).toBe(1);
    expect(await names(place)).toEqual(['orders']);
  });

  test('offsets, groups, records and brokers are asked for as well', async () => {
    const place = await cluster();
    const reset = ['consumer-groups', '--group', 'shop', '--reset-offsets', '--topic', 'orders', '--to-latest'];
    const question = async (argv: string[], text: string) => {
      const asked = terminal(argv, place);
      await asked.shows(text);
      await asked.shows('Go on?');
      asked.type('n\n');
      expect((await asked.ended).status).toBe(1);
    };
    expect((await terminal([...reset, '--dry-run'], place).ended).screen).toContain('Nothing is changed yet');
    await question(
      [...reset, '--execute'],
      'moves group shop; where it is now will not be known any more:\n  orders-0 to 0\n  orders-1 to 0\n',
    );
    expect((await place.ktool(...reset, '--execute')).status).toBe(0);
    await question(['consumer-groups', '--delete', '--group', 'shop'], 'deletes 1 group with all offsets:\n  shop\n');
    await question(
      ['consumer-groups', '--delete-offsets', '--group', 'shop', '--topic', 'orders:1'],
      'deletes offsets of group shop:\n  orders-1\n',
    );
    const terminate = ['transactions', 'forceTerminateTransaction', '--transactionalId', 'pay'];
    await question(terminate, 'ends a transaction, whose records nobody will see:\n  pay\n');
    await question(['cluster', 'unregister', '--id', '7'], 'takes a broker off the cluster:\n  broker 7\n');
    const alice = ['configs', '--alter', '--entity-type', 'users', '--entity-name', 'alice'];
    expect((await place.ktool(...alice, '--add-config', 'SCRAM-SHA-256=[password=secret]')).status).toBe(0);
    await question(
      [...alice, '--delete-config', 'SCRAM-SHA-256'],
      'deletes passwords; who logs in with them will be refused:\n  alice, SCRAM-SHA-256\n',
    );
    await question(
      ['delegation-tokens', '--expire', '--hmac', 'AAAA', '--expiry-time-period', '-1'],
      'ends a delegation token; who logs in with it will be refused:\n',
    );
    await question(
      ['features', 'downgrade', '--feature', 'share.version=0', '--unsafe'],
      'takes features down although metadata may be lost:\n  share.version to level 0\n',
    );
    await question(
      [
        'metadata-quorum',
        'remove-controller',
        '--controller-id',
        '1',
        '--controller-directory-id',
        'AAAAAAAAAAAAAAAAAAAAAg',
      ],
      'takes a controller out of the quorum',
    );
  });

  test('what can be had again is not asked for', async () => {
    const place = await cluster();
    const { screen, status } = await terminal(
      ['configs', '--alter', '--topic', 'orders', '--add-config', 'retention.ms=1000000'],
      place,
    ).ended;
    expect([status, leftOn(screen)]).toEqual([0, 'Completed updating config for topic orders.\n']);
    expect(
      (await terminal(['features', 'downgrade', '--feature', 'share.version=0'], place).ended).screen,
    ).not.toContain('Go on?');
  });
});

describe.skipIf(!hasTerminals)('a mistake at a terminal', () => {
  const ESC = '\u001b\\[';
  const RED = new RegExp(`^${ESC}31m([^\n]*(?:\n[^\n]*)*?)${ESC}39m\n`);
  test.each([
    [['topisc'], 'There is no command topisc. Did you mean ktool topics?', ''],
    [['topics', '--craete'], 'There is no option --craete', 'Did you mean --create?\n'],
    [
      ['topics', '--create'],
      '--topic is missing',
      'For example: ktool topics --create --topic orders --partitions 3\nSee: ktool topics --help\n',
    ],
    [['topics', '--describe', '--topic', 'nix'], "Topic 'nix' does not exist as expected", ''],
    [
      ['consumer-groups', '--describe', '--group', 'nix'],
      'Group nix not found.',
      'To see the groups there are: --list\n',
    ],
    [['context', 'use', 'nix'], 'There is no context nix; none are kept. To make it: ktool context add nix', null],
  ])('%j: %s, in red, and what to type', async (argv, message, next) => {
    const { env } = await cluster();
    const { status, screen } = await terminal(argv, { env }).ended;
    expect(status).toBe(1);
    const left = leftOn(screen);
    expect(RED.exec(left)?.[1]).toContain(message);
    if (next !== null) expect(left.replace(RED, '')).toBe(next);
  });

  test('is one line that says what to do where nothing listens', async () => {
    const { broker, env, address } = await cluster({ port: await freePort() });
    await broker.close();
    for (const command of [
      'topics --list',
      'consumer-groups --list',
      'configs --describe --topic x',
      'features describe',
    ])
      expect(leftOn((await terminal(command.split(' '), { env, columns: 300 }).ended).screen)).toBe(
        `\u001b[31mCannot connect to ${address}: nothing listens there (connection refused). Start a broker there (ktool server start), or correct host and port.\u001b[39m\n`,
      );
  });
});

describe('--watch', () => {
  const looks = (text: string) => text.match(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/gm)?.length ?? 0;

  test('in a pipe repeats the text below a line with the time, until Ctrl-C', async () => {
    const { env } = await cluster();
    const watching = open(['get-offsets', '--topic', 'orders', '--watch', '0.05'], { ...OWN, ...env });
    for (let look = 0; look < 3; look++) {
      expect(await watching.line()).toMatch(/^\d{4}-\d\d-\d\dT/);
      expect(await watching.line()).toBe('orders:0:0');
      expect(await watching.line()).toBe('orders:1:0');
    }
    watching.child.kill('SIGINT');
    const { status, stdout, stderr } = await watching.ended;
    expect({ status, stderr }).toEqual({ status: 130, stderr: '' });
    expect(looks(stdout)).toBeGreaterThanOrEqual(3);
  });

  test('goes on while the broker is away, and when it is back', async () => {
    const port = await freePort();
    const { broker, env } = await cluster({ port });
    const watching = open(['topics', '--list', '--watch', '0.05', '--json'], { ...OWN, ...env });
    expect(JSON.parse(await watching.line())).toEqual({ time: expect.any(String), data: ['orders'] });
    await broker.close();
    let said = '';
    watching.child.stderr.on('data', (text: Buffer) => {
      said += text;
    });
    while (!/^\S+Z Error while executing topic command : /m.test(said)) await once(watching.child.stderr, 'data');
    await startTestBroker({ port });
    let line = await watching.line();
    while (JSON.parse(line).data.length > 0) line = await watching.line();
    watching.child.kill('SIGINT');
    expect((await watching.ended).status).toBe(130);
  });

  test('CSV has one line of names, and the time first', async () => {
    const { env } = await cluster();
    const watching = open(['topics', '--list', '--watch', '0.05', '--output', 'csv'], { ...OWN, ...env });
    expect(await watching.line()).toBe('time,topic');
    for (let look = 0; look < 2; look++) expect(await watching.line()).toMatch(/^\S+Z,orders$/);
    watching.child.kill('SIGINT');
    await watching.ended;
  });

  test.each([
    [['topics', '--create', '--topic', 'x', '--watch'], '--watch goes with actions that only look'],
    [['topics', '--list', '--watch', 'soon'], "--watch takes seconds, 0.5 or 10 for example, not 'soon'"],
    [['topics', '--list', '--watch', '0'], "--watch takes seconds, 0.5 or 10 for example, not '0'"],
    [['topics', '--describe', '--topic', 'nowhere', '--watch'], "Topic 'nowhere' does not exist as expected"],
  ])('%j: %s', async (argv, message) => {
    const { ktool } = await cluster();
    const { status, stdout, stderr } = await ktool(...argv);
    expect(status).toBe(1);
    expect(stdout + stderr).toContain(message);
  });

  test.skipIf(!hasTerminals)('at a terminal says that the broker is away, above the last look', async () => {
    const { broker, env } = await cluster({ port: await freePort() });
    const watching = terminal(['topics', '--list', '--watch', '0.1'], { env });
    await watching.shows('orders');
    await broker.close();
    await watching.shows(/\d\d:\d\d:\d\d {2}Cannot connect to .*\n.*\n.*Topic.*\norders/);
    watching.type('\u0003');
    expect(await watching.ended).toMatchObject({ status: 130, screen: expect.not.stringContaining('WARN') });
  });

  test.skipIf(!hasTerminals)('at a terminal draws over itself, and leaves the last look behind', async () => {
    const { env, ktool } = await cluster();
    const watching = terminal(['topics', '--list', '--watch', '0.1'], { env, rows: 10, columns: 60 });
    await watching.shows('\u001b[?1049h');
    await watching.shows(/ktool topics --list --watch 0\.1 {2}every 0\.1 s {2}\d\d:\d\d:\d\d/);
    await watching.shows('orders');
    await ktool('topics', '--create', '--topic', 'payments');
    await watching.shows('payments');
    for (const n of [1, 2, 3, 4, 5, 6, 7]) await ktool('topics', '--create', '--topic', `t${n}`);
    await watching.shows('… 3 more lines');
    watching.type('\u0003');
    const { status, screen } = await watching.ended;
    expect(status).toBe(130);
    expect(screen.split('\u001b[?1049l')[1]).toMatch(/^.*Topic.*\norders\npayments\nt1\n(.*\n)*t7\n$/);
  });
});

test('--watch of --verify ends when all is done', async () => {
  const { env, ktool } = await cluster();
  const plan = join(mkdtempSync(join(tmpdir(), 'ktool-plan-')), 'plan.json');
  onTestFinished(() => rmSync(dirname(plan), { recursive: true }));
  writeFileSync(plan, '{"version":1,"partitions":[{"topic":"orders","partition":0,"replicas":[1]}]}');
  const verify = ['reassign-partitions', '--verify', '--reassignment-json-file', plan, '--watch', '60'];
  const { status, stdout } = await ktool(...verify);
  expect(status).toBe(0);
  expect(stdout).toContain('Reassignment of partition orders-0 is completed.');
  if (!hasTerminals) return;
  const shown = await terminal(verify, { env }).ended;
  expect([shown.status, shown.screen.split('\u001b[?1049l')[1]]).toEqual([
    0,
    expect.stringContaining('Reassignment of partition orders-0 is completed.\n'),
  ]);
});

describe.skipIf(!hasTerminals)('results at a terminal', () => {
  const LOOKS = [
    'topics --list',
    'topics --describe',
    'configs --describe --topic orders --all',
    'get-offsets --topic orders',
    'consumer-groups --list',
    'consumer-groups --describe --group shop',
    'consumer-groups --describe --group shop --state',
    'share-groups --list',
    'cluster list-endpoints',
    'broker-api-versions --watch 60',
    'log-dirs --describe --topic-list orders',
  ];

  test('have tables with colour that fit it, and with NO_COLOR none', async () => {
    const { env, ktool } = await cluster();
    await ktool(
      'consumer-groups',
      '--group',
      'shop',
      '--reset-offsets',
      '--topic',
      'orders',
      '--to-latest',
      '--execute',
    );
    await ktool('share-groups', '--group', 'pool', '--reset-offsets', '--topic', 'orders', '--to-latest', '--execute');
    for (const look of LOOKS) {
      const [coloured, plain] = [env, { ...env, NO_COLOR: '1' }].map((each) =>
        terminal(look.split(' '), { env: each, columns: 60, rows: 80 }),
      );
      for (const shown of [coloured!, plain!]) {
        if (!look.includes('--watch')) continue;
        await shown.shows('every 60 s');
        shown.type('\u0003');
      }
      const status = look.includes('--watch') ? 130 : 0;
      const [first, second] = [await coloured!.ended, await plain!.ended];
      expect([look, first.status, second.status]).toEqual([look, status, status]);
      expect(first.screen).toContain('\u001b[36m');
      expect(second.screen).not.toContain('\u001b[36m');
      const rows = leftOn(second.screen)
        .split('\n')
        .filter((row) => / {2}/.test(row) && !/^\S+ {2}\(/.test(row));
      if (status === 0) for (const row of rows) expect(row.length).toBeLessThanOrEqual(60);
    }
  });

  test("name things in the order of their names where Kafka's text has that of a hash map", async () => {
    const { ktool } = await cluster();
    const names = ['bananas', 'cherries', 'dates', 'elderberries'];
    for (const name of names) await ktool('topics', '--create', '--topic', name, '--partitions', '11');
    const inText = (await ktool('topics', '--describe')).stdout.match(/(?<=^Topic: )\S+(?=.*PartitionCount)/gm);
    expect(inText?.toSorted()).toEqual([...names, 'orders']);
    expect(inText).not.toEqual([...names, 'orders']);
    const table = async (...argv: string[]) => (await ktool(...argv, '--output', 'table')).stdout;
    expect((await table('topics', '--describe')).match(/^\S+(?= {2}\(id)/gm)).toEqual([...names, 'orders']);
    const logs = (await table('log-dirs', '--describe')).match(/(?<= )(bananas|dates) +\d+/g);
    const of = (topic: string) => Array.from({ length: 11 }, (_, partition) => `${topic} ${partition}`);
    expect(logs?.map((row) => row.replace(/ +/, ' '))).toEqual([...of('bananas'), ...of('dates')]);
  });

  test('have colour in a pipe with FORCE_COLOR and --output table only', async () => {
    const { env } = await cluster();
    const forced = { ...OWN, ...env, FORCE_COLOR: '1' };
    expect((await run(['topics', '--list'], '', forced)).stdout).toBe('orders\n');
    expect((await run(['topics', '--list', '--output', 'table'], '', forced)).stdout).toContain('\u001b[36mTopic');
  });
});

describe.skipIf(!hasTerminals)('how far long work is', () => {
  test('stands on the terminal while records come from a file or go to one, and is erased', async () => {
    const { env } = await cluster();
    const stop = join(mkdtempSync(join(tmpdir(), 'ktool-progress-')), 'stop');
    onTestFinished(() => rmSync(dirname(stop), { recursive: true }));
    const records = `while [ ! -e ${stop} ]; do echo line; sleep 0.02; done | `;
    const sent = terminal(['console-producer', '--topic', 'orders'], { env, before: records });
    await sent.shows(/\d records in [\d.]+ (ms|s), [\d,]+ a second/u);
    writeFileSync(stop, '');
    const { status, screen } = await sent.ended;
    expect(status).toBe(0);
    expect(screen.endsWith('\r\u001b[K')).toBe(true);
  });

  test('stands there while a perf test runs, with the share that is done, and not in its results', async () => {
    const { env } = await cluster();
    const wanted = ['--num-records', '900', '--record-size', '10', '--throughput', '400'];
    const sent = terminal(['producer-perf-test', '--topic', 'orders', ...wanted], { env, columns: 200 });
    await sent.shows(/[\d,]+ of 900 records \(\d+ %\), [\d,]+ a second, [\d.]+ (ms|s) left/u);
    const { status, screen } = await sent.ended;
    expect(status).toBe(0);
    const last = screen.slice(screen.lastIndexOf('\r\u001b[K') + 4);
    expect(last).toMatch(/^900 records sent, .*99\.9th\.\n$/);
  });

  test("is not there under Kafka's names", async () => {
    const { env, address } = await cluster();
    const records = `for i in 1 2 3 4; do echo line $i; sleep 0.15; done | `;
    const argv = ['console-producer', '--bootstrap-server', address, '--topic', 'orders'];
    const sent = terminal(argv, { env: { ...env, KTOOL_SCRIPT: 'kafka-console-producer.sh' }, before: records });
    expect(await sent.ended).toEqual({ status: 0, screen: '' });
  });
});
