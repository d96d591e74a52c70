// ConsumerGroupTargetAssignmentMetadata: epoch of the target assignment.
import { type DecodedMessage, int32, int64, message, string } from '../../schema.ts';

export const ConsumerGroupTargetAssignmentMetadataKey = message({
  name: 'ConsumerGroupTargetAssignmentMetadataKey',
  versions: [0, 0],
  flexible: null,
  fields: { groupId: string },
});

export interface ConsumerGroupTargetAssignmentMetadataKeyData
  extends DecodedMessage<typeof ConsumerGroupTargetAssignmentMetadataKey> {}

export const ConsumerGroupTargetAssignmentMetadataValue = message({
  name: 'ConsumerGroupTargetAssignmentMetadataValue',
  versions: [0, 0],
  flexible: 0,
  fields: { assignmentEpoch: int32, assignmentTimestamp: int64.default(0).tag(0) },
});

export interface ConsumerGroupTargetAssignmentMetadataValueData
  extends DecodedMessage<typeof ConsumerGroupTargetAssignmentMetadataValue> {}
