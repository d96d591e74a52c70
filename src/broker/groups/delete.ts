// OffsetDelete, DeleteGroups, and offsets of topics that were deleted.
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { ClassicGroup } from './classic-group.ts';
import type { GroupContext } from './context.ts';
import { kindOf } from './modern/group-kind.ts';
import type { ModernGroup } from './modern/modern-group.ts';
import { type GroupRecord, groupMetadataTombstone, offsetCommitTombstone } from './records.ts';

export interface TopicPartitions {
  readonly name: string;
  readonly partitions: readonly number[];
}

/**
 * Deletes committed offsets of partitions; the error of each, in the order of the request. Partitions without a
 * committed offset are no error.
 * @throws KafkaError INVALID_GROUP_ID for the group without a name; GROUP_ID_NOT_FOUND, also for a share group; NON_EMPTY_GROUP for a group with members whose subscriptions are not known
 */
export function deleteOffsets(context: GroupContext, groupId: string, topics: readonly TopicPartitions[]): number[][] {
  if (groupId === '') throw new KafkaError(ErrorCode.INVALID_GROUP_ID);
  const group = existingGroup(context, groupId);
  if (kindOf(context.kinds, groupId)?.type === 'share') throw notConsumer(groupId);
  const isOpaque = group instanceof ClassicGroup && !group.usesConsumerProtocol;
  if (group.state !== 'Empty' && isOpaque) throw new KafkaError(ErrorCode.NON_EMPTY_GROUP);
  const doomed: { topic: string; partition: number }[] = [];
  const errors = topics.map(({ name, partitions }) => {
    if (group.isSubscribedTo(name)) return partitions.map(() => ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC);
    for (const partition of partitions) {
      if (isCommitted(context, groupId, name, partition)) doomed.push({ topic: name, partition });
    }
    return partitions.map(() => ErrorCode.NONE);
  });
  forget(context, groupId, doomed);
  return errors;
}

function notConsumer(groupId: string): KafkaError {
  return new KafkaError(ErrorCode.GROUP_ID_NOT_FOUND, `Group ${groupId} is not a consumer group.`);
}

/** Deletes an empty group with all it committed. @throws KafkaError GROUP_ID_NOT_FOUND, NON_EMPTY_GROUP */
export function deleteGroup(context: GroupContext, groupId: string): void {
  const group = existingGroup(context, groupId);
  if (group.state !== 'Empty') throw new KafkaError(ErrorCode.NON_EMPTY_GROUP);
  kindOf(context.kinds, groupId)?.prepareDelete?.(groupId);
  forget(context, groupId, committedPartitions(context, groupId), group);
}

/** A deleted topic takes what was committed for it along, in every group. */
export function forgetTopic(context: GroupContext, topic: string): void {
  for (const groupId of new Set([...context.offsets.groupIds(), ...context.pending.groupIds()])) {
    forget(
      context,
      groupId,
      committedPartitions(context, groupId).filter((committed) => committed.topic === topic),
    );
  }
}

function isCommitted({ offsets, pending }: GroupContext, groupId: string, topic: string, partition: number): boolean {
  return offsets.get(groupId, topic, partition) !== undefined || pending.has(groupId, topic, partition);
}

/** Partitions for which the group has committed offsets, in transactions that are not decided too. */
export function committedPartitions(context: GroupContext, groupId: string): { topic: string; partition: number }[] {
  const partitions = [...context.offsets.ofGroup(groupId)].flatMap(([topic, committed]) =>
    [...committed.keys()].map((partition) => ({ topic, partition })),
  );
  const isOnlyPending = ({ topic, partition }: { topic: string; partition: number }) =>
    context.offsets.get(groupId, topic, partition) === undefined;
  const pending = context.pending.ofGroup(groupId).filter(isOnlyPending);
  return [...partitions, ...new Map(pending.map((offset) => [`${offset.topic}-${offset.partition}`, offset])).values()];
}

/** Writes tombstones for offsets, and for the group itself if given, then drops them. */
export function forget(
  context: GroupContext,
  groupId: string,
  offsets: readonly { topic: string; partition: number }[],
  group?: ClassicGroup | ModernGroup,
): void {
  const records: GroupRecord[] = offsets.map(({ topic, partition }) =>
    offsetCommitTombstone(groupId, topic, partition),
  );
  if (group instanceof ClassicGroup) records.push(groupMetadataTombstone(groupId));
  else if (group) records.push(...(kindOf(context.kinds, groupId)?.tombstonesOf(groupId) ?? []));
  if (records.length > 0) context.append(groupId, records);
  for (const { topic, partition } of offsets) {
    context.offsets.delete(groupId, topic, partition);
    context.pending.delete(groupId, topic, partition);
  }
  if (group) drop(context, group);
}

function drop(context: GroupContext, group: ClassicGroup | ModernGroup): void {
  const { groupId } = group;
  kindOf(context.kinds, groupId)?.drop(groupId);
  if (!(group instanceof ClassicGroup)) return;
  group.transitionTo('Dead');
  group.dispose(ErrorCode.UNKNOWN_MEMBER_ID);
  context.groups.delete(groupId);
}

function existingGroup(context: GroupContext, groupId: string): ClassicGroup | ModernGroup {
  const group = context.groups.get(groupId) ?? kindOf(context.kinds, groupId)?.get(groupId);
  if (!group) throw new KafkaError(ErrorCode.GROUP_ID_NOT_FOUND, `Group ${groupId} not found.`);
  return group;
}
