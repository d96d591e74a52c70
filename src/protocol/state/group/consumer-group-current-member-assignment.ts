// ConsumerGroupCurrentMemberAssignment: what a member of a consumer-protocol group owns.
import { array, type DecodedMessage, int8, int32, message, string, uuid } from '../../schema.ts';

export const ConsumerGroupCurrentMemberAssignmentKey = message({
  name: 'ConsumerGroupCurrentMemberAssignmentKey',
  versions: [0, 0],
  flexible: null,
  fields: { groupId: string, memberId: string },
});

export interface ConsumerGroupCurrentMemberAssignmentKeyData
  extends DecodedMessage<typeof ConsumerGroupCurrentMemberAssignmentKey> {}

const topicPartitions = {
  topicId: uuid,
  partitions: array(int32),
  assignmentEpochs: array(int32).nullable().tag(0),
};
export const ConsumerGroupCurrentMemberAssignmentValue = message({
  name: 'ConsumerGroupCurrentMemberAssignmentValue',
  versions: [0, 0],
  flexible: 0,
  fields: {
    memberEpoch: int32,
    previousMemberEpoch: int32,
    state: int8,
    assignedPartitions: array(topicPartitions),
    partitionsPendingRevocation: array(topicPartitions),
  },
});

export interface ConsumerGroupCurrentMemberAssignmentValueData
  extends DecodedMessage<typeof ConsumerGroupCurrentMemberAssignmentValue> {}
