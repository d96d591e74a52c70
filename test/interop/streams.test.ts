// Kafka Streams itself on ktool's broker: a word count with both group protocols, exactly once too, its state kept over a
// restart, then reset by ktool's scripts. The same program runs on Apache Kafka first, for the counts to compare with.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startTestBroker } from '../helpers/broker.ts';
import { type KafkaBroker, startKafkaBroker } from './kafka-broker.ts';
import { KAFKA_JARS, whyNoKafka } from './kafka-jars.ts';
import { runAsync } from './run.ts';

const whyNot = whyNoKafka() ?? whyNoStreams();
if (whyNot) console.warn(`skipped: ${whyNot}`);

function whyNoStreams(): string | undefined {
  const jars = existsSync(KAFKA_JARS) ? readdirSync(KAFKA_JARS) : [];
  if (!jars.some((name) => name.startsWith('kafka-streams-'))) return `no kafka-streams jar in ${KAFKA_JARS}`;
  return jars.some((name) => name.startsWith('rocksdbjni-')) ? undefined : `no rocksdbjni jar in ${KAFKA_JARS}`;
}

const program = fileURLToPath(new URL('../../bin/run.js', import.meta.url));
const jars = join(KAFKA_JARS, '*');
const classes = mkdtempSync(join(tmpdir(), 'word-count-'));

beforeAll(() => {
  if (whyNot) return;
  const source = fileURLToPath(new URL('./WordCount.java', import.meta.url));
  execFileSync('javac', ['-cp', jars, '-d', classes, source], { stdio: 'ignore' });
  return () => rmSync(classes, { recursive: true, force: true });
});

const ktool = async (address: string, script: string, args: readonly string[], input = '') =>
  (await runAsync(process.execPath, [program, script, '--bootstrap-server', address, ...args], input)).stdout;

/** Runs the word count until `count` counts have come out, then ends it; every count in order. */
async function countWords(address: string, count: number, settings: readonly string[]): Promise<string[]> {
  const state = mkdtempSync(join(tmpdir(), 'streams-'));
  onTestFinished(() => rmSync(state, { recursive: true, force: true }));
  const options = ['-Xmx256M', '-XX:TieredStopAtLevel=1', '-cp', `${classes}:${jars}`];
  const child = spawn('java', [...options, 'WordCount', address, 'words', state, ...settings], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const ended = once(child, 'close');
  const states: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => states.push(line));
  try {
    const args = ['--topic', 'counts', '--from-beginning', '--max-messages', String(count), '--timeout-ms', '60000'];
    const isolation = ['--isolation-level', 'read_committed', '--formatter-property', 'print.key=true'];
    const out = await ktool(address, 'console-consumer', [...args, ...isolation]);
    return out
      .trim()
      .split('\n')
      .filter((line) => line.includes('\t'));
  } finally {
    child.stdin.end();
    await ended;
    expect(states).toContain('state RUNNING');
    expect(states.at(-1)).toBe('state NOT_RUNNING');
  }
}

/** The last count of each word. */
const totals = (lines: readonly string[]) => Object.fromEntries(lines.map((line) => line.split('\t')));

async function wordCount(address: string, settings: readonly string[]): Promise<Record<string, string>> {
  for (const topic of ['lines', 'counts'])
    await ktool(address, 'topics', ['--create', '--topic', topic, '--partitions', '2']);
  await ktool(address, 'console-producer', ['--topic', 'lines'], 'a b a\nc a b\n');
  const first = totals(await countWords(address, 3, [...settings, 'commit.interval.ms=3000']));
  expect(Object.keys(first).sort()).toEqual(['a', 'b', 'c']);
  await ktool(address, 'console-producer', ['--topic', 'lines'], 'a d\n');
  return totals(await countWords(address, 5, [...settings, 'commit.interval.ms=3000']));
}

const VARIANTS = [
  ['group.protocol=streams'],
  // A classic member does not leave: the next start waits for the end of its session.
  ['group.protocol=classic', 'session.timeout.ms=6000'],
  ['group.protocol=streams', 'processing.guarantee=exactly_once_v2'],
  ['group.protocol=classic', 'session.timeout.ms=6000', 'processing.guarantee=exactly_once_v2'],
];

const EXPECTED = { a: '4', b: '2', c: '1', d: '1' };

describe.skipIf(whyNot !== undefined)('a word count of Kafka Streams', () => {
  it('counts on Apache Kafka', async () => {
    const kafka: KafkaBroker = await startKafkaBroker({ 'group.streams.initial.rebalance.delay.ms': '0' });
    onTestFinished(() => kafka.stop());
    expect(await wordCount(kafka.address, VARIANTS[0]!)).toEqual(EXPECTED);
  });

  it.each(VARIANTS.map((settings) => [settings]))('counts the same on ktool with %j', async (settings) => {
    const { address } = await startTestBroker({ overrides: { 'group.streams.initial.rebalance.delay.ms': '0' } });
    expect(await wordCount(address, settings)).toEqual(EXPECTED);
  });

  it('leaves a group that can be described, reset and deleted with its topics', async () => {
    const { address } = await startTestBroker({ overrides: { 'group.streams.initial.rebalance.delay.ms': '0' } });
    await wordCount(address, VARIANTS[0]!);
    expect(await ktool(address, 'streams-groups', ['--list', '--state'])).toMatch(/^words +Empty$/m);
    const reset = ['--reset-offsets', '--group', 'words', '--all-input-topics', '--to-earliest', '--execute'];
    expect(await ktool(address, 'streams-groups', reset)).toMatch(/^words +lines +0 +0 *$/m);
    const deleted = await ktool(address, 'streams-groups', [
      '--delete',
      '--group',
      'words',
      '--delete-all-internal-topics',
    ]);
    expect(deleted).toBe(
      "Deletion of requested streams groups ('words') was successful.\n" +
        "Deletion of associated internal topics of the streams groups ('words') was successful.\n",
    );
    expect((await ktool(address, 'topics', ['--list', '--exclude-internal'])).trim().split('\n')).toEqual([
      'counts',
      'lines',
    ]);
  });
});
