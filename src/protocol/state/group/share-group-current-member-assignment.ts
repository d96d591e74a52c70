// ShareGroupCurrentMemberAssignment: what a member of a share group reads.
import { array, type DecodedMessage, int8, int32, message, string, uuid } from '../../schema.ts';

export const ShareGroupCurrentMemberAssignmentKey = message({
  name: 'ShareGroupCurrentMemberAssignmentKey',
  versions: [0, 0],
  flexible: null,
  fields: { groupId: string, memberId: string },
});

export interface ShareGroupCurrentMemberAssignmentKeyData
  extends DecodedMessage<typeof ShareGroupCurrentMemberAssignmentKey> {}

const topicPartitions = { topicId: uuid, partitions: array(int32) };
export const ShareGroupCurrentMemberAssignmentValue = message({
  name: 'ShareGroupCurrentMemberAssignmentValue',
  versions: [0, 0],
  flexible: 0,
  fields: { memberEpoch: int32, previousMemberEpoch: int32, state: int8, assignedPartitions: array(topicPartitions) },
});

export interface ShareGroupCurrentMemberAssignmentValueData
  extends DecodedMessage<typeof ShareGroupCurrentMemberAssignmentValue> {}
