// The metadata log `__cluster_metadata-0` as KRaft keeps it: data batches of framed records, a LeaderChange control batch
// at the start of each leader epoch. Here one node is always the leader; each start is a new epoch.
import { DEFAULT_LOG_CONFIG, type LogConfig } from '../../log/log-config.ts';
import type { PartitionLog } from '../../log/partition-log.ts';
import { encode } from '../../protocol/codec.ts';
import { isControl } from '../../protocol/records/batch.ts';
import { buildControlBatch, ControlType, readControlKey } from '../../protocol/records/control.ts';
import { batches, loadCodecsFor, readRecordsSync } from '../../protocol/records/read.ts';
import { buildBatch } from '../../protocol/records/write.ts';
import { LeaderChangeMessage } from '../../protocol/state/control.ts';
import { quorumRecords } from '../../protocol/state/snapshot.ts';
import { Writer } from '../../protocol/writer.ts';
import type { Clock } from '../../util/clock.ts';
import type { Quorum } from './quorum.ts';
import { type FramedRecord, openMetadataRecord } from './record-serde.ts';

/** Bytes read at once while replaying. */
const READ_BYTES = 1024 * 1024;

/**
 * Only snapshots make anything superfluous; batches may be as large as KafkaRaftClient's,
 * and are on disk before anyone is told.
 */
export const METADATA_LOG_CONFIG: LogConfig = {
  ...DEFAULT_LOG_CONFIG,
  maxMessageBytes: 8 * 1024 * 1024,
  delete: false,
  retentionMs: -1,
  flushMessages: 1,
};

export class MetadataLog {
  readonly #log: PartitionLog;
  readonly #clock: Clock;
  #epoch: number;

  constructor(log: PartitionLog, clock: Clock, epoch: number) {
    this.#log = log;
    this.#clock = clock;
    this.#epoch = epoch;
  }

  /** Leader epoch of what is appended. */
  get epoch(): number {
    return this.#epoch;
  }

  get endOffset(): number {
    return this.#log.logEndOffset;
  }

  /** Appends records as one batch: after a crash all of them are there or none. Returns the first one's offset. */
  append(values: readonly Buffer[]): number {
    const timestamp = this.#clock.nowMs();
    return this.#write(buildBatch(values.map((value) => ({ timestamp, value }))));
  }

  /** The next epoch begins. */
  nextEpoch(): void {
    this.#epoch++;
  }

  /** Notes that this node leads from here on (LeaderChange, as a voter writes it that the others have elected). */
  appendLeaderChange(nodeId: number, voterIds: readonly number[] = [nodeId]): void {
    const writer = new Writer();
    const voters = voterIds.map((voterId) => ({ voterId }));
    encode(LeaderChangeMessage, 0, writer, { version: 0, leaderId: nodeId, voters, grantingVoters: voters });
    const payload = Buffer.concat(writer.finish());
    const records = [{ type: ControlType.LEADER_CHANGE, payload }];
    this.#write(buildControlBatch(records, { timestampMs: this.#clock.nowMs() }));
  }

  /** Notes who votes from here on, in place of the voters of the configuration (KRaftVersionUpgrade). */
  appendQuorum(quorum: Quorum): void {
    this.#write(buildControlBatch(quorumRecords(quorum), { timestampMs: this.#clock.nowMs() }));
  }

  #write(batch: Buffer): number {
    const options = { leaderEpoch: this.#epoch, nowMs: this.#clock.nowMs(), origin: 'coordinator' } as const;
    return this.#log.append(batch, options).baseOffset;
  }
}

/** Hands `visit` every metadata record of the log from an offset on, in order. */
export async function readMetadataLog(
  log: PartitionLog,
  fromOffset: number,
  visit: (record: FramedRecord) => void,
  control?: VisitControl,
): Promise<void> {
  let offset = fromOffset;
  while (offset < log.logEndOffset) {
    const read = await log.read(offset, READ_BYTES, { minOneMessage: true, upTo: log.logEndOffset });
    const records = Buffer.concat(read.records);
    await loadCodecsFor(records);
    offset = visitBatches(records, offset, visit, control);
  }
}

/** Sees a control record: its type, see ControlType, and its value. */
export type VisitControl = (type: number, value: Buffer) => void;

/**
 * Visits the metadata records in whole batches, from `fromOffset` on. Returns the offset behind the last batch.
 * @throws Error if there is no whole batch
 */
export function visitBatches(
  records: Buffer,
  fromOffset: number,
  visit: (record: FramedRecord) => void,
  control?: VisitControl,
): number {
  let next = fromOffset;
  for (const { header, pos } of batches(records)) {
    next = header.baseOffset + header.lastOffsetDelta + 1;
    if (isControl(header.attributes)) {
      for (const { key, value } of readRecordsSync(records, pos, header))
        if (value !== null) control?.(readControlKey(key).type, value);
      continue;
    }
    for (const { offset, value } of readRecordsSync(records, pos, header)) {
      if (value !== null && offset >= fromOffset) visit(openMetadataRecord(value));
    }
  }
  if (next === fromOffset) throw new Error(`The metadata log has no whole batch at offset ${next}`);
  return next;
}
