#!/usr/bin/env node
// ktool beside Apache Kafka (and kcat) on this machine, alternating, medians of several rounds:
//
//   npm run bench [-- --rounds 3] [--only start,broker,perf,cli,console,tls] [--json FILE]
//
// Broker figures are taken with kcat (librdkafka) and with Kafka's own perf tools as clients; without kcat or Java the
// parts that need them are left out and named. CPU and memory are read from /proc.
import { execFileSync, spawnSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { hasKafka, kafkaScript, ktool, startKafka, startKtool } from './brokers.js';
import { cpuSeconds, endWithChildren, median, residentMiB, run } from './process.js';
import { tls } from './tls.js';

const { values: flags } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    only: { type: 'string' },
    json: { type: 'string' },
    records: { type: 'string', default: '1000000' },
  },
});
const rounds = Number(flags.rounds);
const count = Number(flags.records);
const parts = flags.only?.split(',') ?? ['start', 'broker', 'perf', 'cli', 'console', 'tls'];
const hasKcat = spawnSync('kcat', ['-V']).status === 0;
const hasTaskset = spawnSync('taskset', ['-V']).status === 0;
const dir = mkdtempSync(join(tmpdir(), 'ktool-bench-'));
endWithChildren(() => rmSync(dir, { recursive: true, force: true, maxRetries: 5 }));
const table = [];

/** Notes a figure; `better` says whether more or less is good, for the ratio. */
function note(what, unit, better, figures) {
  const row = { what, unit, better, ...figures };
  table.push(row);
  const ratio =
    figures.kafka && figures.ktool
      ? better === 'more'
        ? figures.ktool / figures.kafka
        : figures.kafka / figures.ktool
      : undefined;
  const show = (value) =>
    value === undefined || Number.isNaN(value)
      ? '-'
      : value >= 100
        ? value.toFixed(0)
        : value.toFixed(value >= 10 ? 1 : 2);
  console.log(
    `${what.padEnd(58)} ${unit.padEnd(10)} ktool ${show(figures.ktool).padStart(8)}   kafka ${show(figures.kafka).padStart(8)}   kcat ${show(figures.kcat).padStart(8)}   ${ratio ? `${ratio.toFixed(2)}x` : ''}`,
  );
}

/** Measures each contender `rounds` times, taking turns, and gives the median of each figure. */
async function alternate(contenders, measure) {
  const samples = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, contender] of Object.entries(contenders)) samples[name].push(await measure(contender, round));
  }
  const keys = Object.keys(Object.values(samples)[0][0]);
  return Object.fromEntries(
    keys.map((key) => [
      key,
      Object.fromEntries(
        Object.entries(samples).map(([name, list]) => [name, median(list.map((sample) => sample[key]))]),
      ),
    ]),
  );
}

function lines(name, size, howMany) {
  const path = join(dir, name);
  const out = createWriteStream(path);
  return new Promise((done) => {
    const line = (i) => `${String(i).padStart(10, '0')}${'abcdefghij'.repeat(size / 10 - 1)}`.slice(0, size);
    let chunk = '';
    for (let i = 0; i < howMany; i++) {
      chunk += `${line(i)}\n`;
      if (chunk.length > 1 << 20) {
        out.write(chunk);
        chunk = '';
      }
    }
    out.end(chunk, () => done({ path, size, count: howMany, bytes: size * howMany }));
  });
}

const createTopic = (broker, topic, partitions) =>
  execFileSync(
    ...split(
      ktool(
        'topics',
        '--bootstrap-server',
        broker.bootstrap,
        '--create',
        '--topic',
        topic,
        '--partitions',
        String(partitions),
      ),
    ),
  );
const split = ([file, ...args]) => [file, args];

