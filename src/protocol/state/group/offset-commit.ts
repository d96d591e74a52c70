// OffsetCommit: a committed offset of a group.
import { type DecodedMessage, int32, int64, message, string, uuid } from '../../schema.ts';

export const OffsetCommitKey = message({
  name: 'OffsetCommitKey',
  versions: [0, 0],
  flexible: null,
  fields: { group: string, topic: string, partition: int32 },
});

export interface OffsetCommitKeyData extends DecodedMessage<typeof OffsetCommitKey> {}

export const OffsetCommitValue = message({
  name: 'OffsetCommitValue',
  versions: [0, 4],
  flexible: 4,
  fields: {
    offset: int64,
    leaderEpoch: int32.since(3).default(-1),
    metadata: string,
    commitTimestamp: int64,
    expireTimestamp: int64.since(1).until(1).default(-1),
    topicId: uuid.since(4).tag(0),
  },
});

export interface OffsetCommitValueData extends DecodedMessage<typeof OffsetCommitValue> {}
