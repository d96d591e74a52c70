// Every command at a real pseudo-terminal, narrow, usual and wide, on clusters with names that are wide, and names and records
// that would speak to the terminal.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAdmin } from '../../src/client/admin.ts';
import { Consumer } from '../../src/client/consumer.ts';
import { createProducer } from '../../src/client/producer.ts';
import { allCommands } from '../cli/documents/actions.ts';
import { type Case, LOOKS, OWN, RECORDS } from '../cli/documents/cases.ts';
import { startWorld, type World } from '../cli/documents/world.ts';
import { hasTerminals, leftOn, screens } from '../helpers/terminal.ts';

// Not the program's own measure of a text.
const require = createRequire(createRequire(import.meta.url).resolve('cli-table3'));
const columnsOf = require('string-width') as (text: string) => number;

/** Retitles a window, clears a screen, rings, goes back in the line, turns the direction around, and an 8-bit CSI. */
const EVIL = 'x\u001b]0;pwned\u0007\u001b[2J\rback\u202eturned\u009b2J';
const SHOWN = 'x\\u001b]0;pwned\\u0007\\u001b[2J';
const WIDE = '注文の履歴-🍎-한국어';

interface Line {
  readonly argv: readonly string[];
  /** Ctrl-C comes when this is on the screen. */
  readonly until?: string;
  /** Why it may be wider than the terminal. */
  readonly wide?: string;
  /** Shows what is evil. */
  readonly evil?: boolean;
}

const PROGRAMS = 'lines for programs, or the records themselves';
const COPIED = 'commands and paths, which are to be copied';
const looking = (text: string, more: Partial<Line> = {}): Line => ({ argv: text.split(' '), ...more });

const SHOWING_EVIL: readonly Line[] = [
  'groups --list',
  'consumer-groups --list',
  'consumer-groups --describe --all-groups',
  'consumer-groups --describe --all-groups --members --verbose',
  'consumer-groups --describe --all-groups --state',
  'transactions list',
  'configs --describe --entity-type users',
  'acls --list',
].map((text) => looking(text, { evil: true }));

const OWN_LINES: readonly Line[] = [
  looking('console-consumer --topic evil --from-beginning --max-messages 2 --formatter-property print.key=true', {
    evil: true,
    wide: PROGRAMS,
  }),
  { argv: ['consumer-groups', '--describe', '--group', EVIL], evil: true },
  { argv: ['console-consumer', '--topic', EVIL], evil: true },
  looking('console-producer'),
  looking('replica-verification --topics-include orders --report-interval-ms 1', { until: 'max lag', wide: PROGRAMS }),
  looking('server start --ephemeral --port 0', { until: 'Next', wide: COPIED }),
  looking('server status'),
  looking('server stop'),
  looking('completion bash', { wide: COPIED }),
  looking('jmx'),
  looking('connect-standalone', { wide: COPIED }),
  looking('connect-distributed', { wide: COPIED }),
  looking('connect-mirror-maker', { wide: COPIED }),
  looking('streams-application-reset'),
  looking('delete-records'),
  looking('leader-election'),
  { argv: [] },
  looking('topics --craete'),
  looking('topics --create'),
  looking('topics --describe --topic nowhere'),
  looking('topics --list --bootstrap-server 127.0.0.1:1'),
  looking('groups --list --watch 60', {
    until: 'Group',
    wide: 'the head of the screen is cut, not what is left behind',
  }),
];

/** What only looks, of the lines with a result. */
const LINES: readonly Line[] = [
  ...LOOKS.map(({ line }: Case) => looking(line)),
  ...OWN.filter(({ line }) => !line.startsWith('context remove')).map(({ line }) => looking(line, { wide: COPIED })),
  ...RECORDS.filter(({ line }) => !line.includes('verifiable') && !line.includes('share-consumer')).map(({ line }) =>
    looking(line, { wide: PROGRAMS }),
  ),
  looking('verifiable-producer --topic shared --max-messages 3 --bootstrap-server %', { wide: PROGRAMS }),
  looking('verifiable-consumer --topic shared --group-id other --bootstrap-server 127.0.0.1:1', { wide: PROGRAMS }),
  looking('verifiable-share-consumer --topic shared --group-id other --bootstrap-server 127.0.0.1:1', {
    wide: PROGRAMS,
  }),
  looking('console-share-consumer --topic orders --bootstrap-server 127.0.0.1:1', { wide: PROGRAMS }),
  looking('share-consumer-perf-test --topic orders --num-records 3 --bootstrap-server 127.0.0.1:1', { wide: PROGRAMS }),
  ...SHOWING_EVIL,
  ...OWN_LINES,
  looking('context remove there', { wide: COPIED }),
];

let world: World;
const closing: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  if (!hasTerminals) return;
  world = await startWorld();
  await speak({ 'bootstrap.servers': world.one.address });
});
afterAll(async () => {
  await Promise.all(closing.map((close) => close()));
  await world?.close();
});