async function broker(brokers) {
  const small = await lines('small', 100, count);
  const large = await lines('large', 1000, Math.floor(count / 5));
  let serial = 0;
  for (const [input, label] of [
    [small, '100 B'],
    [large, '1 KB'],
  ]) {
    for (const acks of ['1', 'all']) {
      for (const partitions of [1, 6]) {
        const result = await alternate(brokers, async (target) => {
          const topic = `b${serial++}`;
          createTopic(target, topic, partitions);
          const before = cpuSeconds(target.pid);
          const produced = await run([
            'kcat',
            '-P',
            '-b',
            target.bootstrap,
            '-t',
            topic,
            '-l',
            '-X',
            `acks=${acks}`,
            '-X',
            'queue.buffering.max.messages=1000000',
            input.path,
          ]);
          const middle = cpuSeconds(target.pid);
          const consumed = await run(
            ['kcat', '-C', '-b', target.bootstrap, '-t', topic, '-o', 'beginning', '-e', '-q'],
            { stdout: '/dev/null' },
          );
          const gb = input.bytes / 1e9;
          return {
            produce: input.count / produced.wall / 1000,
            produceCpu: (middle - before) / gb,
            consume: input.bytes / consumed.wall / 1e6,
            consumeCpu: (cpuSeconds(target.pid) - middle) / gb,
          };
        });
        const name = `kcat ${label}, acks=${acks}, ${partitions} partition${partitions > 1 ? 's' : ''}`;
        note(`produce, ${name}`, 'krec/s', 'more', result.produce);
        note(`  broker CPU`, 's/GB', 'less', result.produceCpu);
        if (acks === 'all') {
          note(`consume, ${name}`, 'MB/s', 'more', result.consume);
          note(`  broker CPU`, 's/GB', 'less', result.consumeCpu);
        }
      }
    }
  }
}

async function perf(brokers) {
  let serial = 0;
  for (const [size, records] of [
    [100, count * 3],
    [1000, count],
  ]) {
    for (const acks of ['1', 'all']) {
      const result = await alternate(brokers, async (target) => {
        const topic = `p${size}-${acks}-${serial++}`;
        createTopic(target, topic, 1);
        const before = cpuSeconds(target.pid);
        const { stdout } = await run(
          kafkaScript(
            'producer-perf-test',
            '--topic',
            topic,
            '--num-records',
            String(records),
            '--record-size',
            String(size),
            '--throughput',
            '-1',
            '--bootstrap-server',
            target.bootstrap,
            '--command-property',
            `acks=${acks}`,
          ),
        );
        const last = stdout.trim().split('\n').at(-1);
        const after = cpuSeconds(target.pid);
        await run(
          kafkaScript(
            'consumer-perf-test',
            '--topic',
            topic,
            '--num-records',
            String(records),
            '--bootstrap-server',
            target.bootstrap,
          ),
        );
        return {
          rate: Number(/([\d.]+) records\/sec/.exec(last)[1]) / 1000,
          cpu: (after - before) / ((records * size) / 1e9),
          consumeCpu: (cpuSeconds(target.pid) - after) / ((records * size) / 1e9),
        };
      });
      note(`producer-perf-test ${size} B, acks=${acks}`, 'krec/s', 'more', result.rate);
      note('  broker CPU', 's/GB', 'less', result.cpu);
      note('  broker CPU of consumer-perf-test', 's/GB', 'less', result.consumeCpu);
    }
  }
}

async function cli(brokers) {
  const target = brokers.ktool;
  const contenders = { ktool: ktool('topics', '--bootstrap-server', target.bootstrap, '--list') };
  if (hasKafka) contenders.kafka = kafkaScript('topics', '--bootstrap-server', target.bootstrap, '--list');
  if (hasKcat) contenders.kcat = ['kcat', '-L', '-b', target.bootstrap];
  const result = await alternate(contenders, async (argv) => run(argv));
  note('topics --list, whole process', 's', 'less', result.wall);
  note('  CPU', 's', 'less', result.cpu);
  note('  peak memory', 'MiB', 'less', result.peakMiB);
  if (!hasTaskset) return;
  // A JVM starts on as many cores as it finds; a small CI machine has one or two.
  const onOneCore = await alternate(contenders, async (argv) => run(['taskset', '-c', '0', ...argv]));
  note('topics --list, whole process, on one core', 's', 'less', onOneCore.wall);
}

