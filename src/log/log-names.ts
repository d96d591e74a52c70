// Names of files and directories (org.apache.kafka.storage.internals.log.LogFileUtils, LocalLog).
import { randomBytes } from 'node:crypto';

export const SUFFIX = {
  log: '.log',
  offsetIndex: '.index',
  timeIndex: '.timeindex',
  transactionIndex: '.txnindex',
  snapshot: '.snapshot',
  /** Waits to be deleted. */
  deleted: '.deleted',
  /** Output of a compaction that has not finished. */
  cleaned: '.cleaned',
  /** Output of a compaction that is being put in place. */
  swap: '.swap',
} as const;

/** A file name may have this many bytes on every common file system. */
const MAX_NAME_BYTES = 255;
const OFFSET_DIGITS = 20;

/** `00000000000000000042.log` for offset 42 and suffix `.log`. */
export function offsetFileName(offset: number, suffix: string): string {
  return String(offset).padStart(OFFSET_DIGITS, '0') + suffix;
}

/** Offset and suffix of such a name; undefined for other names. */
export function parseOffsetFileName(name: string): { offset: number; suffix: string } | undefined {
  const match = /^(\d{20})(\..+)$/.exec(name);
  return match === null ? undefined : { offset: Number(match[1]), suffix: match[2]! };
}

export interface TopicPartition {
  topic: string;
  partition: number;
}

/** `orders-0`. */
export function partitionDirectoryName(topic: string, partition: number): string {
  return `${topic}-${partition}`;
}

/**
 * Topic and partition of a directory `<topic>-<n>`; the last dash counts, as topic names may have some. undefined for
 * anything else, directories that wait to be deleted included.
 */
export function parsePartitionDirectory(name: string): TopicPartition | undefined {
  const match = /^(.+)-(\d{1,10})$/.exec(name);
  if (match === null) return undefined;
  return { topic: match[1]!, partition: Number(match[2]) };
}

/** `orders-0.<32 hex digits>-delete`, cut to what a file system takes (LocalLog.logDeleteDirName). */
export function deleteDirectoryName(topic: string, partition: number): string {
  const tail = `-${partition}.${randomBytes(16).toString('hex')}-delete`;
  return topic.slice(0, MAX_NAME_BYTES - tail.length) + tail;
}

/**
 * `orders-0.<32 hex digits>-future`: a copy of a partition that is to take its place (UnifiedLog.logFutureDirName).
 * undefined if that is more than a file system takes.
 */
export function futureDirectoryName(topic: string, partition: number): string | undefined {
  const name = `${partitionDirectoryName(topic, partition)}.${randomBytes(16).toString('hex')}-future`;
  return name.length > MAX_NAME_BYTES ? undefined : name;
}

/** Topic and partition of such a directory; undefined for other names. */
export function parseFutureDirectory(name: string): TopicPartition | undefined {
  const match = /^(.+-\d{1,10})\.[0-9a-f]{32}-future$/.exec(name);
  return match === null ? undefined : parsePartitionDirectory(match[1]!);
}

export function isDeleteDirectory(name: string): boolean {
  return /^.+\.[0-9a-f]{32}-delete$/.test(name);
}
