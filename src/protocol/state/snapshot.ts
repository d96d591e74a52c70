// What frames a snapshot of the metadata log (KIP-630): control records at its beginning and its end.
import { encode } from '../codec.ts';
import { buildControlBatch, ControlType } from '../records/control.ts';
import type { Encodable, Fields, Message } from '../schema.ts';
import { Writer } from '../writer.ts';
import {
  KRaftVersionRecord,
  SnapshotFooterRecord,
  SnapshotHeaderRecord,
  VotersRecord,
  type VotersRecordData,
} from './control.ts';

export interface ControlBatchPlace {
  readonly timestampMs: number;
  readonly baseOffset: number;
  readonly leaderEpoch: number;
}

/** Who votes, in a quorum that can change (kraft.version 1). */
export interface SnapshotVoters {
  readonly kRaftVersion: number;
  readonly voters: VotersRecordData['voters'];
}

/** The batch at the beginning: the header, then, in a snapshot that says who votes, kraft.version and the voters. */
export function snapshotHeader(
  lastContainedLogTimestamp: number,
  place: ControlBatchPlace,
  quorum?: SnapshotVoters,
): Buffer {
  const records = [
    control(ControlType.SNAPSHOT_HEADER, SnapshotHeaderRecord, { version: 0, lastContainedLogTimestamp }),
  ];
  if (quorum) records.push(...quorumRecords(quorum));
  return buildControlBatch(records, place);
}

/** The control records that say who votes, in a log or a snapshot. */
export function quorumRecords({ kRaftVersion, voters }: SnapshotVoters) {
  return [
    control(ControlType.KRAFT_VERSION, KRaftVersionRecord, { version: 0, kRaftVersion }),
    control(ControlType.KRAFT_VOTERS, VotersRecord, { version: 0, voters }),
  ];
}

/** The batch at the end. */
export const snapshotFooter = (place: ControlBatchPlace): Buffer =>
  buildControlBatch([control(ControlType.SNAPSHOT_FOOTER, SnapshotFooterRecord, { version: 0 })], place);

function control<F extends Fields>(type: number, message: Message<F>, fields: Encodable<F>) {
  const writer = new Writer();
  encode(message as Message, 0, writer, fields as never);
  return { type, payload: Buffer.concat(writer.finish()) };
}
