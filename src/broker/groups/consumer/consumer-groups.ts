// The groups of the consumer protocol (KIP-848) as the coordinator holds them; each step is a file of its own.

import type { ConsumerGroupHeartbeatRequest } from '../../../protocol/messages/consumer-group-heartbeat.ts';
import type { HeartbeatRequest } from '../../../protocol/messages/heartbeat.ts';
import type { JoinGroupRequest } from '../../../protocol/messages/join-group.ts';
import type { SyncGroupRequest } from '../../../protocol/messages/sync-group.ts';
import type { Reader } from '../../../protocol/reader.ts';
import type { Commit } from '../commit-request.ts';
import type { GroupClient, JoinResponse, LeaveResult, LeavingMember, SyncResponse } from '../messages.ts';
import { joinConsumerGroup } from '../migration/join.ts';
import { leaveConsumerGroup } from '../migration/leave.ts';
import { heartbeatConsumerGroup, syncConsumerGroup } from '../migration/sync.ts';
import type { GroupKind } from '../modern/group-kind.ts';
import { ModernGroups, modernContext } from '../modern/modern-groups.ts';
import { replayChange } from '../modern/replay-change.ts';
import type { GroupRecord } from '../records.ts';
import { dissolutionOf } from './changes.ts';
import { ConsumerGroup } from './consumer-group.ts';
import type { ConsumerContext } from './context.ts';
import { type DescribedConsumerGroup, describeConsumerGroup } from './describe.ts';
import type { GroupMember } from './group-member.ts';
import { type HeartbeatResponse, heartbeat } from './heartbeat.ts';
import { changeOf, recordOf } from './records.ts';
import { startRebalance, startSession } from './sessions.ts';
import { validateCommit, validateFetch } from './validate-offsets.ts';

export class ConsumerGroups extends ModernGroups<GroupMember, ConsumerGroup, ConsumerContext> implements GroupKind {
  readonly type = 'consumer';

  constructor(parts: Omit<ConsumerContext, 'groups' | 'timers' | 'config'>, config: () => ConsumerContext['config']) {
    super(modernContext<ConsumerContext['config'], ConsumerGroup, ConsumerContext>(parts, config));
  }

  /** @throws KafkaError with the number and the text to answer with */
  heartbeat(client: GroupClient, request: ConsumerGroupHeartbeatRequest): HeartbeatResponse {
    return heartbeat(this.context, client, request);
  }

  describe(groupId: string): DescribedConsumerGroup {
    return describeConsumerGroup(this.context, groupId);
  }

  replay(type: number, key: Reader, value: Buffer | null): boolean {
    const replayed = changeOf(type, key, value);
    if (!replayed) return false;
    const { groups, classicGroups } = this.context;
    if (replayChange(groups, replayed, (id) => new ConsumerGroup(id))) classicGroups.delete(replayed.groupId);
    return true;
  }

  protected override startMember(groupId: string, member: GroupMember): void {
    startSession(this.context, groupId, member);
    startRebalance(this.context, groupId, member);
  }

  tombstonesOf(groupId: string): GroupRecord[] {
    const group = this.get(groupId);
    return group ? dissolutionOf(group).map((change) => recordOf(groupId, change)) : [];
  }

  /** JoinGroup, SyncGroup, Heartbeat and LeaveGroup in groups of the consumer protocol, see migration/. */
  join(group: ConsumerGroup, client: GroupClient, request: JoinGroupRequest): JoinResponse {
    return joinConsumerGroup(this.context, group, { client, request });
  }

  sync(group: ConsumerGroup, request: SyncGroupRequest): SyncResponse {
    return syncConsumerGroup(this.context, group, request);
  }

  classicHeartbeat(group: ConsumerGroup, request: HeartbeatRequest): void {
    heartbeatConsumerGroup(this.context, group, request);
  }

  leave(group: ConsumerGroup, leaving: readonly LeavingMember[]): LeaveResult[] {
    return leaveConsumerGroup(this.context, group, leaving);
  }

  validateCommit(commit: Commit, apiVersion?: number): void {
    const group = this.get(commit.groupId);
    if (group) validateCommit(group, commit, apiVersion);
  }

  validateFetch(groupId: string, memberId: string | null, memberEpoch: number): void {
    const group = this.get(groupId);
    if (group) validateFetch(group, memberId, memberEpoch);
  }
}