async function consoleTools(brokers) {
  const input = await lines('console', 100, count);
  const bootstrap = ['--bootstrap-server', brokers.ktool.bootstrap];
  let serial = 0;
  const writers = { ktool: (t) => ktool('console-producer', ...bootstrap, '--topic', t) };
  const readers = {
    ktool: (t) =>
      ktool('console-consumer', ...bootstrap, '--topic', t, '--from-beginning', '--max-messages', String(count)),
  };
  if (hasKafka) {
    writers.kafka = (t) => kafkaScript('console-producer', ...bootstrap, '--topic', t);
    readers.kafka = (t) =>
      kafkaScript('console-consumer', ...bootstrap, '--topic', t, '--from-beginning', '--max-messages', String(count));
  }
  if (hasKcat) {
    writers.kcat = (t) => ['kcat', '-P', '-b', brokers.ktool.bootstrap, '-t', t, '-X', 'acks=all'];
    readers.kcat = (t) => ['kcat', '-C', '-b', brokers.ktool.bootstrap, '-t', t, '-o', 'beginning', '-e', '-q'];
  }
  const written = await alternate(writers, async (argv) => {
    const topic = `c${serial++}`;
    createTopic(brokers.ktool, topic, 1);
    return run(argv(topic), { stdin: input.path, stdout: '/dev/null' });
  });
  note(`console-producer, ${count} lines of 100 B`, 's', 'less', written.wall);
  note('  CPU', 's', 'less', written.cpu);
  note('  peak memory', 'MiB', 'less', written.peakMiB);
  const read = await alternate(readers, async (argv) => {
    const got = await run(argv('c0'), { stdout: join(dir, 'got') });
    if (statSync(join(dir, 'got')).size !== input.bytes + count)
      throw new Error(`${argv('c0').join(' ')} gave ${statSync(join(dir, 'got')).size} bytes`);
    return got;
  });
  note(`console-consumer, ${count} lines of 100 B`, 's', 'less', read.wall);
  note('  CPU', 's', 'less', read.cpu);
  note('  peak memory', 'MiB', 'less', read.peakMiB);
}

async function start() {
  const contenders = { ktool: [startKtool, 19391] };
  if (hasKafka) contenders.kafka = [startKafka, 19394];
  const result = await alternate(contenders, async ([launch, port]) => {
    const target = await launch(join(dir, `start-${launch.name}`), port);
    const figures = { ready: target.readySeconds, cpu: cpuSeconds(target.pid), memory: residentMiB(target.pid) };
    await target.stop();
    return figures;
  });
  note('broker: process start to ready', 's', 'less', result.ready);
  note('  CPU until ready', 's', 'less', result.cpu);
  note('  resident memory when ready', 'MiB', 'less', result.memory);
}

const left = [hasKafka ? '' : 'Apache Kafka (no Java or no jars)', hasKcat ? '' : 'kcat'].filter(Boolean);
console.log(
  `${cpus().length} x ${cpus()[0].model}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, Node ${process.version}, ${rounds} rounds${left.length ? `; without ${left.join(' and ')}` : ''}\n`,
);
if (parts.includes('start')) await start();
if (parts.includes('tls') && hasKcat) {
  const input = await lines('secret', 1000, Math.floor(count / 5));
  await tls({ dir, input, alternate, note, createTopic });
}
if (parts.some((part) => part !== 'start' && part !== 'tls')) {
  const brokers = { ktool: await startKtool(join(dir, 'ktool'), 19397) };
  if (hasKafka) brokers.kafka = await startKafka(join(dir, 'kafka'), 19400);
  try {
    if (parts.includes('cli')) await cli(brokers);
    if (parts.includes('broker') && hasKcat) await broker(brokers);
    if (parts.includes('perf') && hasKafka) await perf(brokers);
    if (parts.includes('console')) await consoleTools(brokers);
    note(
      'broker: resident memory after load',
      'MiB',
      'less',
      Object.fromEntries(Object.entries(brokers).map(([name, { pid }]) => [name, residentMiB(pid)])),
    );
  } finally {
    for (const { stop } of Object.values(brokers)) await stop();
  }
}
if (flags.json) writeFileSync(flags.json, `${JSON.stringify(table, null, 1)}\n`);