/** Groups, clients, transactions, users, entries and records with names that speak, and that are wide. */
async function speak(properties: Record<string, string>): Promise<void> {
  const admin = await createAdmin(properties);
  await admin.createTopics([{ name: 'evil' }]);
  for (const name of [EVIL, WIDE]) {
    await admin.alterGroupOffsets(name, [{ topic: 'orders', partition: 0, offset: 0 }]);
    const consumer = await Consumer.create({ ...properties, 'group.id': `member-${name}`, 'client.id': name }, {});
    await consumer.subscribe({ topic: 'evil' });
    await consumer.next(50);
    const paying = await createProducer({ ...properties, 'transactional.id': name });
    await paying.initTransactions();
    await admin.alterQuotas([{ entity: [{ type: 'user', name }], ops: new Map([['producer_byte_rate', 1]]) }]);
    await admin.createAcls([
      {
        resourceType: 2,
        resourceName: 'evil',
        patternType: 3,
        principal: `User:${name}`,
        host: '*',
        operation: 3,
        permissionType: 3,
      },
    ]);
    const producer = await createProducer(properties);
    producer.append('evil', 0, Buffer.from(name), Buffer.from(name), [{ key: name, value: Buffer.from(name) }]);
    await producer.flush();
    closing.push(
      () => consumer.close(),
      () => paying.close(),
      () => producer.close(),
    );
  }
  closing.push(() => admin.close());
}

function filled({ argv, until }: Line) {
  const { folder, one, loginAddress, three } = world;
  const words = argv.map((word) =>
    word === EVIL
      ? word
      : word
          .replaceAll('@', `${folder}/`)
          .replaceAll('%', one.address)
          .replaceAll('~', loginAddress)
          .replaceAll('^', three.bootstrapServers),
  );
  return { argv: words, until };
}

/** What the program itself may say to a terminal: colour, the line in place, the other screen, the cursor. */
const CSI = '\u001b\\[';
const OURS = new RegExp(`${CSI}(?:[\\d;]*m|K|J|H|\\?1049[hl]|\\?25[hl])|\\r(?=${CSI}K)`, 'g');
const CONTROL = /[^\P{Cc}\n\t]|\p{Bidi_Control}/u;

/** A line may be wider than the terminal where it is an example, or one long word: both are left whole, for who copies them. */
const fits = (line: string, columns: number): boolean =>
  columnsOf(line) <= columns ||
  /^ +[$] ktool /.test(line) ||
  !/\S\s+\S/u.test(line.replace(/^[^\s:]+:(?= )/u, '').trim());

describe.skipIf(!hasTerminals)('every command at a terminal', () => {
  test.each([40, 80, 200])('of %i columns', async (columns) => {
    const env = {
      KTOOL_BOOTSTRAP_SERVER: world.one.address,
      XDG_CONFIG_HOME: join(world.folder, String(columns)),
      XDG_DATA_HOME: join(world.folder, String(columns)),
    };
    const shown = await screens(LINES.map(filled), { columns, env, folder: world.folder });
    for (const [i, { argv, wide, evil }] of LINES.entries()) {
      const { screen, status } = shown[i]!;
      const name = `${argv.join(' ')} [${status}]`;
      const text = screen.replace(OURS, '');
      expect(status, `${name}: ${screen}`).toMatch(/^(0|1|130)$/);
      expect(CONTROL.exec(text), `${name}: ${JSON.stringify(screen)}`).toBeNull();
      expect(text, name).not.toMatch(/^\s+at .*\(|^Caused by: |Exception in thread/m);
      if (evil && columns === 200) expect(text, name).toContain(SHOWN.slice(0, 12));
      if (wide === undefined)
        for (const line of leftOn(screen).replace(OURS, '').split('\n'))
          expect(fits(line, columns), `${name}: ${line}`).toBe(true);
    }
  });

  test('wide names stand in their columns', async () => {
    const env = { KTOOL_BOOTSTRAP_SERVER: world.one.address, NO_COLOR: '1' };
    const [shown] = await screens([looking('consumer-groups --list')], { columns: 120, env, folder: world.folder });
    const lines = leftOn(shown!.screen).trimEnd().split('\n');
    const before = (line: string, word: RegExp) => columnsOf(line.slice(0, line.search(word)));
    const column = before(lines[0]!, /Type/);
    const rows = lines.slice(1);
    expect(rows.some((line) => line.startsWith(WIDE))).toBe(true);
    for (const line of rows) expect(before(line, / (?:Classic|Consumer) {2}/) + 1, line).toBe(column);
  });

  test('none is left out', async () => {
    const typed = new Set(LINES.flatMap(({ argv }) => [argv[0], argv.slice(0, 2).join(' ')]));
    const left = (await allCommands()).filter(({ name }) => !typed.has(name)).map(({ name }) => name);
    expect(left).toEqual([]);
  });
});

test('the manifest lists no command that the walk does not know', async () => {
  const manifest = JSON.parse(readFileSync(new URL('../../oclif.manifest.json', import.meta.url), 'utf8')) as {
    commands: Record<string, { id: string; hidden?: boolean }>;
  };
  const known = (await allCommands()).map(({ name }) => name);
  const listed = Object.values(manifest.commands).filter(({ hidden }) => !hidden);
  expect(listed.map(({ id }) => id.replace(':', ' ')).filter((name) => !known.includes(name))).toEqual([]);
});
