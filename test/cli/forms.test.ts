// Every command with a result, in every form: the documented JSON, Kafka's text in a pipe, CSV, and what a terminal shows.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Broker, startBroker } from '../../src/broker/start.ts';
import type { ScriptCommand } from '../../src/cli/script-command.ts';
import { columnsOf } from '../../src/cli/terminal/width.ts';
import { documentedShapes, misfit } from '../helpers/json-shapes.ts';
import { capture } from './capture.ts';

let broker: Broker;
let folder = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ktool-forms-'));
  const partition = { topic: 'orders', partition: 0 };
  const files = {
    plan: { version: 1, partitions: [{ ...partition, replicas: [1], log_dirs: ['any'] }] },
    topics: { version: 1, topics: [{ topic: 'orders' }] },
    offsets: { version: 1, partitions: [{ ...partition, offset: 0 }] },
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), JSON.stringify(text));
  broker = await startBroker({ port: 0 });
});
afterAll(async () => {
  await broker.close();
  rmSync(folder, { recursive: true });
});

async function run(
  line: string,
  settings: { columns?: number; more?: readonly string[]; env?: NodeJS.ProcessEnv } = {},
) {
  const [name, ...words] = line.replaceAll('@', `${folder}/`).replace('%', broker.address).split(' ');
  const { default: command } = (await import(`../../src/commands/${name}.ts`)) as { default: ScriptCommand };
  const { stdout, stderr, output } = capture({
    ...(settings.columns !== undefined && { columns: settings.columns }),
    env: settings.env ?? {},
  });
  const env = { KTOOL_BOOTSTRAP_SERVER: broker.address, XDG_CONFIG_HOME: folder };
  const status = await command.execute([...words, ...(settings.more ?? [])], { env, output });
  return { status, stdout: stdout.text, stderr: stderr.text };
}

interface Case {
  readonly line: string;
  /** The exit status. */
  readonly wanted: number;
}
const at = (line: string, wanted = 0): Case => ({ line, wanted });

/** Command lines in an order in which each finds what it needs. */
const CHANGES: readonly Case[] = [
  at('topics --create --topic orders --partitions 2 --config retention.ms=5000'),
  at('topics --alter --topic orders --partitions 3'),
  at('configs --alter --topic orders --add-config retention.ms=1'),
  at('configs --alter --user alice --add-config producer_byte_rate=5'),
  at('consumer-groups --reset-offsets --group shop --topic orders:1 --to-latest --execute'),
  at('share-groups --reset-offsets --group pool --topic orders --to-latest --execute'),
  at('client-metrics --alter --name all --metrics * --interval 1000'),
];
const LOOKS: readonly Case[] = [
  at('topics --list'),
  at('topics --describe'),
  at('configs --describe --topic orders'),
  at('configs --describe --user alice'),
  at('get-offsets --topic orders'),
  at('consumer-groups --list'),
  at('consumer-groups --describe --group shop'),
  at('consumer-groups --describe --group shop --state'),
  at('consumer-groups --validate-regex a.*'),
  at('share-groups --list'),
  at('share-groups --describe --group pool'),
  at('share-groups --describe --group pool --state'),
  at('streams-groups --list'),
  at('streams-application-reset --application-id app --input-topics orders --dry-run'),
  at('cluster cluster-id'),
  at('cluster list-endpoints'),
  at('client-metrics --list'),
  at('client-metrics --describe'),
  at('broker-api-versions --bootstrap-server %'),
  at('log-dirs --describe --topic-list orders'),
  at('reassign-partitions --generate --topics-to-move-json-file @topics --broker-list 1'),
];
const ENDS: readonly Case[] = [
  at('leader-election --election-type preferred --topic orders --partition 0'),
  at('reassign-partitions --execute --reassignment-json-file @plan'),
  at('delete-records --offset-json-file @offsets'),
  at('consumer-groups --delete-offsets --group shop --topic orders:1 --topic nowhere', 1),
  at('consumer-groups --delete --group shop --group nobody', 1),
  at('share-groups --delete-offsets --group pool --topic orders'),
  at('share-groups --delete --group pool --group nobody', 1),
  at('streams-groups --delete --group nobody', 1),
  at('client-metrics --delete --name all'),
  at('cluster unregister --id 7', 1),
  at('topics --delete --topic orders'),
];

const documented = documentedShapes();

