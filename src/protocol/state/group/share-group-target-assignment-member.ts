// ShareGroupTargetAssignmentMember: what a member should read.
import { array, type DecodedMessage, int32, message, string, uuid } from '../../schema.ts';

export const ShareGroupTargetAssignmentMemberKey = message({
  name: 'ShareGroupTargetAssignmentMemberKey',
  versions: [0, 0],
  flexible: null,
  fields: { groupId: string, memberId: string },
});

export interface ShareGroupTargetAssignmentMemberKeyData
  extends DecodedMessage<typeof ShareGroupTargetAssignmentMemberKey> {}

export const ShareGroupTargetAssignmentMemberValue = message({
  name: 'ShareGroupTargetAssignmentMemberValue',
  versions: [0, 0],
  flexible: 0,
  fields: { topicPartitions: array({ topicId: uuid, partitions: array(int32) }) },
});

export interface ShareGroupTargetAssignmentMemberValueData
  extends DecodedMessage<typeof ShareGroupTargetAssignmentMemberValue> {}
