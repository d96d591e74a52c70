// State of one share group (ShareGroup, KIP-932). It is what its changes have made of it, whether they come from requests
// or are read back.

import { type Assignment, NO_ASSIGNMENT } from '../modern/assignment.ts';
import { ModernGroup } from '../modern/modern-group.ts';
import type { Change } from './changes.ts';
import { NEW_MEMBER, type ShareMember } from './share-member.ts';
import { NO_STATE_TOPICS, type StateTopics } from './state-topics.ts';

export type ShareGroupState = 'Empty' | 'Stable' | 'Dead';

const LEFT = -1;

export class ShareGroup extends ModernGroup<ShareMember, Assignment> {
  /** Undefined until the state of some partition was asked for. */
  stateTopics: StateTopics | undefined;
  /** When `stateTopics` was set; wall-clock milliseconds. */
  stateTopicsAtMs = 0;

  constructor(groupId: string, from?: ShareGroup) {
    super(groupId, from);
    if (from === undefined) return;
    this.stateTopics = from.stateTopics;
    this.stateTopicsAtMs = from.stateTopicsAtMs;
  }

  override get state(): ShareGroupState {
    return this.members.size === 0 ? 'Empty' : 'Stable';
  }

  target(memberId: string): Assignment {
    return this.targets.get(memberId) ?? NO_ASSIGNMENT;
  }

  /** Names of the topics that some member wants; they may not exist. */
  get subscribedTopics(): Set<string> {
    return new Set([...this.members.values()].flatMap(({ subscribedTopicNames }) => [...subscribedTopicNames]));
  }

  override isSubscribedTo(topic: string): boolean {
    return this.subscribedTopics.has(topic);
  }

  get topicsWithState(): StateTopics {
    return this.stateTopics ?? NO_STATE_TOPICS;
  }

  apply(change: Change): void {
    switch (change.kind) {
      case 'epoch':
      case 'target-epoch':
      case 'target':
        this.applyCommon(change);
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
