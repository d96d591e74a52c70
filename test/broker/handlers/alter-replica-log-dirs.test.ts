import { describe, expect, it } from 'vitest';
import { type Fault, memoryFiles } from '../../../src/log/memory-files.ts';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { AlterReplicaLogDirs } from '../../../src/protocol/messages/alter-replica-log-dirs.ts';
import { DescribeLogDirs } from '../../../src/protocol/messages/describe-log-dirs.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { connect } from '../../helpers/client.ts';
import { batch, createTopic, produce } from '../data-path.ts';

async function startWithTwoDirs(more: [string, string][] = []) {
  const files = memoryFiles();
  const overrides = new Map([['log.dirs', '/one,/two'], ...more]);
  const broker = await startTestBroker({ files, overrides, ephemeral: false });
  createTopic(broker, 'a');
  const { logs, metadata } = broker.services;
  const log = logs.get('a', 0)!;
  const here = logs.directoryOf(log);
  const there = here === '/one' ? '/two' : '/one';
  const client = await connect(broker);
  const move = async (path: string, name = 'a', partitions = [0]) => {
    const dirs = [{ path, topics: [{ name, partitions }] }];
    const { results } = await client.request(AlterReplicaLogDirs, 2, { dirs });
    return results.flatMap((result) => result.partitions.map(({ errorCode }) => errorCode));
  };
  const describe = async () => {
    const { results } = await client.request(DescribeLogDirs, 5, { topics: null });
    return Object.fromEntries(
      results.map(({ logDir, errorCode, topics }) => [
        logDir,
        errorCode || topics.flatMap(({ partitions }) => partitions.map((one) => ({ ...one, partitionSize: 0 }))),
      ]),
    );
  };
  const assigned = () => metadata.topic('a')!.partitions[0]!.directories;
  const idOf = (path: string) => logs.directories.find((directory) => directory.path === path)!.meta.directoryId;
  const fail = (fault: Fault) => files.inject(fault);
  return { broker, logs, log, here, there, client, move, describe, assigned, idOf, fail };
}

const shown = (offsetLag: number, isFutureKey: boolean) => [
  { partitionIndex: 0, partitionSize: 0, offsetLag, isFutureKey },
];

describe('alter replica log dirs', () => {
  it('says of each partition what became of the wish', async () => {
    const { here, move } = await startWithTwoDirs();
    expect(await move(here)).toEqual([0]);
    expect(await move('/three')).toEqual([ErrorCode.LOG_DIR_NOT_FOUND]);
    expect(await move(here, 'a', [0, 1])).toEqual([0, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION]);
    expect(await move(here, 'nowhere')).toEqual([ErrorCode.UNKNOWN_TOPIC_OR_PARTITION]);
    expect(await move(here, '__cluster_metadata')).toEqual([ErrorCode.UNKNOWN_TOPIC_OR_PARTITION]);
  });

  it('moves a partition, shows how far it is, and notes where it ended up', async () => {
    const slow: [string, string] = ['replica.alter.log.dirs.io.max.bytes.per.second', '1'];
    const { logs, log, here, there, client, move, describe, assigned, idOf } = await startWithTwoDirs([slow]);
    expect(assigned()).toEqual([idOf(here)]);
    await produce(client, 'a', batch(['1', '2', '3']));
    expect(await move(there)).toEqual([0]);
    await expect.poll(describe).toEqual({ [here]: shown(0, false), [there]: shown(0, true) });
    await produce(client, 'a', batch(['4', '5']));
    expect(await describe()).toEqual({ [here]: shown(0, false), [there]: shown(2, true) });
    expect(await move(here)).toEqual([0]);
    expect(await describe()).toEqual({ [here]: shown(0, false), [there]: [] });
    expect(logs.directoryOf(log)).toBe(here);
  });

  it('leaves the partition in the new directory', async () => {
    const { logs, log, here, there, client, move, describe, assigned, idOf } = await startWithTwoDirs();
    await produce(client, 'a', batch(['1', '2', '3']));
    expect(await move(there)).toEqual([0]);
    await logs.movesSettled();
    expect(await describe()).toEqual({ [here]: [], [there]: shown(0, false) });
    expect(assigned()).toEqual([idOf(there)]);
    expect(log.logEndOffset).toBe(3);
  });
});

describe('a log directory that fails', () => {
  it('is shown with KAFKA_STORAGE_ERROR, and takes no more partitions', async () => {
    const { broker, logs, here, there, client, move, describe, fail } = await startWithTwoDirs();
    createTopic(broker, 'b');
    const log = logs.get('b', 0)!;
    expect([here, logs.directoryOf(log)]).toEqual(['/one', '/two']);
    fail({ operation: 'write', path: /^\/two\/b-0/, code: 'EIO', times: 1 });
    expect((await produce(client, 'b', batch(['1']))).errorCode).toBe(ErrorCode.KAFKA_STORAGE_ERROR);
    expect(log.failure).toContain('Log directory /two is offline');
    expect((await produce(client, 'a', batch(['1']))).errorCode).toBe(0);
    expect(await describe()).toMatchObject({ [there]: ErrorCode.KAFKA_STORAGE_ERROR });
    expect(await move(there)).toEqual([ErrorCode.KAFKA_STORAGE_ERROR]);
    createTopic(broker, 'c');
    expect(logs.directoryOf(logs.get('c', 0)!)).toBe(here);
  });

  it('stops the broker when it has the metadata', async () => {
    const { broker, client, fail } = await startWithTwoDirs();
    fail({ operation: 'write', path: /^\/one\/a-0/, code: 'EIO', times: 1 });
    await produce(client, 'a', batch(['1'])).catch(() => {});
    expect(await broker.failed).toContain('/one has failed');
    await client.closed;
  });
});
