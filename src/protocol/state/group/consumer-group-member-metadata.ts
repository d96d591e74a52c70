// ConsumerGroupMemberMetadata: what a member of a consumer-protocol group said of itself.
import { array, bytes, type DecodedMessage, int32, message, string, struct } from '../../schema.ts';

export const ConsumerGroupMemberMetadataKey = message({
  name: 'ConsumerGroupMemberMetadataKey',
  versions: [0, 0],
  flexible: null,
  fields: { groupId: string, memberId: string },
});

export interface ConsumerGroupMemberMetadataKeyData extends DecodedMessage<typeof ConsumerGroupMemberMetadataKey> {}

export const ConsumerGroupMemberMetadataValue = message({
  name: 'ConsumerGroupMemberMetadataValue',
  versions: [0, 0],
  flexible: 0,
  fields: {
    instanceId: string.nullable(),
    rackId: string.nullable(),
    clientId: string,
    clientHost: string,
    subscribedTopicNames: array(string),
    subscribedTopicRegex: string.nullable(),
    rebalanceTimeoutMs: int32.default(-1),
    serverAssignor: string.nullable(),
    classicMemberMetadata: struct({
      sessionTimeoutMs: int32,
      supportedProtocols: array({ name: string, metadata: bytes }),
    })
      .nullable()
      .tag(0),
  },
});

export interface ConsumerGroupMemberMetadataValueData extends DecodedMessage<typeof ConsumerGroupMemberMetadataValue> {}
