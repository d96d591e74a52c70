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

// Key types; 0 and 1 share their schema.
const LAST_OFFSET_COMMIT = 1;
const GROUP_METADATA = 2;

type Apply = (context: GroupContext) => void;

export class GroupReplay {
  readonly #context: GroupContext;
  /** Offsets committed in transactions that are not decided in this partition, by producer id. */
  readonly #pending = new Map<number, Apply[]>();
  #partition = -1;

  constructor(context: GroupContext) {
    this.#context = context;
  }

  /**
   * Takes in whole batches; partitions one after the other. The bytes may be reused afterwards.
   * @throws RecordError if they are damaged
   */
  async replay(partition: number, buf: Buffer): Promise<void> {
    if (partition !== this.#partition) this.#pending.clear();
    this.#partition = partition;
    await loadCodecsFor(buf);
    for (const { header, pos } of batches(buf)) {
      const cursor = openRecords(buf, pos, header);
      while (cursor.next()) {
        if (isControl(header.attributes)) this.#decide(header.producerId, cursor.key);
        else {
          const apply = cursor.key && recordOf(cursor.key, cursor.value);
          if (!apply) continue;
          if (isTransactional(header.attributes)) this.#postpone(header.producerId, apply);
          else apply(this.#context);
        }
      }
    }
  }

  #postpone(producerId: number, apply: Apply): void {
    const pending = this.#pending.get(producerId) ?? [];
    pending.push(apply);
    this.#pending.set(producerId, pending);
  }

  #decide(producerId: number, key: Buffer | null): void {
    const { type } = readControlKey(key);
    if (type === ControlType.COMMIT) for (const apply of this.#pending.get(producerId) ?? []) apply(this.#context);
    if (type === ControlType.COMMIT || type === ControlType.ABORT) this.#pending.delete(producerId);
  }
}

function recordOf(key: Buffer, value: Buffer | null): Apply | undefined {
  const reader = new Reader(key);
  const type = reader.int16();
  if (type <= LAST_OFFSET_COMMIT) return offsetRecord(reader, value);
  if (type === GROUP_METADATA) return groupRecord(reader, value);
  return undefined;
}

/** A commit for a group that is not on record makes one without a protocol type. */
function offsetRecord(keyReader: Reader, value: Buffer | null): Apply {
  const { group: groupId, topic, partition } = decode(OffsetCommitKey, 0, keyReader);
  if (value === null) return ({ offsets }) => offsets.delete(groupId, topic, partition);
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
  return ({ groups, offsets, clock }) => {
    if (!groups.has(groupId)) groups.set(groupId, new ClassicGroup(groupId, clock));
    offsets.set(groupId, topic, partition, committed);
  };
}

function groupRecord(keyReader: Reader, value: Buffer | null): Apply {
  const { group: groupId } = decode(GroupMetadataKey, 0, keyReader);
  if (value === null) return ({ groups }) => groups.delete(groupId);
  // The members' metadata outlives the batch it is read from.
  const reader = new Reader(Buffer.from(value));
  const stored = decode(GroupMetadataValue, reader.int16(), reader);
  return ({ groups, clock }) => {
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
  };
}
