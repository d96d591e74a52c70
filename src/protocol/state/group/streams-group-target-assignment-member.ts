// StreamsGroupTargetAssignmentMember: tasks that a member should own.
import { array, type DecodedMessage, int32, message, string } from '../../schema.ts';

export const StreamsGroupTargetAssignmentMemberKey = message({
  name: 'StreamsGroupTargetAssignmentMemberKey',
  versions: [0, 0],
  flexible: null,
  fields: { groupId: string, memberId: string },
});

export interface StreamsGroupTargetAssignmentMemberKeyData
  extends DecodedMessage<typeof StreamsGroupTargetAssignmentMemberKey> {}

const taskIds = { subtopologyId: string, partitions: array(int32) };
export const StreamsGroupTargetAssignmentMemberValue = message({
  name: 'StreamsGroupTargetAssignmentMemberValue',
  versions: [0, 0],
  flexible: 0,
  fields: { activeTasks: array(taskIds), standbyTasks: array(taskIds), warmupTasks: array(taskIds) },
});

export interface StreamsGroupTargetAssignmentMemberValueData
  extends DecodedMessage<typeof StreamsGroupTargetAssignmentMemberValue> {}
