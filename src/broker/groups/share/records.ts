// Changes of a share group as the records of `__consumer_offsets` that Kafka keeps them in (GroupCoordinatorRecordHelpers).
import { decode } from '../../../protocol/codec.ts';
import type { Reader } from '../../../protocol/reader.ts';
import { ShareGroupCurrentMemberAssignmentValue } from '../../../protocol/state/group/share-group-current-member-assignment.ts';
import {
  ShareGroupMemberMetadataKey,
  ShareGroupMemberMetadataValue,
} from '../../../protocol/state/group/share-group-member-metadata.ts';
import { ShareGroupMetadataKey, ShareGroupMetadataValue } from '../../../protocol/state/group/share-group-metadata.ts';
import { ShareGroupStatePartitionMetadataValue } from '../../../protocol/state/group/share-group-state-partition-metadata.ts';
import { ShareGroupTargetAssignmentMemberValue } from '../../../protocol/state/group/share-group-target-assignment-member.ts';
import { ShareGroupTargetAssignmentMetadataValue } from '../../../protocol/state/group/share-group-target-assignment-metadata.ts';
import { ascending, assignmentOf, toTopicPartitions } from '../modern/assignment.ts';
import { prefixed, readValue, valueBytes } from '../record-codec.ts';
import type { GroupRecord } from '../records.ts';
import type { Change } from './changes.ts';
import type { StateTopics, TopicSet } from './state-topics.ts';

/** CoordinatorRecordType: the number that a key begins with. */
export const RecordType = {
  MEMBER: 10,
  EPOCH: 11,
  TARGET_EPOCH: 12,
  TARGET: 13,
  CURRENT: 14,
  STATE_TOPICS: 15,
} as const;

/** MemberState.STABLE, the only one that members of share groups have. */
const STABLE = 0;

export function recordOf(groupId: string, change: Change): GroupRecord {
  switch (change.kind) {
    case 'epoch':
      return ofGroup(RecordType.EPOCH, groupId, change.value && valueBytes(ShareGroupMetadataValue, change.value));
    case 'target-epoch':
      return ofGroup(RecordType.TARGET_EPOCH, groupId, change.value && targetEpochValue(change.value));
    case 'state-topics':
      return ofGroup(RecordType.STATE_TOPICS, groupId, change.value && stateTopicsValue(change.value.topics));
    default:
      return ofMember(groupId, change);
  }
}

/**
 * The change that a record tells of, undefined for one of another kind of group.
 * @param nowMs wall-clock milliseconds
 * @throws DecodeError on damaged bytes
 */
export function changeOf(
  type: number,
  key: Reader,
  value: Buffer | null,
  nowMs: number,
): { groupId: string; change: Change } | undefined {
  switch (type) {
    case RecordType.EPOCH:
      return { ...groupKey(key), change: { kind: 'epoch', value: value && readValue(ShareGroupMetadataValue, value) } };
    case RecordType.TARGET_EPOCH: {
      const stored = value && readValue(ShareGroupTargetAssignmentMetadataValue, value);
      const epoch = stored && { epoch: stored.assignmentEpoch, timestampMs: stored.assignmentTimestamp };
      return { ...groupKey(key), change: { kind: 'target-epoch', value: epoch } };
    }
    case RecordType.STATE_TOPICS: {
      const topics = value && { topics: readStateTopics(value), atMs: nowMs };
      return { ...groupKey(key), change: { kind: 'state-topics', value: topics } };
    }
    case RecordType.MEMBER:
    case RecordType.TARGET:
    case RecordType.CURRENT:
      return memberChange(type, key, value);
    default:
      return undefined;
  }
}

function memberChange(type: number, key: Reader, bytes: Buffer | null): { groupId: string; change: Change } {
  const { groupId, memberId } = decode(ShareGroupMemberMetadataKey, 0, key);
  if (type === RecordType.MEMBER) {
    const value = bytes && readValue(ShareGroupMemberMetadataValue, bytes);
    return { groupId, change: { kind: 'member', memberId, value } };
  }
  if (type === RecordType.TARGET) {
    const stored = bytes && readValue(ShareGroupTargetAssignmentMemberValue, bytes);
    return { groupId, change: { kind: 'target', memberId, value: stored && assignmentOf(stored.topicPartitions) } };
  }
  const stored = bytes && readValue(ShareGroupCurrentMemberAssignmentValue, bytes);
  const value = stored && {
    epoch: stored.memberEpoch,
    previousEpoch: stored.previousMemberEpoch,
    assigned: assignmentOf(stored.assignedPartitions),
  };
  return { groupId, change: { kind: 'current', memberId, value } };
}

/** The keys of all records of a member are made alike. */
function ofMember(groupId: string, change: Extract<Change, { memberId: string }>): GroupRecord {
  const { memberId } = change;
  const record = (type: number, value: Buffer | null) => ({
    key: prefixed(type, ShareGroupMemberMetadataKey, { groupId, memberId }),
    value,
  });
  switch (change.kind) {
    case 'member': {
      const value = change.value && { ...change.value, subscribedTopicNames: [...change.value.subscribedTopicNames] };
      return record(RecordType.MEMBER, value && valueBytes(ShareGroupMemberMetadataValue, value));
    }
    case 'target': {
      const value = change.value && { topicPartitions: toTopicPartitions(change.value) };
      return record(RecordType.TARGET, value && valueBytes(ShareGroupTargetAssignmentMemberValue, value));
    }
    case 'current': {
      const value = change.value && {
        memberEpoch: change.value.epoch,
        previousMemberEpoch: change.value.previousEpoch,
        state: STABLE,
        assignedPartitions: toTopicPartitions(change.value.assigned),
      };
      return record(RecordType.CURRENT, value && valueBytes(ShareGroupCurrentMemberAssignmentValue, value));
    }
  }
}

function ofGroup(type: number, groupId: string, value: Buffer | null): GroupRecord {
  return { key: prefixed(type, ShareGroupMetadataKey, { groupId }), value };
}

function groupKey(key: Reader): { groupId: string } {
  return { groupId: decode(ShareGroupMetadataKey, 0, key).groupId };
}

function targetEpochValue({ epoch, timestampMs }: { epoch: number; timestampMs: number }): Buffer {
  const value = { assignmentEpoch: epoch, assignmentTimestamp: timestampMs };
  return valueBytes(ShareGroupTargetAssignmentMetadataValue, value);
}

function stateTopicsValue({ initializing, initialized, deleting }: StateTopics): Buffer {
  const listed = (topics: TopicSet) =>
    [...topics].map(([topicId, { topicName, partitions }]) => ({ topicId, topicName, partitions: [...partitions] }));
  return valueBytes(ShareGroupStatePartitionMetadataValue, {
    initializingTopics: listed(initializing),
    initializedTopics: listed(initialized),
    deletingTopics: [...deleting].map(([topicId, topicName]) => ({ topicId, topicName })),
  });
}

function readStateTopics(bytes: Buffer): StateTopics {
  const stored = readValue(ShareGroupStatePartitionMetadataValue, bytes);
  const read = (topics: typeof stored.initializedTopics): TopicSet =>
    new Map(
      topics.map(({ topicId, topicName, partitions }) => [topicId, { topicName, partitions: ascending(partitions) }]),
    );
  return {
    initializing: read(stored.initializingTopics),
    initialized: read(stored.initializedTopics),
    deleting: new Map(stored.deletingTopics.map(({ topicId, topicName }) => [topicId, topicName])),
  };
}
