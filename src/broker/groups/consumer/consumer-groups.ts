// The groups of the consumer protocol (KIP-848) as the coordinator holds them; each step is a file of its own.
import type { ConsumerGroupHeartbeatRequest } from '../../../protocol/messages/consumer-group-heartbeat.ts';
import type { Reader } from '../../../protocol/reader.ts';
import type { GroupClient } from '../messages.ts';
import type { GroupRecord } from '../records.ts';
import { ConsumerGroup } from './consumer-group.ts';
import type { ConsumerContext } from './context.ts';
import { type DescribedConsumerGroup, describeConsumerGroup } from './describe.ts';
import { type HeartbeatResponse, heartbeat } from './heartbeat.ts';
import { MemberTimers } from './member-timers.ts';
import { changeOf, recordOf } from './records.ts';
import { startRebalance, startSession } from './sessions.ts';

export class ConsumerGroups {
  readonly #context: ConsumerContext;

  constructor(parts: Omit<ConsumerContext, 'groups' | 'timers' | 'config'>, config: () => ConsumerContext['config']) {
    this.#context = {
      ...parts,
      get config() {
        return config();
      },
      groups: new Map(),
      timers: new MemberTimers(parts.clock),
    };
  }

  get(groupId: string): ConsumerGroup | undefined {
    return this.#context.groups.get(groupId);
  }

  all(): ConsumerGroup[] {
    return [...this.#context.groups.values()];
  }

  /** @throws KafkaError with the number and the text to answer with */
  heartbeat(client: GroupClient, request: ConsumerGroupHeartbeatRequest): HeartbeatResponse {
    return heartbeat(this.#context, client, request);
  }

  describe(groupId: string): DescribedConsumerGroup {
    return describeConsumerGroup(this.#context, groupId);
  }

  /** Takes in a record that was written before; false for one of another kind of group. @throws DecodeError */
  replay(type: number, key: Reader, value: Buffer | null): boolean {
    const replayed = changeOf(type, key, value);
    if (!replayed) return false;
    const { groups, classicGroups } = this.#context;
    const { groupId, change } = replayed;
    const group = groups.get(groupId) ?? (change.value === null ? undefined : new ConsumerGroup(groupId));
    if (!group) return true;
    group.apply(change);
    if (change.kind === 'epoch' && change.value === null) groups.delete(groupId);
    else {
      groups.set(groupId, group);
      classicGroups.delete(groupId);
    }
    return true;
  }

  /** Members that were read back have their session timeout from now on to be heard of. */
  startSessions(): void {
    for (const { groupId, members } of this.all()) {
      for (const member of members.values()) {
        startSession(this.#context, groupId, member.memberId);
        startRebalance(this.#context, groupId, member);
      }
    }
  }

  /** The records that delete an empty group, in Kafka's order. */
  tombstonesOf({ groupId }: ConsumerGroup): GroupRecord[] {
    return (['target-epoch', 'partition-metadata', 'epoch'] as const).map((kind) =>
      recordOf(groupId, { kind, value: null }),
    );
  }

  /** Drops a group whose tombstones are written. */
  drop(groupId: string): void {
    this.#context.groups.delete(groupId);
  }

  clear(): void {
    this.close();
    this.#context.groups.clear();
  }

  /** Ends all time limits. */
  close(): void {
    this.#context.timers.cancelAll();
  }
}
