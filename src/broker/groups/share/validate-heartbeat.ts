// What a ShareGroupHeartbeat must look like (throwIfShareGroupHeartbeatRequestIsInvalid).

import { ErrorCode, KafkaError } from '../../../protocol/errors.ts';
import type { ShareGroupHeartbeatRequest } from '../../../protocol/messages/share-group-heartbeat.ts';
import { MemberEpoch } from '../modern/member.ts';

/** @throws KafkaError INVALID_REQUEST */
export function validateHeartbeat(request: ShareGroupHeartbeatRequest): void {
  refuseEmpty(request.memberId, 'MemberId');
  refuseEmpty(request.groupId, 'GroupId');
  refuseEmpty(request.rackId, 'RackId');
  if (request.memberEpoch < MemberEpoch.LEAVE) throw invalid('MemberEpoch is invalid.');
  if (request.memberEpoch === MemberEpoch.JOIN && !request.subscribedTopicNames?.length) {
    throw invalid('SubscribedTopicNames must be set in first request.');
  }
}

function refuseEmpty(value: string | null, name: string): void {
  if (value !== null && value.trim() === '') throw invalid(`${name} can't be empty.`);
}

function invalid(message: string): KafkaError {
  return new KafkaError(ErrorCode.INVALID_REQUEST, message);
}
