// Payloads of the control records of a KRaft log: leader change, snapshot header and footer, KRaft version, voters.
import { array, type DecodedMessage, int16, int32, int64, message, string, struct, uint16, uuid } from '../schema.ts';

const voter = { voterId: int32, voterDirectoryId: uuid.since(1) };
export const LeaderChangeMessage = message({
  name: 'LeaderChangeMessage',
  versions: [0, 1],
  flexible: 0,
  fields: { version: int16, leaderId: int32, voters: array(voter), grantingVoters: array(voter) },
});

export interface LeaderChangeMessageData extends DecodedMessage<typeof LeaderChangeMessage> {}

export const KRaftVersionRecord = message({
  name: 'KRaftVersionRecord',
  versions: [0, 0],
  flexible: 0,
  fields: { version: int16, kRaftVersion: int16 },
});

export interface KRaftVersionRecordData extends DecodedMessage<typeof KRaftVersionRecord> {}

export const VotersRecord = message({
  name: 'VotersRecord',
  versions: [0, 0],
  flexible: 0,
  fields: {
    version: int16,
    voters: array({
      voterId: int32,
      voterDirectoryId: uuid,
      endpoints: array({ name: string, host: string, port: uint16 }),
      kRaftVersionFeature: struct({ minSupportedVersion: int16, maxSupportedVersion: int16 }),
    }),
  },
});

export interface VotersRecordData extends DecodedMessage<typeof VotersRecord> {}

export const SnapshotHeaderRecord = message({
  name: 'SnapshotHeaderRecord',
  versions: [0, 0],
  flexible: 0,
  fields: { version: int16, lastContainedLogTimestamp: int64 },
});

export interface SnapshotHeaderRecordData extends DecodedMessage<typeof SnapshotHeaderRecord> {}

export const SnapshotFooterRecord = message({
  name: 'SnapshotFooterRecord',
  versions: [0, 0],
  flexible: 0,
  fields: { version: int16 },
});

export interface SnapshotFooterRecordData extends DecodedMessage<typeof SnapshotFooterRecord> {}
