// LegacyOffsetCommit: a committed offset as written by Kafka 0.8 (key version 0), only read.
import { type DecodedMessage, int32, int64, message, string } from '../../schema.ts';

export const LegacyOffsetCommitKey = message({
  name: 'LegacyOffsetCommitKey',
  versions: [0, 0],
  flexible: null,
  fields: { group: string, topic: string, partition: int32 },
});

export interface LegacyOffsetCommitKeyData extends DecodedMessage<typeof LegacyOffsetCommitKey> {}

export const LegacyOffsetCommitValue = message({
  name: 'LegacyOffsetCommitValue',
  versions: [0, 0],
  flexible: null,
  fields: { offset: int64, metadata: string, commitTimestamp: int64 },
});

export interface LegacyOffsetCommitValueData extends DecodedMessage<typeof LegacyOffsetCommitValue> {}
