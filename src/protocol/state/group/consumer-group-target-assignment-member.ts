// ConsumerGroupTargetAssignmentMember: what a member should own.
import { array, type DecodedMessage, int32, message, string, uuid } from '../../schema.ts';

export const ConsumerGroupTargetAssignmentMemberKey = message({
  name: 'ConsumerGroupTargetAssignmentMemberKey',
  versions: [0, 0],
  flexible: null,
  fields: { groupId: string, memberId: string },
});

export interface ConsumerGroupTargetAssignmentMemberKeyData
  extends DecodedMessage<typeof ConsumerGroupTargetAssignmentMemberKey> {}

export const ConsumerGroupTargetAssignmentMemberValue = message({
  name: 'ConsumerGroupTargetAssignmentMemberValue',
  versions: [0, 0],
  flexible: 0,
  fields: { topicPartitions: array({ topicId: uuid, partitions: array(int32) }) },
});

export interface ConsumerGroupTargetAssignmentMemberValueData
  extends DecodedMessage<typeof ConsumerGroupTargetAssignmentMemberValue> {}
