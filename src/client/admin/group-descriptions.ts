import { decode } from '../../protocol/codec.ts';
import { ErrorCode } from '../../protocol/errors.ts';
import {
  ConsumerGroupDescribe,
  type ConsumerGroupDescribeResponse,
} from '../../protocol/messages/consumer-group-describe.ts';
import { DescribeGroups, type DescribeGroupsResponse } from '../../protocol/messages/describe-groups.ts';
import { Reader } from '../../protocol/reader.ts';
import { ConsumerProtocolAssignment } from '../../protocol/state/consumer-protocol.ts';
import type { Broker } from '../broker-link.ts';
import { throwIfError } from '../errors.ts';
import type { GroupDescription, GroupMember, TopicPartition } from './types.ts';

/** Asks the coordinator for a consumer-protocol group first and for a classic one if there is none (DescribeConsumerGroupsHandler). */
export async function describeGroup(broker: Broker, groupId: string): Promise<GroupDescription> {
  let reason: string | null = null;
  if (broker.versions.has(ConsumerGroupDescribe)) {
    const request = { groupIds: [groupId], includeAuthorizedOperations: false };
    const group = (await broker.send(ConsumerGroupDescribe, request)).groups[0];
    const isOther =
      group?.errorCode === ErrorCode.GROUP_ID_NOT_FOUND || group?.errorCode === ErrorCode.UNSUPPORTED_VERSION;
    if (group && !isOther) return consumerGroup(broker, group);
    if (group?.errorCode === ErrorCode.GROUP_ID_NOT_FOUND) reason = group.errorMessage;
  }
  const group = (await broker.send(DescribeGroups, { groups: [groupId], includeAuthorizedOperations: false }))
    .groups[0];
  if (!group) throw new Error(`DescribeGroups left out ${groupId}`);
  // Of a group that is of neither kind the first answer is told.
  if (group.errorCode === ErrorCode.GROUP_ID_NOT_FOUND) throwIfError(group.errorCode, reason ?? group.errorMessage);
  return classicGroup(broker, group);
}

type ConsumerGroup = ConsumerGroupDescribeResponse['groups'][number];
type ClassicGroup = DescribeGroupsResponse['groups'][number];

function consumerGroup({ node }: Broker, group: ConsumerGroup): GroupDescription {
  throwIfError(group.errorCode, group.errorMessage);
  return {
    groupId: group.groupId,
    type: 'Consumer',
    protocolType: 'consumer',
    state: group.groupState,
    assignor: group.assignorName,
    members: group.members.map(consumerMember),
    coordinator: node,
    groupEpoch: group.groupEpoch,
    assignmentEpoch: group.assignmentEpoch,
  };
}

/** Member types of ConsumerGroupDescribe v1: -1 unknown, 0 classic, 1 consumer. */
function consumerMember(member: ConsumerGroup['members'][number]): GroupMember {
  return {
    memberId: member.memberId,
    groupInstanceId: member.instanceId,
    rackId: member.rackId,
    clientId: member.clientId,
    host: member.clientHost,
    assignment: flat(member.assignment),
    targetAssignment: flat(member.targetAssignment),
    memberEpoch: member.memberEpoch,
    upgraded: member.memberType === -1 ? null : member.memberType === 1,
  };
}

function flat({ topicPartitions }: ConsumerGroup['members'][number]['assignment']): TopicPartition[] {
  return topicPartitions.flatMap(({ topicName, partitions }) =>
    partitions.map((partition) => ({ topic: topicName, partition })),
  );
}

function classicGroup({ node }: Broker, group: ClassicGroup): GroupDescription {
  throwIfError(group.errorCode, group.errorMessage);
  const isConsumer = group.protocolType === 'consumer' || group.protocolType === '';
  return {
    groupId: group.groupId,
    type: 'Classic',
    protocolType: group.protocolType,
    state: group.groupState,
    assignor: group.protocolData,
    members: group.members.map((member) => ({
      memberId: member.memberId,
      groupInstanceId: member.groupInstanceId,
      clientId: member.clientId,
      host: member.clientHost,
      assignment: isConsumer ? decodeAssignment(member.memberAssignment) : [],
      targetAssignment: null,
      memberEpoch: -1,
      upgraded: null,
    })),
    coordinator: node,
    groupEpoch: -1,
    assignmentEpoch: -1,
  };
}

/** The assignment a classic leader wrote; empty while the group rebalances. Later versions only add to version 3. */
export function decodeAssignment(bytes: Buffer): TopicPartition[] {
  if (bytes.length === 0) return [];
  const version = Math.max(0, Math.min(bytes.readInt16BE(0), ConsumerProtocolAssignment.versions[1]));
  const { assignedPartitions } = decode(ConsumerProtocolAssignment, version, new Reader(bytes, 2));
  return assignedPartitions.flatMap(({ topic, partitions }) => partitions.map((partition) => ({ topic, partition })));
}
