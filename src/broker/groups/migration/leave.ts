// LeaveGroup in a group of the consumer protocol (GroupMetadataManager.classicGroupLeaveToConsumerGroup): of a classic
// member, or by an administrator, who may take out members of either protocol.
import { ErrorCode, KafkaError } from '../../../protocol/errors.ts';
import type { ConsumerGroup } from '../consumer/consumer-group.ts';
import type { ConsumerContext } from '../consumer/context.ts';
import { staticMember } from '../consumer/find-group.ts';
import { fence } from '../consumer/leave.ts';
import { knownMember } from '../known-member.ts';
import { type LeaveResult, type LeavingMember, UNKNOWN_MEMBER_ID } from '../messages.ts';

/** @throws KafkaError if the log refuses */
export function leaveConsumerGroup(
  context: ConsumerContext,
  group: ConsumerGroup,
  leaving: readonly LeavingMember[],
): LeaveResult[] {
  const found = new Set<string>();
  const results = leaving.map(({ memberId, groupInstanceId }) => {
    try {
      found.add(findLeaving(group, memberId, groupInstanceId));
      return { memberId, groupInstanceId, errorCode: ErrorCode.NONE };
    } catch (error) {
      if (!(error instanceof KafkaError)) throw error;
      return { memberId, groupInstanceId, errorCode: error.code };
    }
  });
  if (found.size > 0) fence(context, group, [...found]);
  return results;
}

/** @throws KafkaError UNKNOWN_MEMBER_ID, FENCED_INSTANCE_ID */
function findLeaving(group: ConsumerGroup, memberId: string, groupInstanceId: string | null): string {
  if (groupInstanceId === null) return knownMember(group, memberId).memberId;
  if (memberId !== UNKNOWN_MEMBER_ID) return staticMember(group, groupInstanceId, memberId).memberId;
  const member = group.staticMember(groupInstanceId);
  if (!member) throw new KafkaError(ErrorCode.UNKNOWN_MEMBER_ID);
  return member.memberId;
}
