// The records of `__consumer_offsets` in the versions that Kafka 4.3.1 writes: OffsetCommitValue 4 (with the topic id),
// GroupMetadataValue 3. A key begins with its record type, a value with its version.
import { encode } from '../../protocol/codec.ts';
import type { EncodableMessage, Message } from '../../protocol/schema.ts';
import { GroupMetadataKey, GroupMetadataValue } from '../../protocol/state/group/group-metadata.ts';
import { OffsetCommitKey, OffsetCommitValue } from '../../protocol/state/group/offset-commit.ts';
import { Writer } from '../../protocol/writer.ts';
import type { ClassicGroup } from './classic-group.ts';
import { EMPTY_ASSIGNMENT } from './member.ts';
import type { CommittedOffset } from './offsets.ts';

/** A record of `__consumer_offsets`; without a value it deletes what was under its key. */
export interface GroupRecord {
  readonly key: Buffer;
  readonly value: Buffer | null;
}

const OFFSET_COMMIT = 1;
const GROUP_METADATA = 2;
const OFFSET_COMMIT_VALUE_VERSION = 4;
const GROUP_METADATA_VALUE_VERSION = 3;

export function offsetCommitRecord(
  groupId: string,
  topic: string,
  partition: number,
  committed: CommittedOffset,
): GroupRecord {
  // A limit of its own can only be stored in version 1 (GroupCoordinatorRecordHelpers.newOffsetCommitRecord).
  const version = committed.expireTimestampMs === -1 ? OFFSET_COMMIT_VALUE_VERSION : 1;
  const value = {
    offset: committed.offset,
    leaderEpoch: committed.leaderEpoch,
    metadata: committed.metadata,
    commitTimestamp: committed.commitTimestampMs,
    expireTimestamp: committed.expireTimestampMs,
    topicId: committed.topicId,
  };
  return {
    key: offsetCommitKey(groupId, topic, partition),
    value: withPrefix(version, OffsetCommitValue, version, value),
  };
}

export function offsetCommitTombstone(groupId: string, topic: string, partition: number): GroupRecord {
  return { key: offsetCommitKey(groupId, topic, partition), value: null };
}

/** The group as it is now, with the assignments that its leader gave in this generation. */
export function groupMetadataRecord(group: ClassicGroup, assignments: ReadonlyMap<string, Buffer>): GroupRecord {
  const members = [...group.members.values()].map((member) => ({
    memberId: member.memberId,
    groupInstanceId: member.groupInstanceId,
    clientId: member.clientId,
    clientHost: member.clientHost,
    rebalanceTimeout: member.rebalanceTimeoutMs,
    sessionTimeout: member.sessionTimeoutMs,
    subscription: member.metadata(group.protocolName),
    assignment: assignments.get(member.memberId) ?? EMPTY_ASSIGNMENT,
  }));
  return {
    key: groupMetadataKey(group.groupId),
    value: withPrefix(GROUP_METADATA_VALUE_VERSION, GroupMetadataValue, GROUP_METADATA_VALUE_VERSION, {
      protocolType: group.protocolType ?? '',
      generation: group.generationId,
      protocol: group.protocolName,
      leader: group.leaderId,
      currentStateTimestamp: group.stateTimestampMs,
      members,
    }),
  };
}

export function groupMetadataTombstone(groupId: string): GroupRecord {
  return { key: groupMetadataKey(groupId), value: null };
}

function offsetCommitKey(group: string, topic: string, partition: number): Buffer {
  return withPrefix(OFFSET_COMMIT, OffsetCommitKey, 0, { group, topic, partition });
}

function groupMetadataKey(group: string): Buffer {
  return withPrefix(GROUP_METADATA, GroupMetadataKey, 0, { group });
}

function withPrefix<M extends Message>(
  prefix: number,
  message: M,
  version: number,
  value: EncodableMessage<M>,
): Buffer {
  const writer = new Writer();
  writer.int16(prefix);
  encode(message, version, writer, value);
  return Buffer.concat(writer.finish());
}
