// Snapshots of the metadata log (KIP-630): `<end offset, 20 digits>-<epoch, 10 digits>.checkpoint` beside its segments holds
// the records that make up the image before that offset. ktool writes none, but a directory of Kafka's may have some, and
// its log may begin where the snapshot ends.
import { join } from 'node:path';
import type { Files } from '../../log/files.ts';
import { loadCodecsFor } from '../../protocol/records/read.ts';
import { visitBatches } from './metadata-log.ts';
import type { FramedRecord } from './record-serde.ts';

export interface Snapshot {
  readonly path: string;
  /** The first offset that is not in it. */
  readonly endOffset: number;
  readonly epoch: number;
}

/** The latest snapshot in the directory of the metadata log. */
export function latestSnapshot(files: Files, directory: string): Snapshot | undefined {
  const snapshots = files.readDirectory(directory).flatMap(({ name }) => {
    const match = /^(\d{20})-(\d{10})\.checkpoint$/.exec(name);
    return match ? [{ path: join(directory, name), endOffset: Number(match[1]), epoch: Number(match[2]) }] : [];
  });
  return snapshots.sort((a, b) => a.endOffset - b.endOffset || a.epoch - b.epoch).at(-1);
}

/** Hands `visit` every metadata record of a snapshot. */
export async function readSnapshot(
  files: Files,
  snapshot: Snapshot,
  visit: (record: FramedRecord) => void,
): Promise<void> {
  const content = files.readFile(snapshot.path);
  await loadCodecsFor(content);
  visitBatches(content, 0, visit);
}
