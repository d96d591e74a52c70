// StreamsGroupTargetAssignmentMetadata: epoch of the target assignment.
import { type DecodedMessage, int32, int64, message, string } from '../../schema.ts';

export const StreamsGroupTargetAssignmentMetadataKey = message({
  name: 'StreamsGroupTargetAssignmentMetadataKey',
  versions: [0, 0],
  flexible: null,
  fields: { groupId: string },
});

export interface StreamsGroupTargetAssignmentMetadataKeyData
  extends DecodedMessage<typeof StreamsGroupTargetAssignmentMetadataKey> {}

export const StreamsGroupTargetAssignmentMetadataValue = message({
  name: 'StreamsGroupTargetAssignmentMetadataValue',
  versions: [0, 0],
  flexible: 0,
  fields: { assignmentEpoch: int32, assignmentTimestamp: int64.default(0).tag(0) },
});

export interface StreamsGroupTargetAssignmentMetadataValueData
  extends DecodedMessage<typeof StreamsGroupTargetAssignmentMetadataValue> {}
