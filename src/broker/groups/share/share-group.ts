// State of one share group (ShareGroup, KIP-932). It is what its changes have made of it, whether they come from requests
// or are read back.
import { type Assignment, NO_ASSIGNMENT } from '../consumer/assignment.ts';
import type { Change } from './changes.ts';
import { NEW_MEMBER, type ShareMember } from './share-member.ts';
import { NO_STATE_TOPICS, type StateTopics } from './state-topics.ts';

export type ShareGroupState = 'Empty' | 'Stable' | 'Dead';

/** Group and target assignment begin with it, so that no member of a group has epoch 0. */
const FIRST_EPOCH = 1;
const LEFT = -1;

export class ShareGroup {
  readonly groupId: string;
  epoch = FIRST_EPOCH;
  /** Of the subscribed topics, see consumer/subscription.ts. */
  metadataHash = 0;
  /** The group epoch for which the target assignment was made. */
  targetEpoch = FIRST_EPOCH;
  /** When it was made; wall-clock milliseconds, 0 for never. */
  assignedAtMs = 0;
  /** Version of the metadata that the subscriptions were compared with; not on record. */
  checkedVersion = -1;
  readonly members: Map<string, ShareMember>;
  readonly targets: Map<string, Assignment>;
  /** Undefined until the state of some partition was asked for. */
  stateTopics: StateTopics | undefined;
  /** When `stateTopics` was set; wall-clock milliseconds. */
  stateTopicsAtMs = 0;

  constructor(groupId: string, from?: ShareGroup) {
    this.groupId = groupId;
    this.members = new Map(from?.members);
    this.targets = new Map(from?.targets);
    if (from === undefined) return;
    this.epoch = from.epoch;
    this.metadataHash = from.metadataHash;
    this.targetEpoch = from.targetEpoch;
    this.assignedAtMs = from.assignedAtMs;
    this.checkedVersion = from.checkedVersion;
    this.stateTopics = from.stateTopics;
    this.stateTopicsAtMs = from.stateTopicsAtMs;
  }

  get state(): ShareGroupState {
    return this.members.size === 0 ? 'Empty' : 'Stable';
  }

  target(memberId: string): Assignment {
    return this.targets.get(memberId) ?? NO_ASSIGNMENT;
  }

  /** Names of the topics that some member wants; they may not exist. */
  get subscribedTopics(): Set<string> {
    return new Set([...this.members.values()].flatMap(({ subscribedTopicNames }) => [...subscribedTopicNames]));
  }

  isSubscribedTo(topic: string): boolean {
    return this.subscribedTopics.has(topic);
  }

  get topicsWithState(): StateTopics {
    return this.stateTopics ?? NO_STATE_TOPICS;
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
      case 'state-topics':
        this.stateTopics = change.value?.topics;
        this.stateTopicsAtMs = change.value?.atMs ?? 0;
        break;
      default:
        this.#applyToMember(change);
    }
  }

  #applyToMember(change: Extract<Change, { kind: 'member' | 'current' }>): void {
    const { memberId } = change;
    const member = this.members.get(memberId);
    if (change.value !== null) this.members.set(memberId, { ...NEW_MEMBER, ...member, memberId, ...change.value });
    else if (change.kind === 'member') this.members.delete(memberId);
    else if (member) {
      this.members.set(memberId, { ...member, epoch: LEFT, previousEpoch: LEFT, assigned: NO_ASSIGNMENT });
    }
  }
}
