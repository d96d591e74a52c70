// From the records of `__consumer_offsets` back to groups and offsets. Records of other kinds of groups are passed over.
import { decode } from '../../protocol/codec.ts';
import { Reader } from '../../protocol/reader.ts';
import { isControl, isTransactional } from '../../protocol/records/batch.ts';
import { ControlType, readControlKey } from '../../protocol/records/control.ts';
import { batches, loadCodecsFor, openRecords } from '../../protocol/records/read.ts';
import { GroupMetadataKey, GroupMetadataValue } from '../../protocol/state/group/group-metadata.ts';
import { OffsetCommitKey, OffsetCommitValue } from '../../protocol/state/group/offset-commit.ts';
import { ClassicGroup } from './classic-group.ts';
import type { GroupContext } from './context.ts';
import { Member } from './member.ts';
import { kindOf } from './modern/group-kind.ts';

// Key types; 0 and 1 share their schema.
const LAST_OFFSET_COMMIT = 1;
const GROUP_METADATA = 2;

/** Where a record was read. */
interface Place {
  /** Of `__consumer_offsets`. */
  readonly partition: number;
  /** Whose transaction it belongs to, undefined outside of transactions. */
  readonly producerId: number | undefined;
}

export class GroupReplay {
  readonly #context: GroupContext;

  constructor(context: GroupContext) {
    this.#context = context;
  }

  /**
   * Takes in whole batches; partitions one after the other. The bytes may be reused afterwards.
   * @throws RecordError if they are damaged
   */
  async replay(partition: number, buf: Buffer): Promise<void> {
    await loadCodecsFor(buf);
    for (const { header, pos } of batches(buf)) {
      const cursor = openRecords(buf, pos, header);
      while (cursor.next()) {
        if (isControl(header.attributes)) this.#decide(partition, header.producerId, cursor.key);
        else if (cursor.key) {
          const producerId = isTransactional(header.attributes) ? header.producerId : undefined;
          replayRecord(this.#context, { partition, producerId }, cursor.key, cursor.value);
        }
      }
    }
  }

  #decide(partition: number, producerId: number, key: Buffer | null): void {
    const { type } = readControlKey(key);
    if (type !== ControlType.COMMIT && type !== ControlType.ABORT) return;
    this.#context.pending.decide(partition, producerId, type === ControlType.COMMIT);
  }
}

function replayRecord(context: GroupContext, place: Place, key: Buffer, value: Buffer | null): void {
  const reader = new Reader(key);
  const type = reader.int16();
  if (type <= LAST_OFFSET_COMMIT) replayOffset(context, place, reader, value);
  else if (type === GROUP_METADATA) replayGroup(context, reader, value);
  else context.kinds.some((kind) => kind.replay(type, reader, value));
}

/** A commit for a group that is not on record makes one without a protocol type. */
function replayOffset(
  { groups, kinds, offsets, pending, clock }: GroupContext,
  place: Place,
  keyReader: Reader,
  value: Buffer | null,
): void {
  const { group: groupId, topic, partition } = decode(OffsetCommitKey, 0, keyReader);
  if (value === null) {
    offsets.delete(groupId, topic, partition);
    pending.delete(groupId, topic, partition);
    return;
  }
  const reader = new Reader(value);
  const { offset, leaderEpoch, metadata, commitTimestamp, expireTimestamp, topicId } = decode(
    OffsetCommitValue,
    reader.int16(),
    reader,
  );
  const committed = {
    offset,
    leaderEpoch,
    metadata,
    commitTimestampMs: commitTimestamp,
    expireTimestampMs: expireTimestamp,
    topicId,
  };
  if (!groups.has(groupId) && !kindOf(kinds, groupId)) groups.set(groupId, new ClassicGroup(groupId, clock));
  if (place.producerId === undefined) offsets.set(groupId, topic, partition, committed);
  else pending.add(place.partition, place.producerId, { groupId, topic, partition, committed });
}

function replayGroup({ groups, clock }: GroupContext, keyReader: Reader, value: Buffer | null): void {
  const { group: groupId } = decode(GroupMetadataKey, 0, keyReader);
  if (value === null) {
    groups.delete(groupId);
    return;
  }
  // The members' metadata outlives the batch it is read from.
  const reader = new Reader(Buffer.from(value));
  const stored = decode(GroupMetadataValue, reader.int16(), reader);
  const group = new ClassicGroup(groupId, clock, {
    state: stored.members.length > 0 ? 'Stable' : 'Empty',
    generationId: stored.generation,
    protocolType: stored.protocolType === '' ? null : stored.protocolType,
    protocolName: stored.protocol,
    leaderId: stored.leader,
    stateTimestampMs: stored.currentStateTimestamp,
  });
  for (const member of stored.members) {
    const { rebalanceTimeout, sessionTimeout, subscription, assignment } = member;
    group.add(
      new Member({
        ...member,
        rebalanceTimeoutMs: rebalanceTimeout === -1 ? sessionTimeout : rebalanceTimeout,
        sessionTimeoutMs: sessionTimeout,
        protocolType: stored.protocolType,
        protocols: [{ name: stored.protocol ?? '', metadata: subscription }],
        assignment,
      }),
    );
  }
  group.refreshSubscribedTopics();
  groups.set(groupId, group);
}