/** The entry whose words are all on the command line, the longest of several. */
function entryOf(line: string): string {
  const words = line.split(' ');
  const fitting = [...documented.keys()].filter((entry) => entry.split(' ').every((word) => words.includes(word)));
  const longest = fitting.sort((a, b) => b.length - a.length)[0];
  if (longest === undefined) throw new Error(`the README has nothing of ${line}`);
  return longest;
}

/** Standard output of a program's: no escape sequences, whole lines. */
function expectPlain(text: string): void {
  expect(text).not.toContain('\u001b');
  expect(text === '' || text.endsWith('\n')).toBe(true);
}

async function expectJson(line: string, wanted: number): Promise<void> {
  const { status, stdout } = await run(line, { more: ['--json'], columns: 80 });
  expect(status).toBe(wanted);
  expect(misfit(JSON.parse(stdout), documented.get(entryOf(line))!)).toBeUndefined();
}

// One after the other: what changes first is looked at then, and goes at the end.
describe.sequential('every command with a result', () => {
  test.each(CHANGES)('$line prints the documented JSON', ({ line, wanted }) => expectJson(line, wanted));

  describe.each(LOOKS)('$line', ({ line, wanted }) => {
    test('prints the documented JSON, also as --output json', async () => {
      await expectJson(line, wanted);
      const { stdout } = await run(line, { more: ['--output', 'json'] });
      expect(misfit(JSON.parse(stdout), documented.get(entryOf(line))!)).toBeUndefined();
    });

    test("prints Kafka's text into a pipe, in whatever form it is asked for at a terminal", async () => {
      const { status, stdout } = await run(line);
      expect(status).toBe(wanted);
      expectPlain(stdout);
      expect((await run(line, { more: ['--output', 'text'], columns: 80 })).stdout).toBe(stdout);
    });

    test('prints CSV with as many cells in each line', async () => {
      const { stdout } = await run(line, { more: ['--output', 'csv'], columns: 80 });
      expectPlain(stdout);
      const cells = stdout
        .replace(/"(?:[^"]|"")*"/g, 'quoted')
        .split('\n')
        .filter(Boolean)
        .map((row) => row.split(',').length);
      expect(new Set(cells).size).toBeLessThanOrEqual(1);
    });

    test.each([300, 80, 40])('fits a terminal of %i columns', async (columns) => {
      const { status, stdout } = await run(line, { columns });
      expect(status).toBe(wanted);
      const table = await run(line, { columns, more: ['--output', 'table'], env: { NO_COLOR: '1' } });
      expectPlain(table.stdout);
      const hasTable = stdout.includes('\u001b[');
      const rows = table.stdout.split('\n').filter((row) => / {2}/.test(row) && !/ \(/.test(row));
      // Blocks of lines, where columns have no room, are not cut.
      if (hasTable && columns > 40) for (const row of rows) expect(columnsOf(row)).toBeLessThanOrEqual(columns);
    });
  });

  test.each(ENDS)('$line prints the documented JSON', ({ line, wanted }) => expectJson(line, wanted));
});

test('the README documents nothing that is not tested here', () => {
  const tested = new Set([...CHANGES, ...LOOKS, ...ENDS].map(({ line }) => entryOf(line)));
  expect([...documented.keys()].filter((entry) => !tested.has(entry))).toEqual([]);
});

describe('a failure', () => {
  const line = 'topics --describe --topic nowhere';
  const message = "Topic 'nowhere' does not exist as expected";

  test('is a document in JSON, nothing in CSV, and told on standard error', async () => {
    const json = await run(line, { more: ['--output', 'json'] });
    expect([json.status, JSON.parse(json.stdout)]).toEqual([1, { error: message }]);
    const csv = await run(line, { more: ['--output', 'csv'] });
    expect([csv.status, csv.stdout]).toEqual([1, '']);
    for (const { stderr } of [json, csv]) expect(stderr).toContain(message);
  });

  test.each([
    [['--output', 'xml'], 'There is no form xml here: --output takes text, table, json, csv'],
    [['--output'], 'Option output requires an argument'],
    [['--output', 'csv', '--json'], '--json and --output csv do not go together'],
  ])('%j', async (more, message) => {
    const { status, stdout, stderr } = await run('topics --list', { more });
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain(message);
  });

  test('commands that print as they go have no tables', async () =>
    expect((await run('console-consumer --topic t', { more: ['--output', 'csv'] })).stderr).toContain(
      'There is no form csv here: --output takes text, json',
    ));
});
