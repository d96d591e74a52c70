// Members that go (GroupMetadataManager.streamsGroupLeave, streamsGroupFenceMember).
import { ErrorCode } from '../../../protocol/errors.ts';
import type {
  StreamsGroupHeartbeat,
  StreamsGroupHeartbeatRequest,
} from '../../../protocol/messages/streams-group-heartbeat.ts';
import type { ResponseInput } from '../../../protocol/schema.ts';
import { knownMember } from '../known-member.ts';
import { type Change, removalOf } from './changes.ts';
import { commitChanges } from './commit-changes.ts';
import type { StreamsContext } from './context.ts';
import { existingGroup } from './find-group.ts';
import type { StreamsGroup } from './streams-group.ts';

/** @throws KafkaError GROUP_ID_NOT_FOUND, UNKNOWN_MEMBER_ID */
export function leave(
  context: StreamsContext,
  { groupId, memberId, memberEpoch, shutdownApplication }: StreamsGroupHeartbeatRequest,
): ResponseInput<typeof StreamsGroupHeartbeat> {
  const group = existingGroup(context, groupId);
  if (shutdownApplication) group.shutdownMemberId ??= memberId;
  fence(context, group, knownMember(group, memberId).memberId);
  return {
    throttleTimeMs: 0,
    errorCode: ErrorCode.NONE,
    memberId,
    memberEpoch,
    heartbeatIntervalMs: 0,
    acceptableRecoveryLag: 0,
    taskOffsetIntervalMs: 0,
    status: [],
    endpointInformationEpoch: 0,
  };
}

/** Takes a member out; the next heartbeat of another one brings the new assignment. @throws KafkaError if the log refuses */
export function fence(context: StreamsContext, group: StreamsGroup, memberId: string): void {
  const { epoch, metadataHash, validatedTopologyEpoch, assignmentConfigs } = group;
  const value = { epoch: epoch + 1, metadataHash, validatedTopologyEpoch, assignmentConfigs };
  const changes: Change[] = [...removalOf(memberId), { kind: 'epoch', value }];
  commitChanges(context, group, changes);
  context.timers.cancelMember(group.groupId, memberId);
}
