// The broker that a suite runs against: ktool's or, with `--broker kafka`, Apache Kafka's on this machine.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hasKafka, jars } from './kafka.js';
import { freePorts, must, serve } from './process.js';

/** The program under test. */
export const program = resolve(fileURLToPath(new URL('../../../bin/run.js', import.meta.url)));
const classPath = join(jars, '*');

/**
 * Starts a broker with an empty data directory on free ports of localhost; stop() ends it and removes the directory.
 * @param kind 'ktool' or 'kafka'
 * @param properties keys of server.properties beyond the ports
 * @param brokers how many, with node ids from 1 and ports side by side; Apache Kafka only one
 */
export async function startBroker(kind, { properties = {}, brokers = 1, port } = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'ktool-interop-'));
  const at = port ?? (await freePorts(brokers));
  const start = kind === 'kafka' ? startKafka : startKtool;
  const server = await start(dir, at, properties, brokers);
  const logFile = join(dir, 'broker.log');
  server.logTo(logFile);
  return {
    port: at,
    address: `localhost:${at}`,
    dataDir: join(dir, 'data'),
    logFile,
    stop: async () => {
      await server.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function startKtool(dir, port, properties, brokers) {
  const overrides = Object.entries(properties).flatMap(([key, value]) => ['--override', `${key}=${value}`]);
  const args = ['server', 'start', '--port', port, '--host', 'localhost', '--data-dir', join(dir, 'data')].map(String);
  const several = brokers === 1 ? [] : ['--brokers', String(brokers)];
  return serve(process.execPath, [program, ...args, ...several, ...overrides], 'Kafka Server started');
}

async function startKafka(dir, port, properties, brokers) {
  if (!hasKafka()) throw new Error(`no java, or no Kafka jars in ${jars} (set KAFKA_JARS)`);
  if (brokers !== 1) throw new Error('Apache Kafka is started with one broker only');
  const controller = await freePorts();
  const values = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `${properties['node.id'] ?? 1}@localhost:${controller}`,
    'controller.listener.names': 'CONTROLLER',
    listeners: `PLAINTEXT://localhost:${port},CONTROLLER://localhost:${controller}`,
    'log.dirs': join(dir, 'data'),
    'offsets.topic.replication.factor': 1,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'group.initial.rebalance.delay.ms': 0,
    ...properties,
  };
  mkdirSync(dir, { recursive: true });
  const file = join(dir, 'server.properties');
  writeFileSync(
    file,
    Object.entries(values).reduce((text, [key, value]) => `${text}${key}=${value}\n`, ''),
  );
  const storage = ['-cp', classPath, 'kafka.tools.StorageTool', 'format', '-t', 'MkU3OEVBNTcwNTJENDM2Qg', '-c', file];
  await must('java', storage);
  const log4j = join(dir, 'log4j2.properties');
  writeFileSync(
    log4j,
    'appender.out.type=Console\nappender.out.name=OUT\nappender.out.layout.type=PatternLayout\nappender.out.layout.pattern=%m%n\nrootLogger.level=INFO\nrootLogger.appenderRef.out.ref=OUT\n',
  );
  const options = ['-Xmx1G', `-Dlog4j2.configurationFile=${log4j}`, '-cp', classPath];
  return serve('java', [...options, 'kafka.Kafka', file], 'Kafka Server started');
}
