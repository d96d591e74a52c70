import { decode } from '../../protocol/codec.ts';
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import {
  ConsumerGroupDescribe,
  type ConsumerGroupDescribeResponse,
} from '../../protocol/messages/consumer-group-describe.ts';
import { DescribeGroups, type DescribeGroupsResponse } from '../../protocol/messages/describe-groups.ts';
import { Reader } from '../../protocol/reader.ts';
import { ConsumerProtocolAssignment } from '../../protocol/state/consumer-protocol.ts';
import type { Broker } from '../broker-link.ts';
import type { Cluster } from '../cluster.ts';
import { throwIfError } from '../errors.ts';
import { askCoordinator } from './coordinators.ts';
import { HANDLERS } from './handler-log.ts';
import type { GroupDescription, GroupMember, TopicPartition } from './types.ts';

/**
 * Asks the coordinator for a consumer-protocol group first and for a classic one if there is none
 * (DescribeConsumerGroupsHandler).
 */
export async function describeGroup(
  cluster: Cluster,
  groupId: string,
  timeoutMs = cluster.settings.defaultApiTimeoutMs,
): Promise<GroupDescription> {
  const route = { group: groupId };
  const deadline = cluster.clock.monotonicMs() + timeoutMs;
  const ask = (broker: Broker) => describeConsumerGroup(broker, groupId);
  const found = await askCoordinator(cluster, HANDLERS.describe, route, ask, timeoutMs);
  if (!(found instanceof NoConsumerGroup)) return found;
  const askClassic = (broker: Broker) => describeClassicGroup(broker, groupId, found);
  const leftMs = Math.max(1, deadline - cluster.clock.monotonicMs());
  return askCoordinator(cluster, HANDLERS.describeClassic, route, askClassic, leftMs);
}

/** The group may be a classic one. */
class NoConsumerGroup {
  /** Why, where the coordinator said so. */
  readonly error: KafkaError | undefined;

  constructor(error?: KafkaError) {
    this.error = error;
  }
}

async function describeConsumerGroup(broker: Broker, groupId: string): Promise<GroupDescription | NoConsumerGroup> {
  if (!broker.versions.has(ConsumerGroupDescribe)) return new NoConsumerGroup();
  const request = { groupIds: [groupId], includeAuthorizedOperations: false };
  const [group] = (await broker.send(ConsumerGroupDescribe, request)).groups;
  if (!group) throw new Error(`ConsumerGroupDescribe left out ${groupId}`);
  if (group.errorCode === ErrorCode.GROUP_ID_NOT_FOUND)
    return new NoConsumerGroup(new KafkaError(group.errorCode, group.errorMessage));
  if (group.errorCode === ErrorCode.UNSUPPORTED_VERSION) return new NoConsumerGroup();
  return consumerGroup(broker, group);
}

/** @param first what was said where it was looked for first: told of a group of neither kind */
async function describeClassicGroup(
  broker: Broker,
  groupId: string,
  first: NoConsumerGroup,
): Promise<GroupDescription> {
  const [group] = (await broker.send(DescribeGroups, { groups: [groupId], includeAuthorizedOperations: false })).groups;
  if (!group) throw new Error(`DescribeGroups left out ${groupId}`);
  if (group.errorCode === ErrorCode.GROUP_ID_NOT_FOUND && first.error) throw first.error;
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
