// The brokers that are compared: ktool's, and Apache Kafka's where its jars and Java are.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawnMortal } from './process.js';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const jars = process.env.KAFKA_JARS ?? join(homedir(), '.cache/real-kafka/libs');
const classPath = join(jars, '*');

export const hasKafka = existsSync(jars) && spawnSync('java', ['-version']).status === 0;
export const ktool = (...args) => [process.execPath, join(root, 'bin/run.js'), ...args];

const CLASSES = {
  topics: 'org.apache.kafka.tools.TopicCommand',
  'console-producer': 'org.apache.kafka.tools.ConsoleProducer',
  'console-consumer': 'org.apache.kafka.tools.consumer.ConsoleConsumer',
  'producer-perf-test': 'org.apache.kafka.tools.ProducerPerformance',
  'consumer-perf-test': 'org.apache.kafka.tools.ConsumerPerformance',
};

/** A script of Kafka's as its launcher runs it, with the heap that the launcher gives. */
export const kafkaScript = (script, ...args) => [
  'java',
  `-Xmx${script === 'topics' ? 256 : 512}M`,
  '-server',
  '-XX:+UseG1GC',
  '-cp',
  classPath,
  CLASSES[script],
  ...args,
];

function started(child, line) {
  return new Promise((done, fail) => {
    const begun = performance.now();
    let log = '';
    const watch = (chunk) => {
      log += chunk;
      if (!log.includes(line)) return;
      child.stdout.removeAllListeners('data').resume();
      child.stderr.removeAllListeners('data').resume();
      done((performance.now() - begun) / 1000);
    };
    child.stdout.on('data', watch);
    child.stderr.on('data', watch);
    child.on('exit', (code) => fail(new Error(`broker ended with ${code}: ${log.slice(-2000)}`)));
  });
}

async function launch(name, argv, port) {
  const child = spawnMortal(argv[0], argv.slice(1), { stdio: ['ignore', 'pipe', 'pipe'] });
  const readySeconds = await started(child, 'Kafka Server started');
  child.removeAllListeners('exit');
  return {
    name,
    pid: child.pid,
    readySeconds,
    bootstrap: `127.0.0.1:${port}`,
    stop: () =>
      new Promise((done) => {
        child.on('exit', done);
        child.kill('SIGTERM');
      }),
  };
}

/**
 * Starts ktool's broker on a directory; the result has pid, bootstrap, readySeconds (process start to its started line) and stop().
 * @param more settings beside those that every broker here has
 */
export const startKtool = (dir, port, more = {}) => {
  const overrides = Object.entries(more).flatMap(([key, value]) => ['--override', `${key}=${value}`]);
  const at = 'listeners' in more ? [] : ['--port', String(port)];
  return launch('ktool', ktool('server', 'start', ...at, '--data-dir', dir, ...overrides), port);
};

/** The same for Apache Kafka, one KRaft node; a new directory is formatted first, which is not counted. */
export function startKafka(dir, port, more = {}) {
  mkdirSync(dir, { recursive: true });
  const file = join(dir, 'server.properties');
  if (!existsSync(file)) {
    const properties = {
      'process.roles': 'broker,controller',
      'node.id': 1,
      'controller.quorum.voters': `1@127.0.0.1:${port + 1}`,
      'controller.listener.names': 'CONTROLLER',
      listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${port + 1}`,
      'log.dirs': join(dir, 'data'),
      'offsets.topic.replication.factor': 1,
      'transaction.state.log.replication.factor': 1,
      'transaction.state.log.min.isr': 1,
      'group.initial.rebalance.delay.ms': 0,
      ...more,
    };
    writeFileSync(
      file,
      `${Object.entries(properties)
        .map(([key, value]) => `${key}=${value}`)
        .join('\n')}\n`,
    );
    const format = ['-cp', classPath, 'kafka.tools.StorageTool', 'format', '-t', 'MkU3OEVBNTcwNTJENDM2Qg', '-c', file];
    const { status, stderr } = spawnSync('java', format, { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  }
  // Its log goes to the console only with a configuration; the default one prints errors alone.
  const log4j = join(dir, 'log4j2.properties');
  writeFileSync(
    log4j,
    'appender.out.type=Console\nappender.out.name=OUT\nappender.out.layout.type=PatternLayout\nappender.out.layout.pattern=%m%n\nrootLogger.level=INFO\nrootLogger.appenderRef.out.ref=OUT\n',
  );
  const heap = [
    '-Xmx1G',
    '-Xms1G',
    '-server',
    '-XX:+UseG1GC',
    '-XX:MaxGCPauseMillis=20',
    '-XX:InitiatingHeapOccupancyPercent=35',
    '-XX:+ExplicitGCInvokesConcurrent',
  ];
  return launch(
    'kafka',
    ['java', ...heap, `-Dlog4j2.configurationFile=${log4j}`, '-cp', classPath, 'kafka.Kafka', file],
    port,
  );
}
