// ShareGroupStatePartitionMetadata: share partitions whose state is initialized.
import { array, type DecodedMessage, int32, message, string, uuid } from '../../schema.ts';

export const ShareGroupStatePartitionMetadataKey = message({
  name: 'ShareGroupStatePartitionMetadataKey',
  versions: [0, 0],
  flexible: null,
  fields: { groupId: string },
});

export interface ShareGroupStatePartitionMetadataKeyData
  extends DecodedMessage<typeof ShareGroupStatePartitionMetadataKey> {}

const topicPartitionsInfo = { topicId: uuid, topicName: string, partitions: array(int32) };
const topicInfo = { topicId: uuid, topicName: string };
export const ShareGroupStatePartitionMetadataValue = message({
  name: 'ShareGroupStatePartitionMetadataValue',
  versions: [0, 0],
  flexible: 0,
  fields: {
    initializingTopics: array(topicPartitionsInfo),
    initializedTopics: array(topicPartitionsInfo),
    deletingTopics: array(topicInfo),
  },
});

export interface ShareGroupStatePartitionMetadataValueData
  extends DecodedMessage<typeof ShareGroupStatePartitionMetadataValue> {}
