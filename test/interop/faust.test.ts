// Faust (faust-streaming, on aiokafka): a word count whose table is recovered from its changelog after a restart (its
// exactly_once publishes nothing, on Apache Kafka neither). KTOOL_PYTHON names a Python that
// has it. On Apache Kafka first where that is on the machine.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { deferred } from '../../src/util/deferred.ts';
import { startTestBroker } from '../helpers/broker.ts';
import { startKafkaBroker } from './kafka-broker.ts';
import { whyNoKafka } from './kafka-jars.ts';
import { runAsync } from './run.ts';

const python = process.env.KTOOL_PYTHON ?? 'python3';
const there = spawnSync(python, ['-c', 'import faust'], { stdio: 'ignore' }).status === 0;
if (!there) console.warn(`skipped: faust-streaming is not on this machine`);

const program = fileURLToPath(new URL('../../bin/run.js', import.meta.url));
const counter = fileURLToPath(new URL('./programs/faust_counts.py', import.meta.url));
const ktool = async (address: string, script: string, args: readonly string[], input = '') =>
  (await runAsync(process.execPath, [program, script, '--bootstrap-server', address, ...args], input)).stdout;

const SIDES: [string, boolean, () => Promise<string>][] = [
  [
    'Apache Kafka',
    whyNoKafka() === undefined,
    async () => {
      const kafka = await startKafkaBroker();
      onTestFinished(() => kafka.stop());
      return kafka.address;
    },
  ],
  [
    'ktool',
    true,
    async () => (await startTestBroker({ overrides: { 'group.initial.rebalance.delay.ms': '0' } })).address,
  ],
];

/**
 * Runs a worker, sends it words when it is ready, and stops it in order when `count` counts are published in all. (What
 * lies there before is lost now and then by Faust itself, which seeks while it is reading already.)
 */
async function countWords(address: string, data: string, words: string, count: number): Promise<string[]> {
  const env = { ...process.env, BROKER: address, DATA: data };
  const child = spawn(python, [counter, 'worker', '--loglevel', 'info'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  const ready = deferred<void>();
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      log += chunk;
      if (log.includes('Worker ready')) ready.resolve();
    });
  const ended = once(child, 'exit');
  try {
    await Promise.race([ready.promise, ended.then(() => Promise.reject(new Error(log)))]);
    await ktool(address, 'console-producer', ['--topic', 'words'], words);
    const args = ['--topic', 'counted', '--from-beginning', '--max-messages', String(count), '--timeout-ms', '60000'];
    const out = await ktool(address, 'console-consumer', [...args, '--isolation-level', 'read_committed']);
    const lines = out.trim().split('\n');
    expect(lines, log.slice(-3000)).toHaveLength(count);
    return lines.sort();
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}

describe.skipIf(!there).each(SIDES)('Faust on %s', (_, can, start) => {
  it.skipIf(!can)('counts words and goes on counting', async () => {
    const address = await start();
    const data = mkdtempSync(join(tmpdir(), 'faust-'));
    onTestFinished(() => rmSync(data, { recursive: true, force: true }));
    for (const topic of ['words', 'counted'])
      await ktool(address, 'topics', ['--create', '--topic', topic, '--partitions', '2']);
    const first = ['a 1', 'a 2', 'b 1'];
    expect(await countWords(address, data, 'a\nb\na\n', 3)).toEqual(first);
    expect(await countWords(address, data, 'a\nc\n', 5)).toEqual([...first, 'a 3', 'c 1'].sort());
    expect(await ktool(address, 'topics', ['--describe', '--topic', 'counts-totals-changelog'])).toContain('compact');
  });
});
