// ShareUpdate: a change of the state of a share partition.
import { array, type DecodedMessage, int8, int16, int32, int64, message, string, uuid } from '../../schema.ts';

export const ShareUpdateKey = message({
  name: 'ShareUpdateKey',
  versions: [0, 0],
  flexible: null,
  fields: { groupId: string, topicId: uuid, partition: int32 },
});

export interface ShareUpdateKeyData extends DecodedMessage<typeof ShareUpdateKey> {}

export const ShareUpdateValue = message({
  name: 'ShareUpdateValue',
  versions: [0, 0],
  flexible: 0,
  fields: {
    snapshotEpoch: int32,
    leaderEpoch: int32,
    startOffset: int64,
    deliveryCompleteCount: int32.default(-1).tag(0),
    stateBatches: array({ firstOffset: int64, lastOffset: int64, deliveryState: int8, deliveryCount: int16 }),
  },
});

export interface ShareUpdateValueData extends DecodedMessage<typeof ShareUpdateValue> {}
