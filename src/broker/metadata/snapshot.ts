// Snapshots of the metadata log (KIP-630): `<end offset, 20 digits>-<epoch, 10 digits>.checkpoint` beside its segments holds
// the records that make up the image before that offset, between a header and a footer (control records).
import { join } from 'node:path';
import { replaceFile } from '../../log/atomic-file.ts';
import type { Files } from '../../log/files.ts';
import { computeCrc, isControl } from '../../protocol/records/batch.ts';
import { ControlType, readControlKey } from '../../protocol/records/control.ts';
import { batches, loadCodecsFor, readRecordsSync } from '../../protocol/records/read.ts';
import { buildBatch } from '../../protocol/records/write.ts';
import { snapshotFooter, snapshotHeader } from '../../protocol/state/snapshot.ts';
import { inBatches } from './batches.ts';
import { type VisitControl, visitBatches } from './metadata-log.ts';
import { type Quorum, STATIC_QUORUM } from './quorum.ts';
import type { FramedRecord } from './record-serde.ts';

export interface SnapshotId {
  /** The first offset that is not in it. */
  readonly endOffset: number;
  /** Leader epoch of the last record that is in it. */
  readonly epoch: number;
}

export interface Snapshot extends SnapshotId {
  readonly path: string;
}

/** The snapshots in the directory of the metadata log, the oldest first. */
export function listSnapshots(files: Files, directory: string): Snapshot[] {
  const snapshots = files.readDirectory(directory).flatMap(({ name }) => {
    const match = /^(\d{20})-(\d{10})\.checkpoint$/.exec(name);
    return match ? [{ path: join(directory, name), endOffset: Number(match[1]), epoch: Number(match[2]) }] : [];
  });
  return snapshots.sort((a, b) => a.endOffset - b.endOffset || a.epoch - b.epoch);
}

/** The content of a snapshot, undefined if it is not whole. */
export function readSnapshot(files: Files, { path }: Snapshot): Buffer | undefined {
  const content = files.readFile(path);
  return isWhole(content) ? content : undefined;
}

/** Hands `visit` every metadata record of a snapshot's content. */
export async function visitSnapshot(
  content: Buffer,
  visit: (record: FramedRecord) => void,
  control?: VisitControl,
): Promise<void> {
  await loadCodecsFor(content);
  visitBatches(content, 0, visit, control);
}

function isWhole(content: Buffer): boolean {
  let end = 0;
  const types: (number | undefined)[] = [];
  for (const { header, pos, size } of batches(content)) {
    if (computeCrc(content, pos) !== header.crc) return false;
    end = pos + size;
    const first = isControl(header.attributes) ? readRecordsSync(content, pos, header) : [];
    types.push(first[0] && readControlKey(first[0].key).type);
  }
  const isFramed = types[0] === ControlType.SNAPSHOT_HEADER && types.at(-1) === ControlType.SNAPSHOT_FOOTER;
  return end === content.length && isFramed;
}

/** Writes a snapshot, whole and on disk before it has its name (RecordsSnapshotWriter). */
export function writeSnapshot(
  files: Files,
  directory: string,
  { endOffset, epoch }: SnapshotId,
  values: Iterable<Buffer>,
  timestamps: { nowMs: number; lastContainedLogTimestamp: number },
  quorum: Quorum = STATIC_QUORUM,
): Snapshot {
  const { nowMs: timestampMs, lastContainedLogTimestamp } = timestamps;
  const place = { timestampMs, baseOffset: 0, leaderEpoch: epoch };
  const isDynamic = quorum.kRaftVersion > 0;
  const content = [snapshotHeader(lastContainedLogTimestamp, place, isDynamic ? quorum : undefined)];
  let baseOffset = isDynamic ? 3 : 1;
  const all = [...values];
  inBatches(all, (batch) => {
    const records = batch.map((value) => ({ timestamp: timestampMs, value }));
    content.push(buildBatch(records, { baseOffset, leaderEpoch: epoch }));
    baseOffset += records.length;
  });
  content.push(snapshotFooter({ timestampMs, baseOffset, leaderEpoch: epoch }));
  const name = `${String(endOffset).padStart(20, '0')}-${String(epoch).padStart(10, '0')}.checkpoint`;
  const path = join(directory, name);
  replaceFile(files, path, Buffer.concat(content), { sync: true });
  return { path, endOffset, epoch };
}
