// Every command with a result, on clusters that have something of everything: the documents of --json as they are written
// down, Kafka's text in a pipe, CSV, and what a terminal shows.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { csvText } from '../../../src/cli/csv.ts';
import { documents, entryOf } from '../../../src/cli/documents/index.ts';
import { columnsOf } from '../../../src/cli/terminal/width.ts';
import { parseCsv } from '../../helpers/csv.ts';
import { misfit, pathsOf, shapesOf } from '../../helpers/json-shapes.ts';
import { actionsOf, allCommands } from './actions.ts';
import { AFTERWARDS, type Case, CHANGES, ENDS, LOOKS, OPTIONS, OWN, RECORDS } from './cases.ts';
import { IN_PROCESSES, isAtTimes, NEVER_HERE } from './exceptions.ts';
import { Runner, type Settings } from './run.ts';
import { startWorld } from './world.ts';

let runner: Runner;
/** The paths that documents have shown, by entry; before each the number of the shape. */
const seen = new Map<string, Set<string>>();

beforeAll(async () => {
  runner = new Runner(await startWorld());
});
afterAll(() => runner.world.close());

const nameOf = ({ line, entry }: Case): string => entry ?? entryOf(line.split(' ')) ?? line;

/** Standard output of a program's: no escape sequences, whole lines. */
function expectPlain(text: string): void {
  expect(text).not.toContain('\u001b');
  expect(text === '' || text.endsWith('\n')).toBe(true);
}

function expectDocument(document: unknown, entry: string): void {
  const shown = seen.get(entry) ?? new Set();
  seen.set(entry, shown);
  const misfits = shapesOf(documents[entry]!).map((shape, i) => {
    const paths = new Set<string>();
    const found = misfit(document, shape, paths);
    if (found === undefined) for (const path of paths) shown.add(`${i}${path}`);
    return found;
  });
  expect(misfits, JSON.stringify(document)).toContain(undefined);
}

/** Runs a line and holds its documents against what is written of them. */
async function expectJson(each: Case, settings: Settings = { more: ['--json'] }, rows = 1): Promise<unknown[]> {
  const { status, stdout } = await runner.run(each.line, { columns: 80, ...settings });
  expect(status, stdout).toBe(each.status);
  expectPlain(stdout);
  const entry = nameOf(each);
  const isLines = typeof documents[entry] === 'object';
  const found = (isLines ? stdout.trimEnd().split('\n') : [stdout]).map((text) => JSON.parse(text));
  for (const document of found) expectDocument(document, entry);
  if (!isLines) expectCsv(csvText({ data: found[0], document: entry }, []), rows);
  if (each.keep) for (const [name, value] of Object.entries(each.keep(found[0] as never))) runner.kept.set(name, value);
  return found;
}

function expectCsv(text: string, least = 1): void {
  const [names = [], ...rows] = parseCsv(text);
  expect(new Set(names).size).toBe(names.length);
  expect(rows.length).toBeGreaterThanOrEqual(least);
  for (const row of rows) expect(row).toHaveLength(names.length);
}

/** Two looks are not at the same time, and a longer number has fewer blanks behind it. */
const timeless = (text: string): string => text.replace(/[\w-]{22}/g, 'ID').replace(/\d+ */g, '0 ');

