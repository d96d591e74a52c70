// ShareGroupTargetAssignmentMetadata: epoch of the target assignment.
import { type DecodedMessage, int32, int64, message, string } from '../../schema.ts';

export const ShareGroupTargetAssignmentMetadataKey = message({
  name: 'ShareGroupTargetAssignmentMetadataKey',
  versions: [0, 0],
  flexible: null,
  fields: { groupId: string },
});

export interface ShareGroupTargetAssignmentMetadataKeyData
  extends DecodedMessage<typeof ShareGroupTargetAssignmentMetadataKey> {}

export const ShareGroupTargetAssignmentMetadataValue = message({
  name: 'ShareGroupTargetAssignmentMetadataValue',
  versions: [0, 0],
  flexible: 0,
  fields: { assignmentEpoch: int32, assignmentTimestamp: int64.default(0).tag(0) },
});

export interface ShareGroupTargetAssignmentMetadataValueData
  extends DecodedMessage<typeof ShareGroupTargetAssignmentMetadataValue> {}
