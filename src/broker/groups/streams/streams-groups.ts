// The streams groups (KIP-1071) as the coordinator holds them; each step is a file of its own.

import type { StreamsGroupHeartbeatRequest } from '../../../protocol/messages/streams-group-heartbeat.ts';
import type { Reader } from '../../../protocol/reader.ts';
import type { Commit } from '../commit-request.ts';
import type { GroupClient } from '../messages.ts';
import type { GroupKind } from '../modern/group-kind.ts';
import { ModernGroups, modernContext } from '../modern/modern-groups.ts';
import { replayChange } from '../modern/replay-change.ts';
import type { GroupRecord } from '../records.ts';
import type { StreamsContext } from './context.ts';
import { type DescribedStreamsGroup, describeStreamsGroup } from './describe.ts';
import type { GroupMember } from './group-member.ts';
import { type HeartbeatResult, heartbeat } from './heartbeat.ts';
import { cancelDelay } from './initial-delay.ts';
import { changeOf, recordOf } from './records.ts';
import { startRebalance, startSession } from './sessions.ts';
import { StreamsGroup } from './streams-group.ts';
import { validateCommit, validateFetch } from './validate-offsets.ts';

export class StreamsGroups extends ModernGroups<GroupMember, StreamsGroup, StreamsContext> implements GroupKind {
  readonly type = 'streams';

  constructor(
    parts: Omit<StreamsContext, 'groups' | 'timers' | 'delays' | 'config'>,
    config: () => StreamsContext['config'],
  ) {
    super(
      modernContext<StreamsContext['config'], StreamsGroup, StreamsContext>({ ...parts, delays: new Map() }, config),
    );
  }

  /** @throws KafkaError with the number and the text to answer with */
  heartbeat(client: GroupClient, request: StreamsGroupHeartbeatRequest): HeartbeatResult {
    return heartbeat(this.context, client, request);
  }

  describe(groupId: string): DescribedStreamsGroup {
    return describeStreamsGroup(this.context, groupId);
  }

  /** A group's topology comes before its epoch, and goes after it. */
  replay(type: number, key: Reader, value: Buffer | null): boolean {
    const replayed = changeOf(type, key, value);
    if (!replayed) return false;
    const { groups, classicGroups } = this.context;
    if (replayChange(groups, replayed, (id) => new StreamsGroup(id))) classicGroups.delete(replayed.groupId);
    return true;
  }

  protected override startMember(groupId: string, member: GroupMember): void {
    startSession(this.context, groupId, member.memberId);
    startRebalance(this.context, groupId, member);
  }

  tombstonesOf(groupId: string): GroupRecord[] {
    return (['target-epoch', 'epoch', 'topology'] as const).map((kind) => recordOf(groupId, { kind, value: null }));
  }

  validateCommit(commit: Commit, apiVersion?: number): void {
    const group = this.get(commit.groupId);
    if (group) validateCommit(group, commit, apiVersion);
  }

  validateFetch(groupId: string, memberId: string | null, memberEpoch: number): void {
    const group = this.get(groupId);
    if (group) validateFetch(group, memberId, memberEpoch);
  }

  override drop(groupId: string): void {
    cancelDelay(this.context, groupId);
    super.drop(groupId);
  }

  override close(): void {
    super.close();
    for (const groupId of [...this.context.delays.keys()]) cancelDelay(this.context, groupId);
  }
}
