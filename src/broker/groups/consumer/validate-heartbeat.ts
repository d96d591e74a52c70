// What a ConsumerGroupHeartbeat must look like (throwIfConsumerGroupHeartbeatRequestIsInvalid).

import { ErrorCode, KafkaError } from '../../../protocol/errors.ts';
import type { ConsumerGroupHeartbeatRequest } from '../../../protocol/messages/consumer-group-heartbeat.ts';
import { patternError } from '../../client-pattern.ts';
import { MemberEpoch } from '../modern/member.ts';
import { assignorNames } from './assignors/names.ts';

/** From this version on members choose their ids themselves (KIP-1082). */
const CLIENT_MEMBER_ID_VERSION = 1;

/** @throws KafkaError INVALID_REQUEST, UNSUPPORTED_ASSIGNOR, INVALID_REGULAR_EXPRESSION */
export function validateHeartbeat(
  request: ConsumerGroupHeartbeatRequest,
  apiVersion: number,
  assignors: readonly string[],
): void {
  const { memberEpoch, serverAssignor, subscribedTopicRegex } = request;
  refuseEmpty(request.groupId, 'GroupId');
  refuseEmpty(request.instanceId, 'InstanceId');
  refuseEmpty(request.rackId, 'RackId');
  const hasMemberId = memberEpoch !== MemberEpoch.JOIN || apiVersion >= CLIENT_MEMBER_ID_VERSION;
  if (memberEpoch < MemberEpoch.LEAVE_STATIC) throw invalid('MemberEpoch is invalid.');
  if (hasMemberId) refuseEmpty(request.memberId, 'MemberId');
  if (memberEpoch === MemberEpoch.JOIN) validateJoin(request);
  if (memberEpoch === MemberEpoch.LEAVE_STATIC && request.instanceId === null) {
    throw invalid("InstanceId can't be null.");
  }
  const names = assignorNames(assignors);
  if (serverAssignor !== null && !names.includes(serverAssignor)) {
    const supported = names.join(', ');
    throw new KafkaError(
      ErrorCode.UNSUPPORTED_ASSIGNOR,
      `ServerAssignor ${serverAssignor} is not supported. Supported assignors: ${supported}.`,
    );
  }
  const wrong = subscribedTopicRegex ? patternError(subscribedTopicRegex) : undefined;
  if (wrong === undefined) return;
  throw new KafkaError(
    ErrorCode.INVALID_REGULAR_EXPRESSION,
    `SubscribedTopicRegex \`${subscribedTopicRegex}\` is not a valid regular expression: ${wrong}.`,
  );
}

function validateJoin(request: ConsumerGroupHeartbeatRequest): void {
  if (request.rebalanceTimeoutMs === -1) throw invalid('RebalanceTimeoutMs must be provided in first request.');
  if (request.topicPartitions === null || request.topicPartitions.length > 0) {
    throw invalid('TopicPartitions must be empty when (re-)joining.');
  }
  if (request.subscribedTopicNames === null && request.subscribedTopicRegex === null) {
    throw invalid('Either SubscribedTopicNames or SubscribedTopicRegex must be non-null when (re-)joining.');
  }
}

function refuseEmpty(value: string | null, name: string): void {
  if (value !== null && value.trim() === '') throw invalid(`${name} can't be empty.`);
}

function invalid(message: string): KafkaError {
  return new KafkaError(ErrorCode.INVALID_REQUEST, message);
}
