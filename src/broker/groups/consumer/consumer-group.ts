// State of one group of the consumer protocol (ConsumerGroup, KIP-848). It is what its changes have made of it, whether
// they come from requests or are read back.

import type { Assignment } from './assignment.ts';
import { NO_ASSIGNMENT } from './assignment.ts';
import type { Change, ResolvedRegex } from './changes.ts';
import { type GroupMember, MemberEpoch, NEW_MEMBER } from './group-member.ts';

export type ConsumerGroupState = 'Empty' | 'Assigning' | 'Reconciling' | 'Stable' | 'Dead';

/** Group and target assignment begin with it, so that no member of a group has epoch 0. */
const FIRST_EPOCH = 1;

export class ConsumerGroup {
  readonly groupId: string;
  epoch = FIRST_EPOCH;
  /** Of the subscribed topics, see subscription.ts. */
  metadataHash = 0;
  /** The group epoch for which the target assignment was made. */
  targetEpoch = FIRST_EPOCH;
  /** When it was made; wall-clock milliseconds, 0 for never. */
  assignedAtMs = 0;
  /** Version of the metadata that the subscriptions were compared with; not on record. */
  checkedVersion = -1;
  readonly members: Map<string, GroupMember>;
  readonly targets: Map<string, Assignment>;
  readonly regexes: Map<string, ResolvedRegex>;
  /** Members by what they have, by `topicId/partition`. */
  readonly #owners: Map<string, string>;

  constructor(groupId: string, from?: ConsumerGroup) {
    this.groupId = groupId;
    this.members = new Map(from?.members);
    this.targets = new Map(from?.targets);
    this.regexes = new Map(from?.regexes);
    this.#owners = new Map(from === undefined ? [] : from.#owners);
    if (from === undefined) return;
    this.epoch = from.epoch;
    this.metadataHash = from.metadataHash;
    this.targetEpoch = from.targetEpoch;
    this.assignedAtMs = from.assignedAtMs;
    this.checkedVersion = from.checkedVersion;
  }

  get state(): ConsumerGroupState {
    if (this.members.size === 0) return 'Empty';
    if (this.epoch > this.targetEpoch) return 'Assigning';
    const isReconciled = [...this.members.values()].every(
      ({ state, epoch }) => state === 'Stable' && epoch === this.targetEpoch,
    );
    return isReconciled ? 'Stable' : 'Reconciling';
  }

  staticMember(instanceId: string): GroupMember | undefined {
    for (const member of this.members.values()) if (member.instanceId === instanceId) return member;
    return undefined;
  }

  /** Who has a partition, or has not given it up yet. */
  ownerOf(topicId: string, partition: number): string | undefined {
    return this.#owners.get(`${topicId}/${partition}`);
  }

  target(memberId: string): Assignment {
    return this.targets.get(memberId) ?? NO_ASSIGNMENT;
  }

  /** Names of the topics that a member wants, its regular expression resolved; they may not exist. */
  topicsOf(member: GroupMember): Set<string> {
    return new Set([...member.subscribedTopicNames, ...(this.regexes.get(member.subscribedTopicRegex)?.topics ?? [])]);
  }

  isSubscribedTo(topic: string): boolean {
    return [...this.members.values()].some((member) => this.topicsOf(member).has(topic));
  }

  apply(change: Change): void {
    switch (change.kind) {
      case 'epoch':
        this.epoch = change.value?.epoch ?? FIRST_EPOCH;
        this.metadataHash = change.value?.metadataHash ?? 0;
        break;
      case 'target-epoch':
        this.targetEpoch = change.value?.epoch ?? FIRST_EPOCH;
        this.assignedAtMs = change.value?.timestampMs ?? 0;
        break;
      case 'target':
        if (change.value === null) this.targets.delete(change.memberId);
        else this.targets.set(change.memberId, change.value);
        break;
      case 'regex':
        if (change.value === null) this.regexes.delete(change.regex);
        else this.regexes.set(change.regex, change.value);
        break;
      case 'member':
      case 'current':
        this.#applyToMember(change);
    }
  }

  #applyToMember(change: Extract<Change, { kind: 'member' | 'current' }>): void {
    const { memberId } = change;
    const member = this.members.get(memberId);
    if (change.kind === 'member' && change.value === null) {
      if (member) this.#release(member);
      this.members.delete(memberId);
    } else if (change.value === null) {
      if (member) this.#replace(member, { ...member, ...NO_CURRENT });
    } else {
      this.#replace(member, { ...NEW_MEMBER, ...member, memberId, ...change.value });
    }
  }

  #replace(before: GroupMember | undefined, after: GroupMember): void {
    if (before) this.#release(before);
    this.members.set(after.memberId, after);
    for (const key of ownedKeys(after)) this.#owners.set(key, after.memberId);
  }

  #release(member: GroupMember): void {
    for (const key of ownedKeys(member)) if (this.#owners.get(key) === member.memberId) this.#owners.delete(key);
  }
}

/** Without a record of what it has, a member counts as gone for the moment. */
const NO_CURRENT = {
  epoch: MemberEpoch.LEAVE,
  previousEpoch: MemberEpoch.LEAVE,
  state: 'Stable',
  assigned: new Map(),
  pendingRevocation: new Map(),
} as const;

function* ownedKeys({ assigned, pendingRevocation }: GroupMember): Generator<string> {
  for (const owned of [assigned, pendingRevocation]) {
    for (const [topicId, partitions] of owned) {
      for (const partition of partitions.keys()) yield `${topicId}/${partition}`;
    }
  }
}
