import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { LogErrorCode } from '../../src/log/errors.ts';
import { nodeFiles } from '../../src/log/files.ts';
import { DEFAULT_LOG_CONFIG } from '../../src/log/log-config.ts';
import { LogManager } from '../../src/log/log-manager.ts';
import { memoryFiles } from '../../src/log/memory-files.ts';
import { ManualClock } from '../../src/util/clock.ts';
import { silentLogger } from '../../src/util/logger.ts';
import { isUuid } from '../../src/util/uuid.ts';
import { knowsOpenFiles, openFiles } from '../helpers/open-files.ts';
import { append, namesIn, openLog, openManager, readOffsets, TOPIC_ID, temporaryDirectory } from './helpers.ts';

const OTHER_ID = 'yyYdtqzRRE-ZEaAXRz-jrw';

describe('a clean stop', () => {
  test('leaves Kafka’s files in the log directory', async () => {
    const { manager, log, directory } = await openLog();
    append(log, { count: 3 });
    const dashed = manager.create('a-topic-with-dashes', 12, OTHER_ID);
    append(dashed);
    dashed.deleteRecordsBefore(1);
    expect(namesIn(directory)).toContain('.lock');
    await manager.close();
    expect(namesIn(directory)).toEqual([
      '.kafka_cleanshutdown',
      'a-topic-with-dashes-12',
      'log-start-offset-checkpoint',
      'meta.properties',
      'orders-0',
      'recovery-point-offset-checkpoint',
      'replication-offset-checkpoint',
    ]);
    const text = (name: string) => fs.readFileSync(path.join(directory, name), 'utf8');
    expect(text('.kafka_cleanshutdown')).toBe('{"version":0,"brokerEpoch":-1}');
    expect(text('recovery-point-offset-checkpoint')).toBe('0\n2\norders 0 3\na-topic-with-dashes 12 1\n');
    expect(text('replication-offset-checkpoint')).toBe('0\n2\norders 0 3\na-topic-with-dashes 12 1\n');
    expect(text('log-start-offset-checkpoint')).toBe('0\n1\na-topic-with-dashes 12 1\n');
    expect(text('meta.properties')).toBe(
      `cluster.id=${manager.clusterId}\ndirectory.id=${manager.directories[0]!.meta.directoryId}\nnode.id=1\nversion=1\n`,
    );
  });

  test('is over with the next start, whose crash is noticed', async () => {
    const files = memoryFiles();
    const first = await openLog({ files });
    expect(first.manager.wasClean).toBe(false);
    await first.manager.close();
    const second = await openManager({ files, directory: first.directory });
    expect(second.manager.wasClean).toBe(true);
    files.crash();
    expect((await openManager({ files, directory: first.directory })).manager.wasClean).toBe(false);
  });

  test('brings everything back, logs that were not written to as well', async () => {
    const { manager, log, directory } = await openLog();
    append(log, { count: 3 });
    manager.create('empty', 7, OTHER_ID);
    await manager.close();
    const again = await openManager({ directory });
    expect(
      [...again.manager.all()].map((one) => `${one.topic} ${one.partition} ${one.topicId} ${one.logEndOffset}`).sort(),
    ).toEqual([`empty 7 ${OTHER_ID} 0`, `orders 0 ${TOPIC_ID} 3`]);
    expect(again.logger.matching(/WARN|ERROR/)).toEqual([]);
    expect(again.logger.matching(/Loading 2 logs from .* since the last shutdown was clean/)).toHaveLength(1);
    await again.manager.close();
    await again.manager.close();
  });

  test.runIf(knowsOpenFiles)('leaves no timers and no open files', async () => {
    const { manager, log, clock, directory } = await openLog({ config: { flushMs: 1000 } });
    append(log);
    await manager.close();
    expect(clock.pendingTimers).toBe(0);
    expect(openFiles().filter((file) => file.startsWith(directory))).toEqual([]);
    expect(() => append(log)).toThrow(/is closed/);
  });
});

