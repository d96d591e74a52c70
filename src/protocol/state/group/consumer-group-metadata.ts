// ConsumerGroupMetadata: epoch of a consumer-protocol group.
import { type DecodedMessage, int32, int64, message, string } from '../../schema.ts';

export const ConsumerGroupMetadataKey = message({
  name: 'ConsumerGroupMetadataKey',
  versions: [0, 0],
  flexible: null,
  fields: { groupId: string },
});

export interface ConsumerGroupMetadataKeyData extends DecodedMessage<typeof ConsumerGroupMetadataKey> {}

export const ConsumerGroupMetadataValue = message({
  name: 'ConsumerGroupMetadataValue',
  versions: [0, 0],
  flexible: 0,
  fields: { epoch: int32, metadataHash: int64.default(0).tag(0) },
});

export interface ConsumerGroupMetadataValueData extends DecodedMessage<typeof ConsumerGroupMetadataValue> {}
