// Damaged files in kafka-dump-log: what Apache Kafka 4.3.1 said of each (record.mjs), word for word.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import dumpLog from '../../../src/commands/dump-log.ts';
import { capture } from '../../cli/capture.ts';
import { baseFiles, commandOf, type Target, targets, variants } from './family.mjs';

/** Where ktool says something else, and why; by target and case. */
const DIFFERENT = new Set([
  // A tagged field is held to its size, of which Kafka takes no notice.
  'transactions, 2 less at 93',
  // Memory: as much as the JVM had.
  'formats 0 and 1, 182=128',
  // Where in the input LZ4's own decoder stops.
  ...of('formats 0 and 1', '357=1', '861=1', '889=255', '903=127'),
  // Of a wrapper that holds a damaged record those before it are not shown.
  ...of('formats 0 and 1', '308=1', '413=127', '427=128', '931=0', '938=255', '2 more at 164', '6 more at 800'),
]);

function of(target: string, ...cases: readonly string[]): string[] {
  return cases.map((name) => `${target}, ${name}`);
}

/** The lines that Kafka's tool printed, by target and case. */
function recorded(): Map<string, Map<string, string[]>> {
  const all = new Map<string, Map<string, string[]>>();
  let cases = new Map<string, string[]>();
  let known: string[] = [];
  let lines: string[] = [];
  for (const line of readFileSync(new URL('recorded.txt', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')) {
    const [, from, to] = /^=(\d+)(?:-(\d+))?$/.exec(line) ?? [];
    if (line.startsWith('@ ')) {
      cases = new Map();
      known = [];
      all.set(line.slice(2, line.indexOf(': ')), cases);
    } else if (line.startsWith('$ ')) {
      lines = [];
      cases.set(line.slice(2), lines);
    } else if (from !== undefined) lines.push(...known.slice(Number(from), Number(to ?? from) + 1));
    else lines.push(known[known.push(line) - 1]!);
  }
  return all;
}

const marked = (mark: string, text: string): string[] =>
  text === '' ? [] : text.split('\n').map((line) => mark + line);

/** What ktool prints for the files of a folder, in the form of the recording. */
async function dumped(target: Target, dir: string): Promise<string[]> {
  const { stdout, stderr, output } = capture();
  const status = await dumpLog.execute(commandOf(target, dir).slice(1), { env: { KTOOL_COMPAT: 'kafka' }, output });
  const err = stderr.text.replace(/^Caused by: .*\n/gm, '');
  const lines = [...marked('> ', stdout.text), ...marked('! ', err), `= ${status}`];
  return lines.map((line) => line.replaceAll(dir, '{dir}'));
}

const recording = recorded();

test.each(targets)('$name', async (target) => {
  const dir = mkdtempSync(join(tmpdir(), 'damage-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  for (const [path, bytes] of baseFiles(target)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), bytes);
  }
  const expected = recording.get(target.name)!;
  const met: string[] = [];
  for (const [name, content] of variants(target)) {
    writeFileSync(join(dir, target.file), content);
    met.push(name);
    const answer = await dumped(target, dir);
    if (DIFFERENT.has(`${target.name}, ${name}`)) expect.soft(answer, name).not.toEqual(expected.get(name));
    else expect.soft(answer, name).toEqual(expected.get(name));
  }
  expect(met).toEqual([...expected.keys()]);
});
