// Who votes for the leader of the metadata log, and whether that can change (KIP-853): control records of the log itself and
// of its snapshots say so (KRaftControlRecordStateMachine). Without them the voters are those of the configuration.
import { decode } from '../../protocol/codec.ts';
import { Reader } from '../../protocol/reader.ts';
import { ControlType } from '../../protocol/records/control.ts';
import { KRaftVersionRecord, VotersRecord, type VotersRecordData } from '../../protocol/state/control.ts';

export type Voters = VotersRecordData['voters'];

/** The levels of kraft.version that a voter can have. */
export const KRAFT_VERSIONS = { minSupportedVersion: 0, maxSupportedVersion: 1 };

export interface Quorum {
  /** Level of the feature kraft.version: from 1 on the voters are those of the log. */
  readonly kRaftVersion: number;
  readonly voters: Voters;
}

export const STATIC_QUORUM: Quorum = { kRaftVersion: 0, voters: [] };

/** The quorum after a control record, whatever that is about. */
export function afterControlRecord(quorum: Quorum, type: number, value: Buffer): Quorum {
  if (type === ControlType.KRAFT_VERSION) {
    const { kRaftVersion } = decode(KRaftVersionRecord, 0, new Reader(value));
    return { ...quorum, kRaftVersion };
  }
  if (type === ControlType.KRAFT_VOTERS) {
    const { voters } = decode(VotersRecord, 0, new Reader(value));
    return { ...quorum, voters };
  }
  return quorum;
}
