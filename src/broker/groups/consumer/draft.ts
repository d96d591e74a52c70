import { ErrorCode } from '../../../protocol/errors.ts';
import type { ClassicGroup } from '../classic-group.ts';
import { groupMetadataRecord, groupMetadataTombstone } from '../records.ts';
import { type Change, dissolutionOf } from './changes.ts';
import { ConsumerGroup } from './consumer-group.ts';
import type { ConsumerContext } from './context.ts';
import { recordOf } from './records.ts';

/** A group as one request is about to leave it: nothing counts before all of it is written. */
export class Draft {
  readonly groupId: string;
  readonly #replaced: ClassicGroup | undefined;
  readonly #changes: Change[] = [];
  #group: ConsumerGroup;

  /** @param replaced a classic group of that name, which goes */
  constructor(group: ConsumerGroup, replaced?: ClassicGroup) {
    this.groupId = group.groupId;
    this.#group = group;
    this.#replaced = replaced;
  }

  /** With all changes so far. */
  get group(): ConsumerGroup {
    return this.#group;
  }

  apply(...changes: readonly Change[]): void {
    if (changes.length === 0) return;
    if (this.#changes.length === 0) this.#group = new ConsumerGroup(this.groupId, this.#group);
    for (const change of changes) this.#group.apply(change);
    this.#changes.push(...changes);
  }

  /** @throws KafkaError if the log refuses; the group is as it was then */
  commit(context: ConsumerContext): void {
    if (this.#changes.length === 0) return;
    const { groupId } = this;
    const records = this.#changes.map((change) => recordOf(groupId, change));
    // A classic group that only holds offsets is not on record.
    const isOnRecord = this.#replaced && (this.#replaced.protocolType !== null || this.#replaced.pendingJoins.size > 0);
    if (isOnRecord) records.unshift(groupMetadataTombstone(groupId));
    context.append(groupId, records);
    if (this.#replaced) {
      // Who waits for a rebalance is told to join again, and finds the new group then.
      this.#replaced.dispose(ErrorCode.REBALANCE_IN_PROGRESS);
      context.classicGroups.delete(groupId);
    }
    context.groups.set(groupId, this.#group);
  }

  /**
   * Ends the group in favour of a classic one.
   * @throws KafkaError if the log refuses; the group is as it was then
   */
  commitAs(context: ConsumerContext, classic: ClassicGroup): void {
    const { groupId } = this;
    const memberIds = [...this.#group.members.keys()];
    this.apply(...dissolutionOf(this.#group));
    const records = this.#changes.map((change) => recordOf(groupId, change));
    const assignments = new Map([...classic.members].map(([memberId, { assignment }]) => [memberId, assignment]));
    context.append(groupId, [...records, groupMetadataRecord(classic, assignments)]);
    for (const memberId of [...memberIds, ...(context.groups.get(groupId)?.members.keys() ?? [])])
      context.timers.cancelMember(groupId, memberId);
    context.groups.delete(groupId);
  }
}
