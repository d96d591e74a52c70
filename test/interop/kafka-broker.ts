// A one-node Apache Kafka, for tests that compare with it.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../helpers/free-port.ts';
import { KAFKA_JARS } from './kafka-jars.ts';

const classPath = join(KAFKA_JARS, '*');

export interface KafkaBroker {
  address: string;
  dataDir: string;
  stop(): Promise<void>;
}

/** Formats a directory, starts Kafka on it and resolves when it serves; stop() ends it and removes the directory. */
export async function startKafkaBroker(overrides: Record<string, string> = {}): Promise<KafkaBroker> {
  const dir = mkdtempSync(join(tmpdir(), 'kafka-'));
  const [port, controller] = [await freePort(), await freePort()];
  const properties: Record<string, string> = {
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': `1@127.0.0.1:${controller}`,
    'controller.listener.names': 'CONTROLLER',
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}`,
    'log.dirs': join(dir, 'data'),
    'offsets.topic.replication.factor': '1',
    'transaction.state.log.replication.factor': '1',
    'transaction.state.log.min.isr': '1',
    'group.initial.rebalance.delay.ms': '0',
    ...overrides,
  };
  const file = join(dir, 'server.properties');
  writeFileSync(
    file,
    Object.entries(properties)
      .map(([key, value]) => `${key}=${value}\n`)
      .join(''),
  );
  const format = ['-cp', classPath, 'kafka.tools.StorageTool', 'format', '-t', 'MkU3OEVBNTcwNTJENDM2Qg', '-c', file];
  const formatted = spawnSync('java', format, { encoding: 'utf8' });
  if (formatted.status !== 0) throw new Error(formatted.stderr);
  const log4j = join(dir, 'log4j2.properties');
  writeFileSync(
    log4j,
    'appender.out.type=Console\nappender.out.name=OUT\nappender.out.layout.type=PatternLayout\nappender.out.layout.pattern=%m%n\nrootLogger.level=INFO\nrootLogger.appenderRef.out.ref=OUT\n',
  );
  const child = spawn('java', [
    '-Xmx512M',
    `-Dlog4j2.configurationFile=${log4j}`,
    '-cp',
    classPath,
    'kafka.Kafka',
    file,
  ]);
  await new Promise<void>((resolve, reject) => {
    let log = '';
    child.stdout.on('data', (chunk) => {
      log += chunk;
      if (log.includes('Kafka Server started')) resolve();
    });
    child.on('exit', () => reject(new Error(log.slice(-3000))));
  });
  child.stdout.removeAllListeners('data').resume();
  const stop = () =>
    new Promise<void>((resolve) => {
      child.removeAllListeners('exit').on('exit', () => {
        rmSync(dir, { recursive: true, force: true });
        resolve();
      });
      child.kill('SIGKILL');
    });
  return { address: `127.0.0.1:${port}`, dataDir: join(dir, 'data'), stop };
}
