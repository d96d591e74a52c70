// What a heartbeat and a JoinGroup have in common: the member says what it wants and has, the group follows, and the
// member is taken a step towards what it should have.

import { knownMember } from '../known-member.ts';
import type { GroupClient } from '../messages.ts';
import { partitionsOf, sameAssignment, type TopicPartitions } from '../modern/assignment.ts';
import { sameNames } from '../modern/member.ts';
import { topicIdsOf } from '../modern/topic-catalog.ts';
import type { ConsumerContext } from './context.ts';
import type { Draft } from './draft.ts';
import { type CurrentAssignment, type GroupMember, type MemberMetadata, sameMetadata } from './group-member.ts';
import { reconcile } from './reconcile.ts';
import { metadataHash, regexChanges, unusedRegexes } from './subscription.ts';

/** Puts what the member says now in the place of what it said before; tells whether it wants other topics. */
export function updateMember(draft: Draft, before: GroupMember, value: MemberMetadata): boolean {
  const { memberId } = before;
  if (!draft.group.members.has(memberId) || !sameMetadata(before, value))
    draft.apply({ kind: 'member', memberId, value });
  return (
    !sameNames(before.subscribedTopicNames, value.subscribedTopicNames) ||
    before.subscribedTopicRegex !== value.subscribedTopicRegex
  );
}

/**
 * Begins a new group epoch if the members want other topics, or the topics have changed.
 * @param by who says so, and may know of what its regular expression is resolved to
 */
export function refreshSubscription(
  { topics, clock }: ConsumerContext,
  draft: Draft,
  subscriptionChanged: boolean,
  by: { readonly memberId: string; readonly client: GroupClient },
): void {
  const version = topics.lastOffset;
  const regex = knownMember(draft.group, by.memberId).subscribedTopicRegex;
  const isStale = regex !== '' && draft.group.regexVersions.get(regex) !== version;
  if (!subscriptionChanged && !isStale && draft.group.checkedVersion === version) return;
  draft.apply(...unusedRegexes(draft.group));
  if (isStale) draft.apply(...regexChanges(topics, draft.group, { regex, clock }, by.client));
  const { group } = draft;
  const hash = metadataHash(topics, group);
  if (subscriptionChanged || hash !== group.metadataHash)
    draft.apply({ kind: 'epoch', value: { epoch: group.epoch + 1, metadataHash: hash } });
  draft.group.checkedVersion = version;
  if (isStale) draft.group.regexVersions.set(regex, version);
}

/**
 * Tells whether anything is different for the member now.
 * @param reported what the member says that it has; null if it says nothing
 */
export function moveMember(
  { topics }: ConsumerContext,
  draft: Draft,
  reported: readonly TopicPartitions[] | null,
  { memberId, subscriptionChanged }: { memberId: string; subscriptionChanged: boolean },
): boolean {
  const { group } = draft;
  const member = knownMember(group, memberId);
  const value = reconcile(member, {
    targetEpoch: group.targetEpoch,
    target: group.target(memberId),
    subscribed: topicIdsOf(topics, group.topicsOf(member)),
    subscriptionChanged,
    reported,
    isTaken: (topicId, partition) => group.ownerOf(topicId, partition) !== undefined,
  });
  if (value === member || isSame(member, value)) return false;
  draft.apply({ kind: 'current', memberId, value });
  return true;
}

function isSame(a: CurrentAssignment, b: CurrentAssignment): boolean {
  return (
    a.epoch === b.epoch &&
    a.previousEpoch === b.previousEpoch &&
    a.state === b.state &&
    sameAssignment(partitionsOf(a.assigned), partitionsOf(b.assigned)) &&
    sameAssignment(partitionsOf(a.pendingRevocation), partitionsOf(b.pendingRevocation))
  );
}
