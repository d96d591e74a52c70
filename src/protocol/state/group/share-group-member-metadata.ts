// ShareGroupMemberMetadata: what a member of a share group said of itself.
import { array, type DecodedMessage, message, string } from '../../schema.ts';

export const ShareGroupMemberMetadataKey = message({
  name: 'ShareGroupMemberMetadataKey',
  versions: [0, 0],
  flexible: null,
  fields: { groupId: string, memberId: string },
});

export interface ShareGroupMemberMetadataKeyData extends DecodedMessage<typeof ShareGroupMemberMetadataKey> {}

export const ShareGroupMemberMetadataValue = message({
  name: 'ShareGroupMemberMetadataValue',
  versions: [0, 0],
  flexible: 0,
  fields: { rackId: string.nullable(), clientId: string, clientHost: string, subscribedTopicNames: array(string) },
});

export interface ShareGroupMemberMetadataValueData extends DecodedMessage<typeof ShareGroupMemberMetadataValue> {}
