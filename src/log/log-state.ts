// What the parts of one partition's log work on together.
import type { Clock } from '../util/clock.ts';
import type { Logger } from '../util/logger.ts';
import { LogError, LogErrorCode } from './errors.ts';
import type { LeaderEpochs } from './leader-epochs.ts';
import type { LogConfig } from './log-config.ts';
import type { LogSegments } from './log-segments.ts';
import type { ProducerSnapshots } from './producer-snapshot.ts';
import type { ProducerState } from './producer-state.ts';
import type { ReadBuffers } from './read-buffers.ts';
import type { SegmentContext } from './segment-options.ts';
import type { TailBudget, TailCache } from './tail-cache.ts';

/** What all partitions share. */
export interface LogContext extends SegmentContext {
  tails: TailBudget;
  readBuffers: ReadBuffers;
  clock: Clock;
  logger: Logger;
  /** Does something after a delay, unless the broker stops before. */
  later(delayMs: number, action: () => void): void;
  /** Says that a log start offset was raised by DeleteRecords and must survive a crash. */
  logStartChanged(): void;
  /** Says that the file system failed under a log, in the directory of its partition. */
  failed(partitionDirectory: string, cause: unknown): void;
}

export interface LogState {
  readonly context: LogContext;
  readonly topic: string;
  readonly partition: number;
  /** `orders-0`. */
  readonly topicPartition: string;
  /** Of the partition. */
  readonly directory: string;
  readonly segments: LogSegments;
  readonly producers: ProducerState;
  readonly snapshots: ProducerSnapshots;
  readonly epochs: LeaderEpochs;
  readonly tail: TailCache;
  readonly listeners: Set<() => void>;
  topicId: string | undefined;
  config: LogConfig;
  logStartOffset: number;
  logEndOffset: number;
  /** Everything below is on disk. */
  recoveryPoint: number;
  /** Why the log is offline. */
  failure: string | undefined;
  /** What took this state's place when the log was moved to another directory. */
  movedTo?: LogState;
}

/** @throws LogError KAFKA_STORAGE_ERROR if the log is offline */
export function assertOnline(state: LogState): void {
  if (state.failure !== undefined) throw new LogError(LogErrorCode.KAFKA_STORAGE_ERROR, state.failure);
}

/** Takes the log offline: nothing more is appended to it or acknowledged. */
export function takeOffline(state: LogState, what: string, cause: unknown): LogError {
  if (state.failure === undefined) {
    state.failure = `Partition ${state.topicPartition} is offline: ${what} (${messageOf(cause)})`;
    state.context.logger.error(state.failure, cause);
    notify(state);
    state.context.failed(state.directory, cause);
  }
  return new LogError(LogErrorCode.KAFKA_STORAGE_ERROR, state.failure, { cause });
}

/** A failure of the file system that the log survives, as an error for the client. */
export function storageError(state: LogState, doing: string, cause: unknown): LogError {
  const message = `Error while ${doing} ${state.topicPartition} in dir ${state.directory}: ${messageOf(cause)}`;
  state.context.logger.error(message);
  state.context.failed(state.directory, cause);
  return new LogError(LogErrorCode.KAFKA_STORAGE_ERROR, message, { cause });
}

export function notify(state: LogState): void {
  for (const listener of state.listeners) listener();
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
