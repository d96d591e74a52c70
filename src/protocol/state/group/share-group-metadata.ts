// ShareGroupMetadata: epoch of a share group.
import { type DecodedMessage, int32, int64, message, string } from '../../schema.ts';

export const ShareGroupMetadataKey = message({
  name: 'ShareGroupMetadataKey',
  versions: [0, 0],
  flexible: null,
  fields: { groupId: string },
});

export interface ShareGroupMetadataKeyData extends DecodedMessage<typeof ShareGroupMetadataKey> {}

export const ShareGroupMetadataValue = message({
  name: 'ShareGroupMetadataValue',
  versions: [0, 0],
  flexible: 0,
  fields: { epoch: int32, metadataHash: int64 },
});

export interface ShareGroupMetadataValueData extends DecodedMessage<typeof ShareGroupMetadataValue> {}
