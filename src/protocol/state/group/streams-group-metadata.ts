// StreamsGroupMetadata: epoch of a streams group.
import { array, type DecodedMessage, int32, int64, message, string } from '../../schema.ts';

export const StreamsGroupMetadataKey = message({
  name: 'StreamsGroupMetadataKey',
  versions: [0, 0],
  flexible: null,
  fields: { groupId: string },
});

export interface StreamsGroupMetadataKeyData extends DecodedMessage<typeof StreamsGroupMetadataKey> {}

const lastAssignmentConfig = { key: string, value: string };
export const StreamsGroupMetadataValue = message({
  name: 'StreamsGroupMetadataValue',
  versions: [0, 0],
  flexible: 0,
  fields: {
    epoch: int32,
    metadataHash: int64,
    validatedTopologyEpoch: int32.default(-1).tag(0),
    lastAssignmentConfigs: array(lastAssignmentConfig).nullable().tag(1),
  },
});

export interface StreamsGroupMetadataValueData extends DecodedMessage<typeof StreamsGroupMetadataValue> {}
