// Kafka's checkpoint files: a version, a count, and as many lines
// (org.apache.kafka.server.common.CheckpointFile, OffsetCheckpointFile, LeaderEpochCheckpointFile).
import { readTextIfPresent, replaceFile, replaceFileAsync } from './atomic-file.ts';
import type { Files } from './files.ts';

const VERSION = 0;

/** The files of a log directory that hold an offset for each partition. */
export const OFFSET_CHECKPOINTS = {
  /** Everything below is on disk: what recovery need not look at. */
  recoveryPoint: 'recovery-point-offset-checkpoint',
  logStart: 'log-start-offset-checkpoint',
  highWatermark: 'replication-offset-checkpoint',
  /** First dirty offset of compacted topics. */
  cleaner: 'cleaner-offset-checkpoint',
} as const;

/** Offsets by `<topic>-<partition>`. */
export type PartitionOffsets = Map<string, number>;

export class MalformedCheckpoint extends Error {}

/**
 * Offsets of all partitions in a checkpoint; none if the file is missing or empty, as Kafka creates it.
 * @throws MalformedCheckpoint
 */
export function readOffsetCheckpoint(files: Files, file: string): PartitionOffsets {
  const offsets: PartitionOffsets = new Map();
  for (const line of readLines(files, file)) {
    // Topic names have no blanks.
    const match = /^(\S+) (\d+) (-?\d+)$/.exec(line);
    if (match === null) throw new MalformedCheckpoint(`Malformed line in checkpoint file (${file}): '${line}'`);
    offsets.set(`${match[1]}-${match[2]}`, Number(match[3]));
  }
  return offsets;
}

/** The content of a checkpoint. */
export function offsetCheckpointText(offsets: PartitionOffsets): string {
  const lines = [...offsets].map(([topicPartition, offset]) => {
    const dash = topicPartition.lastIndexOf('-');
    return `${topicPartition.slice(0, dash)} ${topicPartition.slice(dash + 1)} ${offset}`;
  });
  return checkpointText(lines);
}

export interface EpochEntry {
  epoch: number;
  /** First offset written in this leader epoch. */
  startOffset: number;
}

/** @throws MalformedCheckpoint */
export function readEpochCheckpoint(files: Files, file: string): EpochEntry[] {
  return readLines(files, file).map((line) => {
    const match = /^(\d+) (\d+)$/.exec(line);
    if (match === null) throw new MalformedCheckpoint(`Malformed line in checkpoint file (${file}): '${line}'`);
    return { epoch: Number(match[1]), startOffset: Number(match[2]) };
  });
}

export function writeEpochCheckpoint(
  files: Files,
  file: string,
  entries: readonly EpochEntry[],
  options: { sync: boolean },
): void {
  replaceFile(files, file, epochText(entries), options);
}

/** The same with `sync`, without blocking. */
export function writeEpochCheckpointAsync(files: Files, file: string, entries: readonly EpochEntry[]): Promise<void> {
  return replaceFileAsync(files, file, epochText(entries));
}

function epochText(entries: readonly EpochEntry[]): string {
  return checkpointText(entries.map(({ epoch, startOffset }) => `${epoch} ${startOffset}`));
}

function checkpointText(lines: readonly string[]): string {
  return [VERSION, lines.length, ...lines, ''].join('\n');
}

function readLines(files: Files, file: string): string[] {
  const text = readTextIfPresent(files, file);
  if (text === undefined || text === '') return [];
  const [version, count, ...lines] = text.split('\n');
  if (version !== String(VERSION)) {
    throw new MalformedCheckpoint(
      `Unrecognized version of the checkpoint file (${file}): ${version}. Expected version: ${VERSION}`,
    );
  }
  if (lines.at(-1) === '') lines.pop();
  if (String(lines.length) !== count) {
    throw new MalformedCheckpoint(
      `Expected ${count} entries in checkpoint file (${file}), but found only ${lines.length}`,
    );
  }
  return lines;
}
