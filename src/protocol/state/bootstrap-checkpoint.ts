// `bootstrap.checkpoint` (BootstrapDirectory): a snapshot with what a new cluster begins with, in each directory that was formatted.
import { buildBatch } from '../records/write.ts';
import { snapshotFooter, snapshotHeader } from './snapshot.ts';

export const BOOTSTRAP_CHECKPOINT = 'bootstrap.checkpoint';

/** Its content. @param values framed records: feature levels, then credentials */
export function bootstrapCheckpoint(values: readonly Buffer[], nowMs: number): Buffer {
  const records = values.map((value) => ({ timestamp: nowMs, value }));
  return Buffer.concat([
    snapshotHeader(0, { timestampMs: nowMs, baseOffset: 0, leaderEpoch: 0 }),
    buildBatch(records, { baseOffset: 1, leaderEpoch: 0 }),
    snapshotFooter({ timestampMs: nowMs, baseOffset: 1 + records.length, leaderEpoch: 0 }),
  ]);
}
