// StreamsGroupMemberMetadata: what a member of a streams group said of itself.
import { array, type DecodedMessage, int32, message, string, struct, uint16 } from '../../schema.ts';

export const StreamsGroupMemberMetadataKey = message({
  name: 'StreamsGroupMemberMetadataKey',
  versions: [0, 0],
  flexible: null,
  fields: { groupId: string, memberId: string },
});

export interface StreamsGroupMemberMetadataKeyData extends DecodedMessage<typeof StreamsGroupMemberMetadataKey> {}

const endpoint = { host: string, port: uint16 };
const keyValue = { key: string, value: string };
export const StreamsGroupMemberMetadataValue = message({
  name: 'StreamsGroupMemberMetadataValue',
  versions: [0, 0],
  flexible: 0,
  fields: {
    instanceId: string.nullable(),
    rackId: string.nullable(),
    clientId: string,
    clientHost: string,
    rebalanceTimeoutMs: int32.default(-1),
    topologyEpoch: int32,
    processId: string,
    userEndpoint: struct(endpoint).nullable().default(null),
    clientTags: array(keyValue),
  },
});

export interface StreamsGroupMemberMetadataValueData extends DecodedMessage<typeof StreamsGroupMemberMetadataValue> {}
