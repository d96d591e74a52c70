// StreamsGroupCurrentMemberAssignment: tasks that a member owns.
import { array, type DecodedMessage, int8, int32, message, string } from '../../schema.ts';

export const StreamsGroupCurrentMemberAssignmentKey = message({
  name: 'StreamsGroupCurrentMemberAssignmentKey',
  versions: [0, 0],
  flexible: null,
  fields: { groupId: string, memberId: string },
});

export interface StreamsGroupCurrentMemberAssignmentKeyData
  extends DecodedMessage<typeof StreamsGroupCurrentMemberAssignmentKey> {}

const taskIds = {
  subtopologyId: string,
  partitions: array(int32),
  assignmentEpochs: array(int32).nullable().tag(0),
};
export const StreamsGroupCurrentMemberAssignmentValue = message({
  name: 'StreamsGroupCurrentMemberAssignmentValue',
  versions: [0, 0],
  flexible: 0,
  fields: {
    memberEpoch: int32,
    previousMemberEpoch: int32,
    state: int8,
    activeTasks: array(taskIds),
    standbyTasks: array(taskIds),
    warmupTasks: array(taskIds),
    activeTasksPendingRevocation: array(taskIds),
    standbyTasksPendingRevocation: array(taskIds),
    warmupTasksPendingRevocation: array(taskIds),
  },
});

export interface StreamsGroupCurrentMemberAssignmentValueData
  extends DecodedMessage<typeof StreamsGroupCurrentMemberAssignmentValue> {}
