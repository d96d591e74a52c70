// A group of the consumer protocol becomes a classic one when its last member of that protocol goes and others stay
// (GroupMetadataManager.convertToClassicGroup, ClassicGroup.fromConsumerGroup).
import { ClassicGroup } from '../classic-group.ts';
import type { ConsumerGroup } from '../consumer/consumer-group.ts';
import type { ConsumerContext } from '../consumer/context.ts';
import type { Draft } from '../consumer/draft.ts';
import type { GroupMember } from '../consumer/group-member.ts';
import { Member } from '../member.ts';
import { writeAssignment } from './embedded-protocol.ts';
import { allowsDowngrade } from './policy.ts';

/** Whether the group would be one of classic members alone without those who leave, and may become a classic one. */
export function mayDowngrade(context: ConsumerContext, group: ConsumerGroup, leaving: readonly string[]): boolean {
  const staying = [...group.members.values()].filter(({ memberId }) => !leaving.includes(memberId));
  return staying.length > 0 && staying.every(isClassic) && mayBeClassic(context, group.groupId, staying.length);
}

/** Whether the group would be one of classic members alone if this static one were replaced by a classic one. */
export function mayDowngradeWith(context: ConsumerContext, group: ConsumerGroup, replaced: GroupMember): boolean {
  const staying = [...group.members.values()].filter((member) => member !== replaced);
  return !isClassic(replaced) && staying.every(isClassic) && mayBeClassic(context, group.groupId, group.members.size);
}

/**
 * Writes what makes the group a classic one, and hands its members over.
 * @param draft with what the request has changed
 * @param leaving members that the classic group does not get
 * @param rebalanceReason undefined if the members can go on with what they have
 * @throws KafkaError if the log refuses; the group is as it was then
 */
export function downgrade(
  context: ConsumerContext,
  draft: Draft,
  { leaving, rebalanceReason }: { leaving: readonly string[]; rebalanceReason: string | undefined },
): void {
  const classic = classicGroupOf(context, draft.group, leaving);
  draft.commitAs(context, classic);
  context.logger.info(`[GroupId ${classic.groupId}] Converted the consumer group to a classic group.`);
  context.adopt(classic, rebalanceReason);
}

function classicGroupOf(context: ConsumerContext, group: ConsumerGroup, leaving: readonly string[]): ClassicGroup {
  const generation = { state: 'Stable', generationId: group.epoch, protocolType: 'consumer' } as const;
  const classic = new ClassicGroup(group.groupId, context.clock, generation);
  for (const member of group.members.values()) {
    if (!leaving.includes(member.memberId)) classic.add(classicMemberOf(member));
  }
  classic.protocolName = classic.selectProtocol();
  classic.refreshSubscribedTopics();
  for (const member of classic.members.values()) {
    const subscription = member.metadata(classic.protocolName);
    member.assignment = writeAssignment(context.topics, group.target(member.memberId), subscription);
  }
  return classic;
}

function classicMemberOf(member: GroupMember): Member {
  const { memberId, instanceId, clientId, clientHost, rebalanceTimeoutMs, classic } = member;
  const { sessionTimeoutMs, supportedProtocols } = classic!;
  return new Member({
    memberId,
    groupInstanceId: instanceId,
    clientId,
    clientHost,
    rebalanceTimeoutMs,
    sessionTimeoutMs,
    protocolType: 'consumer',
    protocols: supportedProtocols,
  });
}

function mayBeClassic({ config, logger }: ConsumerContext, groupId: string, size: number): boolean {
  const text = `Cannot downgrade consumer group ${groupId} to classic group because`;
  if (!allowsDowngrade(config.groupConsumerMigrationPolicy)) {
    logger.info(`${text} the online downgrade is disabled.`);
    return false;
  }
  if (size <= config.groupMaxSize) return true;
  logger.info(`${text} its group size is greater than classic group max size.`);
  return false;
}

function isClassic({ classic }: GroupMember): boolean {
  return classic !== null;
}
