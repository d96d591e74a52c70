// What a StreamsGroupHeartbeat must look like (GroupCoordinatorService.throwIfStreamsGroupHeartbeatRequest…). 4.3 has
// fields that it does not serve yet: static members, lags, warm-up tasks, regular expressions.

import { ErrorCode, KafkaError } from '../../../protocol/errors.ts';
import type { StreamsGroupHeartbeatRequest } from '../../../protocol/messages/streams-group-heartbeat.ts';
import { MemberEpoch } from '../modern/member.ts';

/** @throws KafkaError INVALID_REQUEST, STREAMS_INVALID_TOPOLOGY */
export function validateHeartbeat(request: StreamsGroupHeartbeatRequest): void {
  refuseUnsupported(request);
  refuseEmpty(request.memberId, 'MemberId');
  refuseEmpty(request.groupId, 'GroupId');
  refuseEmpty(request.rackId, 'RackId');
  const { memberEpoch, topology, activeTasks, standbyTasks, warmupTasks } = request;
  if (memberEpoch === MemberEpoch.JOIN) validateJoin(request);
  if (memberEpoch === MemberEpoch.LEAVE_STATIC) throw invalid("InstanceId can't be null.");
  if (memberEpoch < MemberEpoch.LEAVE_STATIC) {
    throw invalid(`MemberEpoch is ${memberEpoch}, but must be greater than or equal to -2.`);
  }
  const given = [activeTasks, standbyTasks, warmupTasks].filter((tasks) => tasks !== null);
  if (given.length > 0 && given.length < 3) throw invalid('If one task-type is non-null, all must be non-null.');
  if (memberEpoch !== MemberEpoch.JOIN && topology !== null) {
    throw invalid('Topology can only be provided when (re-)joining.');
  }
}

function refuseUnsupported(request: StreamsGroupHeartbeatRequest): void {
  if (request.instanceId !== null) throw invalid('Static membership is not yet supported.');
  if (request.taskOffsets !== null) throw invalid('TaskOffsets are not supported yet.');
  if (request.taskEndOffsets !== null) throw invalid('TaskEndOffsets are not supported yet.');
  if (request.warmupTasks?.length) throw invalid('WarmupTasks are not supported yet.');
  if (request.topology?.subtopologies.some(({ sourceTopicRegex }) => sourceTopicRegex.length > 0)) {
    throw invalid('Regular expressions for source topics are not supported yet.');
  }
}

function validateJoin(request: StreamsGroupHeartbeatRequest): void {
  if (request.rebalanceTimeoutMs === -1) throw invalid('RebalanceTimeoutMs must be provided in first request.');
  for (const [tasks, name] of [
    [request.activeTasks, 'ActiveTasks'],
    [request.standbyTasks, 'StandbyTasks'],
    [request.warmupTasks, 'WarmupTasks'],
  ] as const) {
    if (tasks === null || tasks.length > 0) throw invalid(`${name} must be empty when (re-)joining.`);
  }
  if (request.topology === null) throw invalid('Topology must be non-null when (re-)joining.');
  for (const { stateChangelogTopics } of request.topology.subtopologies) {
    for (const { name, partitions } of stateChangelogTopics) {
      if (partitions === 0) continue;
      const text = `Changelog topic ${name} must have an undefined partition count, but it is set to ${partitions}.`;
      throw new KafkaError(ErrorCode.STREAMS_INVALID_TOPOLOGY, text);
    }
  }
}

function refuseEmpty(value: string | null, name: string): void {
  if (value !== null && value.trim() === '') throw invalid(`${name} can't be empty.`);
}

export function invalid(message: string): KafkaError {
  return new KafkaError(ErrorCode.INVALID_REQUEST, message);
}
