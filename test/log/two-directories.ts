// Logs in one of two log directories, with something of everything in them.
import { expect } from 'vitest';
import { LogErrorCode } from '../../src/log/errors.ts';
import type { Files } from '../../src/log/files.ts';
import { DEFAULT_LOG_CONFIG, type LogConfig } from '../../src/log/log-config.ts';
import { LogManager, type LogManagerOptions } from '../../src/log/log-manager.ts';
import type { PartitionLog } from '../../src/log/partition-log.ts';
import { ManualClock } from '../../src/util/clock.ts';
import { append, appendMarker, CLIENT, RecordingLogger, readAll, TOPIC_ID } from './helpers.ts';

export const DIRS = ['/one', '/two'];
export const STORAGE_ERROR = expect.objectContaining({ code: LogErrorCode.KAFKA_STORAGE_ERROR });

export interface Options extends Partial<LogManagerOptions> {
  files: Files;
  config?: Partial<LogConfig>;
}

export async function open({ config, ...options }: Options) {
  const clock = new ManualClock();
  const logger = new RecordingLogger();
  const manager = await LogManager.open({
    nodeId: 1,
    dirs: DIRS,
    clock,
    logger,
    configFor: () => ({ ...DEFAULT_LOG_CONFIG, segmentBytes: 500, indexIntervalBytes: 100, ...config }),
    ...options,
  });
  return { manager, clock, logger };
}

export async function openFilled(options: Options) {
  const opened = await open(options);
  const log = opened.manager.create('orders', 0, TOPIC_ID);
  fill(log);
  return { ...opened, log };
}

/** Several segments, a producer, an aborted and an open transaction, two leader epochs. */
export function fill(log: PartitionLog): void {
  const producer = { producerId: 7, producerEpoch: 0 };
  for (let i = 0; i < 12; i++) append(log, { value: `${i}`, count: 3, ...producer, baseSequence: 3 * i });
  const transaction = { producerId: 8, producerEpoch: 0, transactional: true };
  append(log, { value: 'aborted', ...transaction, baseSequence: 0 });
  appendMarker(log, { type: 'ABORT', producerId: 8, producerEpoch: 0 });
  append(log, { value: 'open', ...transaction, baseSequence: 1 }, { ...CLIENT, leaderEpoch: 4 });
}

export async function stateOf(log: PartitionLog) {
  const { logStartOffset, logEndOffset, lastStableOffset, latestEpoch, topicId } = log;
  const producers = log.producerStates().map(({ producerId, lastSequence }) => ({ producerId, lastSequence }));
  const bytes = (await readAll(log)).toString('base64');
  const aborted = log.abortedTransactions(logStartOffset, logEndOffset);
  const epochs = log.endOffsetForEpoch(0);
  return { logStartOffset, logEndOffset, lastStableOffset, latestEpoch, topicId, producers, bytes, aborted, epochs };
}

export const names = (files: Files, directory: string) => files.readDirectory(directory).map(({ name }) => name);
export const partitionsIn = (files: Files, directory: string) =>
  names(files, directory).filter((name) => /^orders/.test(name));
export const FUTURE = /^orders-0\.[0-9a-f]{32}-future$/;
export const DELETED = /^orders-0\.[0-9a-f]{32}-delete$/;
