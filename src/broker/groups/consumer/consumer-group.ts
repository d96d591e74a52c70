// State of one group of the consumer protocol (ConsumerGroup, KIP-848). It is what its changes have made of it, whether
// they come from requests or are read back.
import { type Assignment, NO_ASSIGNMENT } from '../modern/assignment.ts';
import { MemberEpoch } from '../modern/member.ts';
import { ModernGroup } from '../modern/modern-group.ts';
import type { Change, ResolvedRegex } from './changes.ts';
import { type GroupMember, NEW_MEMBER } from './group-member.ts';

export type ConsumerGroupState = 'Empty' | 'Assigning' | 'Reconciling' | 'Stable' | 'Dead';

export class ConsumerGroup extends ModernGroup<GroupMember, Assignment> {
  readonly regexes: Map<string, ResolvedRegex>;
  /** By expression the version of the metadata that it was last resolved with; not on record. */
  readonly regexVersions: Map<string, number>;
  /** Members by what they have, by `topicId/partition`. */
  readonly #owners: Map<string, string>;

  constructor(groupId: string, from?: ConsumerGroup) {
    super(groupId, from);
    this.regexes = new Map(from?.regexes);
    this.regexVersions = new Map(from?.regexVersions);
    this.#owners = new Map(from === undefined ? [] : from.#owners);
  }

  override get state(): ConsumerGroupState {
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

  override isSubscribedTo(topic: string): boolean {
    return [...this.members.values()].some((member) => this.topicsOf(member).has(topic));
  }

  apply(change: Change): void {
    switch (change.kind) {
      case 'epoch':
      case 'target-epoch':
      case 'target':
        this.applyCommon(change);
        break;
      case 'regex':
        if (change.value !== null) this.regexes.set(change.regex, change.value);
        else {
          this.regexes.delete(change.regex);
          this.regexVersions.delete(change.regex);
        }
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
