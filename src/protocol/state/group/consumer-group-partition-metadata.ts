// ConsumerGroupPartitionMetadata: partition counts that a group was assigned by (up to 4.0).
import { array, type DecodedMessage, int32, message, string, uuid } from '../../schema.ts';

export const ConsumerGroupPartitionMetadataKey = message({
  name: 'ConsumerGroupPartitionMetadataKey',
  versions: [0, 0],
  flexible: null,
  fields: { groupId: string },
});

export interface ConsumerGroupPartitionMetadataKeyData
  extends DecodedMessage<typeof ConsumerGroupPartitionMetadataKey> {}

export const ConsumerGroupPartitionMetadataValue = message({
  name: 'ConsumerGroupPartitionMetadataValue',
  versions: [0, 0],
  flexible: 0,
  fields: {
    topics: array({
      topicId: uuid,
      topicName: string,
      numPartitions: int32,
      partitionMetadata: array({ partition: int32, racks: array(string) }),
    }),
  },
});

export interface ConsumerGroupPartitionMetadataValueData
  extends DecodedMessage<typeof ConsumerGroupPartitionMetadataValue> {}
