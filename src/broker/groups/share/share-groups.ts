// The share groups (KIP-932) as the coordinator holds them; each step is a file of its own.

import { ErrorCode, KafkaError } from '../../../protocol/errors.ts';
import type { ShareGroupHeartbeatRequest } from '../../../protocol/messages/share-group-heartbeat.ts';
import type { Reader } from '../../../protocol/reader.ts';
import type { Commit } from '../commit-request.ts';
import type { GroupClient } from '../messages.ts';
import type { GroupKind } from '../modern/group-kind.ts';
import { ModernGroups, modernContext } from '../modern/modern-groups.ts';
import { replayChange } from '../modern/replay-change.ts';
import type { GroupRecord } from '../records.ts';
import { type AlterAnswer, type AlterRequest, alterOffsets } from './alter-offsets.ts';
import type { ShareContext } from './context.ts';
import { type DeleteAnswer, type DeleteRequest, deleteOffsets, deleteStateOf, forgetTopic } from './delete-state.ts';
import { type DescribedShareGroup, describeShareGroup } from './describe.ts';
import { type DescribedOffsets, describeOffsets, type EndOffset, type OffsetsRequest } from './describe-offsets.ts';
import { type HeartbeatResponse, heartbeat } from './heartbeat.ts';
import { startSession } from './leave.ts';
import { changeOf, recordOf } from './records.ts';
import { ShareGroup } from './share-group.ts';
import type { ShareMember } from './share-member.ts';

export class ShareGroups extends ModernGroups<ShareMember, ShareGroup, ShareContext> implements GroupKind {
  readonly type = 'share';

  constructor(parts: Omit<ShareContext, 'groups' | 'timers' | 'config'>, config: () => ShareContext['config']) {
    super(modernContext<ShareContext['config'], ShareGroup, ShareContext>(parts, config));
  }

  /** @throws KafkaError with the number and the text to answer with */
  heartbeat(client: GroupClient, request: ShareGroupHeartbeatRequest): HeartbeatResponse {
    return heartbeat(this.context, client, request);
  }

  describe(groupId: string): DescribedShareGroup {
    return describeShareGroup(this.context, groupId);
  }

  /** @throws KafkaError if the state cannot be read */
  describeOffsets(request: OffsetsRequest, endOffset: EndOffset): DescribedOffsets {
    return describeOffsets(this.context, request, endOffset);
  }

  /** @throws KafkaError GROUP_ID_NOT_FOUND, NON_EMPTY_GROUP */
  alterOffsets(request: AlterRequest): AlterAnswer {
    return alterOffsets(this.context, request);
  }

  /** @throws KafkaError GROUP_ID_NOT_FOUND, NON_EMPTY_GROUP */
  deleteOffsets(request: DeleteRequest): DeleteAnswer {
    return deleteOffsets(this.context, request);
  }

  replay(type: number, key: Reader, value: Buffer | null): boolean {
    const { groups, clock } = this.context;
    const replayed = changeOf(type, key, value, clock.nowMs());
    if (!replayed) return false;
    replayChange(groups, replayed, (id) => new ShareGroup(id));
    return true;
  }

  protected override startMember(groupId: string, member: ShareMember): void {
    startSession(this.context, groupId, member.memberId);
  }

  /** Deletes the state of an empty group's partitions. @throws KafkaError NON_EMPTY_GROUP, or why the state stays */
  prepareDelete(groupId: string): void {
    deleteStateOf(this.context, groupId);
  }

  /** A deleted topic takes the notes about its partitions' state along, in every group. @throws KafkaError if the log refuses */
  topicDeleted(topicId: string): void {
    forgetTopic(this.context, topicId);
  }

  tombstonesOf(groupId: string): GroupRecord[] {
    return (['target-epoch', 'state-topics', 'epoch'] as const).map((kind) => recordOf(groupId, { kind, value: null }));
  }

  validateCommit({ groupId }: Commit): void {
    throw new KafkaError(ErrorCode.GROUP_ID_NOT_FOUND, `Group ${groupId} is not a consumer group.`);
  }

  /** Whoever asks for offsets is told that there are none. */
  validateFetch(): void {}
}
