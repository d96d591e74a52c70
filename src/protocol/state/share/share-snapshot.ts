// ShareSnapshot: whole state of a share partition.
import { array, type DecodedMessage, int8, int16, int32, int64, message, string, uuid } from '../../schema.ts';

export const ShareSnapshotKey = message({
  name: 'ShareSnapshotKey',
  versions: [0, 0],
  flexible: null,
  fields: { groupId: string, topicId: uuid, partition: int32 },
});

export interface ShareSnapshotKeyData extends DecodedMessage<typeof ShareSnapshotKey> {}

export const ShareSnapshotValue = message({
  name: 'ShareSnapshotValue',
  versions: [0, 0],
  flexible: 0,
  fields: {
    snapshotEpoch: int32,
    stateEpoch: int32,
    leaderEpoch: int32,
    startOffset: int64,
    deliveryCompleteCount: int32.default(-1).tag(0),
    createTimestamp: int64,
    writeTimestamp: int64,
    stateBatches: array({ firstOffset: int64, lastOffset: int64, deliveryState: int8, deliveryCount: int16 }),
  },
});

export interface ShareSnapshotValueData extends DecodedMessage<typeof ShareSnapshotValue> {}