// One after the other: what is changed first is looked at then, and goes at the end.
describe('every command with a result', { sequential: true, shuffle: false }, () => {
  test.each(CHANGES)('$line: the documented JSON', async (each) => void (await expectJson(each)));

  describe.each(LOOKS)('$line', (each) => {
    const { line, status } = each;

    test('the documented JSON, also as --output json', async () => {
      await expectJson(each);
      await expectJson(each, { more: ['--output', 'json'], env: { FORCE_COLOR: '1' } });
    });

    test("Kafka's text into a pipe, and at a terminal where it is asked for", async () => {
      const piped = await runner.run(line, { env: { FORCE_COLOR: '1' } });
      expect(piped.status).toBe(status);
      expectPlain(piped.stdout);
      const shown = await runner.run(line, { more: ['--output', 'text'], columns: 80 });
      expect(timeless(shown.stdout)).toBe(timeless(piped.stdout));
    });

    test('CSV, whose names are always the same', async () => {
      const { stdout } = await runner.run(line, { more: ['--output', 'csv'], columns: 80 });
      expectPlain(stdout);
      expectCsv(stdout);
    });

    test.each([300, 80, 40])('fits a terminal of %i columns', async (columns) => {
      const shown = await runner.run(line, { columns });
      expect(shown.status).toBe(status);
      for (const env of [{ NO_COLOR: '1' }, { TERM: 'dumb' }])
        expectPlain((await runner.run(line, { columns, more: ['--output', 'table'], env })).stdout);
      if (!shown.stdout.includes('\u001b[') || columns === 40) return;
      // Blocks of lines, where columns have no room, are not cut.
      const { stdout } = await runner.run(line, { columns, env: { NO_COLOR: '1' } });
      const rows = stdout.split('\n').filter((row) => / {2}/.test(row) && !/ \(/.test(row));
      for (const row of rows) expect(columnsOf(row)).toBeLessThanOrEqual(columns);
    });
  });

  test.each(OPTIONS)('$line: the same JSON', async (each) => void (await expectJson(each, undefined, 0)));

  test.each(RECORDS)('$line: the documented JSON', async (each) => void (await expectJson(each)));
  const measuring = RECORDS.filter((each) => typeof documents[nameOf(each)] === 'string');
  test.each(measuring)('$line: CSV alone, also where lines are printed on the way', async ({ line }) => {
    const { status, stdout } = await runner.run(line, { more: ['--output', 'csv'] });
    expect(status).toBe(0);
    expectCsv(stdout);
  });
  test.each(OWN)('$line: the documented JSON', async (each) => void (await expectJson(each)));
  test.each(ENDS)('$line: the documented JSON', async (each) => void (await expectJson(each)));

  test('the members go', () => runner.world.leave());
  test.each(AFTERWARDS)('$line: the documented JSON', async (each) => void (await expectJson(each)));

  test('every value that is documented was there', () => {
    const entries = Object.entries(documents).filter(([entry]) => !IN_PROCESSES.includes(entry));
    const unseen = entries.flatMap(([entry, answer]) =>
      shapesOf(answer).flatMap((shape, i) =>
        pathsOf(shape)
          .filter((path) => !seen.get(entry)?.has(`${i}${path}`))
          .map((path) => `${entry} ${i === 0 ? '' : `${i} `}${path}`),
      ),
    );
    expect(unseen.filter((path) => !isAtTimes(path)).sort()).toEqual([...NEVER_HERE].sort());
  });
});

describe('a failure', () => {
  const server = '127.0.0.1:1';

  test.each(LOOKS.filter(({ line }) => !/server|storage|version-mapping|dependencies|snapshot|regex/.test(line)))(
    '$line without a broker: a document in JSON, nothing in CSV, and told on standard error',
    async ({ line }) => {
      const json = await runner.run(line, { more: ['--json'], server });
      expect(JSON.parse(json.stdout)).toEqual({ error: expect.stringContaining(server) });
      const csv = await runner.run(line, { more: ['--output', 'csv'], server });
      expect(csv.stdout).toBe('');
      for (const { status, stderr } of [json, csv]) {
        expect(status).toBe(1);
        expect(stderr).toContain(server);
      }
    },
  );

  test.each([
    [['--output', 'xml'], 'There is no form xml here: --output takes text, table, json, csv'],
    [['--output'], 'Option output requires an argument'],
    [['--output', 'csv', '--json'], '--json and --output csv do not go together'],
  ])('%j', async (more, message) => {
    const { status, stdout, stderr } = await runner.run('topics --list', { more });
    expect(status).toBe(1);
    expect(stdout === '' ? '' : JSON.parse(stdout)).toEqual(more.includes('--json') ? { error: message } : '');
    expect(stderr).toContain(message);
  });

  test('commands that print as they go have no tables', async () =>
    expect((await runner.run('console-consumer --topic t', { more: ['--output', 'csv'] })).stderr).toContain(
      'There is no form csv here: --output takes text, json',
    ));
});

describe('every command', async () => {
  const commands = await allCommands();

  test.each(commands.flatMap(actionsOf))('%s is documented', (action) =>
    expect(Object.keys(documents)).toContain(entryOf(action.split(' '))),
  );

  test('and nothing that is none', () => {
    const actions = commands.flatMap(actionsOf);
    const strangers = Object.keys(documents).filter(
      (entry) => !actions.some((action) => entry.startsWith(action) || action.startsWith(entry)),
    );
    expect(strangers).toEqual([]);
  });

  const scripts = commands.filter(({ light }) => light.script !== undefined && 'execute' in light);
  test.each(scripts.map(({ name }) => name))('%s: a mistake is a document', async (name) => {
    const { status, stdout, stderr } = await runner.run(name, { more: ['--nonsense', '--json'] });
    expect(status).toBe(1);
    const { error } = JSON.parse(stdout);
    expect(stderr).toContain(error);
    const answer = documents[name];
    if (typeof answer === 'object' && 'none' in answer) expect(error).toBe(`There is no --json here: ${answer.none}`);
  });
});
