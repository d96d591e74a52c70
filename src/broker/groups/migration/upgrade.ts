// A classic group with members becomes one of the consumer protocol when the first member of that protocol joins
// (GroupMetadataManager.convertToConsumerGroup, ConsumerGroup.fromClassicGroup). Its members keep what they have.
import { ErrorCode, KafkaError } from '../../../protocol/errors.ts';
import { DecodeError } from '../../../protocol/reader.ts';
import type { ClassicGroup } from '../classic-group.ts';
import type { Change } from '../consumer/changes.ts';
import { ConsumerGroup } from '../consumer/consumer-group.ts';
import type { ConsumerContext } from '../consumer/context.ts';
import { Draft } from '../consumer/draft.ts';
import type { MemberMetadata } from '../consumer/group-member.ts';
import { metadataHash } from '../consumer/subscription.ts';
import type { Member } from '../member.ts';
import type { Assignment } from '../modern/assignment.ts';
import { readAssignment, readSubscription } from './embedded-protocol.ts';
import { allowsUpgrade } from './policy.ts';

/** @throws KafkaError GROUP_ID_NOT_FOUND if the group cannot become one of the consumer protocol, with the reason */
export function upgrade(context: ConsumerContext, classic: ClassicGroup): Draft {
  const { groupConsumerMaxSize, groupConsumerMigrationPolicy } = context.config;
  if (!allowsUpgrade(groupConsumerMigrationPolicy)) throw refused(classic, 'online upgrade is disabled.');
  if (!classic.usesConsumerProtocol) throw refused(classic, 'the group does not use the consumer embedded protocol.');
  if (classic.members.size > groupConsumerMaxSize)
    throw refused(classic, 'the group size exceeds the consumer group maximum size.');
  const draft = new Draft(new ConsumerGroup(classic.groupId), classic);
  try {
    draft.apply(...changesOf(context, classic));
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw refused(classic, 'the embedded consumer protocol is malformed.');
  }
  return draft;
}

/** In the order of Kafka's records (createConsumerGroupRecords). */
function changesOf({ topics }: ConsumerContext, classic: ClassicGroup): Change[] {
  const epoch = classic.generationId;
  const members = [...classic.members.values()].map((member) => ({
    memberId: member.memberId,
    metadata: metadataOf(classic, member),
    assignment: assignmentOf(topics, classic, member),
  }));
  const converted = new ConsumerGroup(classic.groupId);
  const metadata = members.map(({ memberId, metadata }): Change => ({ kind: 'member', memberId, value: metadata }));
  for (const change of metadata) converted.apply(change);
  return [
    ...metadata,
    { kind: 'epoch', value: { epoch, metadataHash: metadataHash(topics, converted) } },
    ...members.map(({ memberId, assignment }): Change => ({ kind: 'target', memberId, value: assignment })),
    { kind: 'target-epoch', value: { epoch, timestampMs: 0 } },
    ...members.map(({ memberId, assignment }) => currentOf(memberId, assignment, epoch)),
  ];
}

function metadataOf(classic: ClassicGroup, member: Member): MemberMetadata {
  // A group in its very first rebalance has not chosen a protocol yet.
  const protocolName = classic.protocolName ?? classic.selectProtocol();
  const { topics, rackId } = readSubscription(member.metadata(protocolName));
  return {
    instanceId: member.groupInstanceId,
    rackId: rackId === '' ? null : rackId,
    clientId: member.clientId,
    clientHost: member.clientHost,
    subscribedTopicNames: topics,
    subscribedTopicRegex: '',
    rebalanceTimeoutMs: member.rebalanceTimeoutMs,
    serverAssignor: null,
    classic: { sessionTimeoutMs: member.sessionTimeoutMs, supportedProtocols: member.protocols },
  };
}

function assignmentOf(topics: ConsumerContext['topics'], classic: ClassicGroup, member: Member): Assignment {
  const { assignment, hasUserData } = readAssignment(topics, member.assignment);
  if (!hasUserData) return assignment;
  const advice = 'Please refer to the documentation or switch to a default assignor before re-attempting the upgrade.';
  throw refused(classic, `an unsupported custom assignor is in use. ${advice}`);
}

function currentOf(memberId: string, assignment: Assignment, epoch: number): Change {
  const assigned = new Map(
    [...assignment].map(([topicId, partitions]) => [topicId, new Map(partitions.map((one) => [one, epoch]))]),
  );
  const value = { epoch, previousEpoch: epoch, state: 'Stable', assigned, pendingRevocation: new Map() } as const;
  return { kind: 'current', memberId, value };
}

function refused({ groupId }: ClassicGroup, reason: string): KafkaError {
  const text = `Cannot upgrade classic group ${groupId} to consumer group because ${reason}`;
  return new KafkaError(ErrorCode.GROUP_ID_NOT_FOUND, text);
}