describe('a log directory', () => {
  test('belongs to one process at a time', async () => {
    const { manager, directory } = await openManager();
    await expect(openManager({ directory })).rejects.toThrow(
      `Failed to acquire lock on file .lock in ${directory}. A Kafka instance in another process or thread is using this directory (process ${process.pid}).`,
    );
    await manager.close();
    await (await openManager({ directory })).manager.close();
  });

  test.each([
    ['is empty, as Kafka leaves it', ''],
    ['names a process that is gone', '4194304 123\n'],
    ['names a process id that another process has now', `${process.ppid} 1\n`],
    ['is garbage', 'garbage'],
  ])('whose lock %s is taken over', async (_, content) => {
    const directory = temporaryDirectory();
    fs.writeFileSync(path.join(directory, '.lock'), content);
    const { manager } = await openManager({ directory });
    expect(fs.readFileSync(path.join(directory, '.lock'), 'utf8')).toMatch(new RegExp(`^${process.pid} `));
    expect(namesIn(directory)).toEqual(['.lock', 'meta.properties']);
    await manager.close();
    expect(fs.existsSync(path.join(directory, '.lock'))).toBe(false);
  });

  test('belongs to one node and cluster', async () => {
    const { manager, directory } = await openManager({ clusterId: OTHER_ID, nodeId: 3 });
    expect(manager.clusterId).toBe(OTHER_ID);
    await manager.close();
    await expect(openManager({ directory, clusterId: TOPIC_ID, nodeId: 3 })).rejects.toThrow(
      `Invalid cluster.id in: ${directory}/meta.properties. Expected ${TOPIC_ID}, but read ${OTHER_ID}`,
    );
    await expect(openManager({ directory, nodeId: 4 })).rejects.toThrow(/Stored node id 3 doesn't match/);
    const again = await openManager({ directory, nodeId: 3 });
    expect(again.manager.clusterId).toBe(OTHER_ID);
    await again.manager.close();
  });

  test('gets a cluster id on first start that it keeps', async () => {
    const { manager, directory } = await openManager();
    expect(isUuid(manager.clusterId)).toBe(true);
    await manager.close();
    const again = await openManager({ directory });
    expect(again.manager.clusterId).toBe(manager.clusterId);
  });

  test.each(['version=2\n', 'version=1\nnode.id=1\n', 'version=1\ncluster.id=x\nnode.id=one\n'])(
    'with meta.properties %j is refused',
    async (text) => {
      const directory = temporaryDirectory();
      fs.writeFileSync(path.join(directory, 'meta.properties'), text);
      await expect(openManager({ directory })).rejects.toThrow(path.join(directory, 'meta.properties'));
    },
  );

  test('may have files and directories of others, which stay', async () => {
    const directory = temporaryDirectory();
    for (const name of ['lost+found', 'orders-0.abc-stray', 'notes']) fs.mkdirSync(path.join(directory, name));
    fs.writeFileSync(path.join(directory, 'bootstrap.checkpoint'), 'x');
    const { manager } = await openManager({ directory });
    expect([...manager.all()]).toEqual([]);
    await manager.close();
    expect(namesIn(directory)).toEqual(
      expect.arrayContaining(['bootstrap.checkpoint', 'lost+found', 'notes', 'orders-0.abc-stray']),
    );
  });

  test('of several takes the next partition if it has the fewest, and the first has the metadata', async () => {
    const dirs = [temporaryDirectory(), temporaryDirectory()];
    const options = {
      files: nodeFiles,
      dirs,
      clock: new ManualClock(),
      logger: silentLogger,
      nodeId: 1,
      configFor: () => DEFAULT_LOG_CONFIG,
    };
    const manager = await LogManager.open(options);
    const metadata = manager.create('__cluster_metadata', 0, TOPIC_ID);
    const logs = [0, 1, 2].map((partition) => manager.create('orders', partition, OTHER_ID));
    expect([metadata, ...logs].map((log) => dirs.indexOf(manager.directoryOf(log)))).toEqual([0, 0, 1, 0]);
    for (const log of logs) append(log);
    await manager.close();
    const again = await LogManager.open(options);
    expect([...again.all()]).toHaveLength(4);
    expect(again.wasClean).toBe(true);
    await again.close();
  });
});

describe('create', () => {
  test('returns the log that is there, and refuses another topic id', async () => {
    const { manager, log } = await openLog();
    expect(manager.create('orders', 0, TOPIC_ID)).toBe(log);
    expect(() => manager.create('orders', 0, OTHER_ID)).toThrow(
      expect.objectContaining({
        code: LogErrorCode.INCONSISTENT_TOPIC_ID,
        message: `Tried to assign topic ID ${OTHER_ID} to log for topic partition orders-0, but log already contained topic ID ${TOPIC_ID}`,
      }),
    );
  });

  test('gives an id to a log whose partition.metadata was lost', async () => {
    const { manager, log, directory } = await openLog();
    await manager.close();
    fs.writeFileSync(path.join(log.directory, 'partition.metadata'), '');
    const again = await openManager({ directory });
    expect(again.manager.get('orders', 0)!.topicId).toBeUndefined();
    expect(again.manager.create('orders', 0, OTHER_ID).topicId).toBe(OTHER_ID);
  });

  test('takes the longest topic name', async () => {
    const { manager, directory, clock } = await openManager({ config: { fileDeleteDelayMs: 5 } });
    const topic = 't'.repeat(249);
    append(manager.create(topic, 1000, TOPIC_ID));
    manager.delete(topic, 1000);
    const [renamed] = namesIn(directory).filter((name) => name.endsWith('-delete'));
    expect(renamed).toMatch(/^t+-1000\.[0-9a-f]{32}-delete$/);
    expect(renamed!.length).toBe(255);
    clock.advance(5);
    expect(namesIn(directory).filter((name) => name.startsWith('t'))).toEqual([]);
  });
});

describe('delete', () => {
  test('renames the directory at once and removes it after file.delete.delay.ms', async () => {
    const { manager, log, directory, clock } = await openLog();
    append(log);
    let calls = 0;
    log.onChange(() => calls++);
    manager.delete('orders', 0);
    manager.delete('orders', 0);
    expect(calls).toBe(1);
    expect(manager.get('orders', 0)).toBeUndefined();
    expect(() => append(log)).toThrow(expect.objectContaining({ code: LogErrorCode.KAFKA_STORAGE_ERROR }));
    const deleted = () => namesIn(directory).filter((name) => /^orders-0\.[0-9a-f]{32}-delete$/.test(name));
    expect(deleted()).toHaveLength(1);
    const recreated = manager.create('orders', 0, OTHER_ID);
    expect(recreated.logEndOffset).toBe(0);
    append(recreated);
    clock.advance(60_000);
    expect(deleted()).toEqual([]);
    expect(await readOffsets(recreated)).toEqual([0]);
  });

  test('leaves nothing of a log to one of the same name, after a restart either', async () => {
    const { manager, log, directory } = await openLog();
    append(log, { count: 5 });
    log.deleteRecordsBefore(3);
    await manager.close();
    const again = await openManager({ directory });
    again.manager.delete('orders', 0);
    const recreated = again.manager.create('orders', 0, OTHER_ID);
    expect(recreated).toMatchObject({ topicId: OTHER_ID, logStartOffset: 0, logEndOffset: 0, recoveryPoint: 0 });
    expect(again.logger.matching(/WARN|ERROR/)).toEqual([]);
  });

  test('is finished by the next start', async () => {
    const { manager, log, directory } = await openLog();
    append(log);
    manager.delete('orders', 0);
    await manager.close();
    const again = await openManager({ directory });
    expect([...again.manager.all()]).toEqual([]);
    again.clock.advance(0);
    expect(namesIn(directory)).toEqual([
      '.lock',
      'log-start-offset-checkpoint',
      'meta.properties',
      'recovery-point-offset-checkpoint',
      'replication-offset-checkpoint',
    ]);
  });
});

test('checkpoints are written from time to time, and not again while nothing changes', async () => {
  const { log, clock, directory } = await openLog({ config: { flushMs: 1000 } });
  append(log, { count: 4 });
  clock.advance(5000);
  const file = (name: string) => path.join(directory, name);
  expect(fs.readFileSync(file('replication-offset-checkpoint'), 'utf8')).toBe('0\n1\norders 0 4\n');
  expect(fs.existsSync(file('recovery-point-offset-checkpoint'))).toBe(false);
  await log.flushAsync();
  clock.advance(55_000);
  expect(fs.readFileSync(file('recovery-point-offset-checkpoint'), 'utf8')).toBe('0\n1\norders 0 4\n');
  fs.rmSync(file('replication-offset-checkpoint'));
  clock.advance(60_000);
  expect(fs.existsSync(file('replication-offset-checkpoint'))).toBe(false);
});

test('updateConfigs asks for the configuration again', async () => {
  let maxMessageBytes = 1000;
  const directory = temporaryDirectory();
  const manager = await LogManager.open({
    files: nodeFiles,
    dirs: [directory],
    clock: new ManualClock(),
    logger: silentLogger,
    nodeId: 1,
    configFor: () => ({ ...DEFAULT_LOG_CONFIG, maxMessageBytes }),
  });
  const log = manager.create('orders', 0, TOPIC_ID);
  const other = manager.create('other', 0, TOPIC_ID);
  maxMessageBytes = 10;
  manager.updateConfigs('orders');
  expect(() => append(log)).toThrow(expect.objectContaining({ code: LogErrorCode.MESSAGE_TOO_LARGE }));
  append(other);
  manager.updateConfigs();
  expect(() => append(other)).toThrow(expect.objectContaining({ code: LogErrorCode.MESSAGE_TOO_LARGE }));
  await manager.close();
});
