// Heartbeat (GroupMetadataManager.classicGroupHeartbeat).
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import type { HeartbeatRequest } from '../../protocol/messages/heartbeat.ts';
import type { GroupContext } from './context.ts';
import { restartSession } from './sessions.ts';

/** @throws KafkaError REBALANCE_IN_PROGRESS (the session goes on all the same), ILLEGAL_GENERATION, UNKNOWN_MEMBER_ID, FENCED_INSTANCE_ID, INVALID_GROUP_ID */
export function heartbeat(context: GroupContext, request: HeartbeatRequest): void {
  if (request.groupId === '') throw new KafkaError(ErrorCode.INVALID_GROUP_ID);
  const consumers = context.consumers.get(request.groupId);
  if (consumers) {
    context.consumers.classicHeartbeat(consumers, request);
    return;
  }
  const group = context.groups.get(request.groupId);
  if (!group) throw new KafkaError(ErrorCode.UNKNOWN_MEMBER_ID);
  const member = group.validateMember(request.memberId, request.groupInstanceId);
  if (request.generationId !== group.generationId) throw new KafkaError(ErrorCode.ILLEGAL_GENERATION);
  restartSession(context, group, member);
  if (group.state === 'PreparingRebalance') throw new KafkaError(ErrorCode.REBALANCE_IN_PROGRESS);
}
