import { expect, it } from 'vitest';
import { memoryFiles } from '../../../src/log/memory-files.ts';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { AlterReplicaLogDirs } from '../../../src/protocol/messages/alter-replica-log-dirs.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { connect } from '../../helpers/client.ts';
import { createTopic } from '../data-path.ts';

it('says of each partition whether it is where it is wanted', async () => {
  const overrides = new Map([['log.dirs', '/one,/two']]);
  const broker = await startTestBroker({ files: memoryFiles(), overrides, ephemeral: false });
  createTopic(broker, 'a');
  const { logs } = broker.services;
  const here = logs.directoryOf(logs.get('a', 0)!);
  const client = await connect(broker);
  const codesIn = async (path: string, name = 'a', partitions = [0]) => {
    const { results } = await client.request(AlterReplicaLogDirs, 2, {
      dirs: [{ path, topics: [{ name, partitions }] }],
    });
    return results.flatMap((result) => result.partitions.map(({ errorCode }) => errorCode));
  };
  expect(await codesIn(here)).toEqual([0]);
  expect(await codesIn(here === '/one' ? '/two' : '/one')).toEqual([ErrorCode.INVALID_REQUEST]);
  expect(await codesIn('/three')).toEqual([ErrorCode.LOG_DIR_NOT_FOUND]);
  expect(await codesIn(here, 'a', [0, 1])).toEqual([0, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION]);
  expect(await codesIn(here, 'nowhere')).toEqual([ErrorCode.UNKNOWN_TOPIC_OR_PARTITION]);
});
