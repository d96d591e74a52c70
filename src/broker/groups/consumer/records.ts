// Changes of a group as the records of `__consumer_offsets` that Kafka keeps them in (GroupCoordinatorRecordHelpers).
import { decode } from '../../../protocol/codec.ts';
import type { Reader } from '../../../protocol/reader.ts';
import { ConsumerGroupCurrentMemberAssignmentValue } from '../../../protocol/state/group/consumer-group-current-member-assignment.ts';
import {
  ConsumerGroupMemberMetadataKey,
  ConsumerGroupMemberMetadataValue,
  type ConsumerGroupMemberMetadataValueData,
} from '../../../protocol/state/group/consumer-group-member-metadata.ts';
import {
  ConsumerGroupMetadataKey,
  ConsumerGroupMetadataValue,
} from '../../../protocol/state/group/consumer-group-metadata.ts';
import {
  ConsumerGroupRegularExpressionKey,
  ConsumerGroupRegularExpressionValue,
} from '../../../protocol/state/group/consumer-group-regular-expression.ts';
import { ConsumerGroupTargetAssignmentMemberValue } from '../../../protocol/state/group/consumer-group-target-assignment-member.ts';
import { ConsumerGroupTargetAssignmentMetadataValue } from '../../../protocol/state/group/consumer-group-target-assignment-metadata.ts';
import { assignmentOf, type OwnedPartitions, toTopicPartitions } from '../modern/assignment.ts';
import { prefixed, readValue as read, valueBytes } from '../record-codec.ts';
import type { GroupRecord } from '../records.ts';
import type { Change } from './changes.ts';
import type { CurrentAssignment, MemberMetadata, MemberState } from './group-member.ts';

/** CoordinatorRecordType: the number that a key begins with. */
export const RecordType = {
  EPOCH: 3,
  PARTITION_METADATA: 4,
  MEMBER: 5,
  TARGET_EPOCH: 6,
  TARGET: 7,
  CURRENT: 8,
  REGEX: 16,
} as const;

const STATES: readonly (readonly [number, MemberState])[] = [
  [0, 'Stable'],
  [1, 'UnrevokedPartitions'],
  [2, 'UnreleasedPartitions'],
  [127, 'Unknown'],
];

export function recordOf(groupId: string, change: Change): GroupRecord {
  switch (change.kind) {
    case 'epoch':
      return ofGroup(RecordType.EPOCH, groupId, change.value && valueBytes(ConsumerGroupMetadataValue, change.value));
    case 'partition-metadata':
      return ofGroup(RecordType.PARTITION_METADATA, groupId, null);
    case 'target-epoch':
      return ofGroup(RecordType.TARGET_EPOCH, groupId, change.value && targetEpochValue(change.value));
    case 'member':
      return ofMember(RecordType.MEMBER, groupId, change.memberId, change.value && memberValue(change.value));
    case 'target':
      return ofMember(RecordType.TARGET, groupId, change.memberId, change.value && targetValue(change.value));
    case 'current':
      return ofMember(RecordType.CURRENT, groupId, change.memberId, change.value && currentValue(change.value));
    case 'regex': {
      const key = { groupId, regularExpression: change.regex };
      const value = change.value && regexValue(change.value);
      return { key: prefixed(RecordType.REGEX, ConsumerGroupRegularExpressionKey, key), value };
    }
  }
}

/** The change that a record tells of, undefined for one of another kind of group. @throws DecodeError on damaged bytes */
export function changeOf(
  type: number,
  key: Reader,
  value: Buffer | null,
): { groupId: string; change: Change } | undefined {
  switch (type) {
    case RecordType.EPOCH:
      return { ...groupKey(key), change: { kind: 'epoch', value: value && read(ConsumerGroupMetadataValue, value) } };
    case RecordType.PARTITION_METADATA:
      return { ...groupKey(key), change: { kind: 'partition-metadata', value: null } };
    case RecordType.TARGET_EPOCH: {
      const stored = value && read(ConsumerGroupTargetAssignmentMetadataValue, value);
      const epoch = stored && { epoch: stored.assignmentEpoch, timestampMs: stored.assignmentTimestamp };
      return { ...groupKey(key), change: { kind: 'target-epoch', value: epoch } };
    }
    case RecordType.MEMBER:
    case RecordType.TARGET:
    case RecordType.CURRENT:
      return memberChange(type, key, value);
    case RecordType.REGEX: {
      const { groupId, regularExpression } = decode(ConsumerGroupRegularExpressionKey, 0, key);
      const stored = value && read(ConsumerGroupRegularExpressionValue, value);
      const resolved = stored && { ...stored, timestampMs: stored.timestamp };
      return { groupId, change: { kind: 'regex', regex: regularExpression, value: resolved } };
    }
    default:
      return undefined;
  }
}

function memberChange(type: number, key: Reader, bytes: Buffer | null): { groupId: string; change: Change } {
  const { groupId, memberId } = decode(ConsumerGroupMemberMetadataKey, 0, key);
  if (type === RecordType.MEMBER) {
    const stored = bytes && read(ConsumerGroupMemberMetadataValue, bytes);
    return { groupId, change: { kind: 'member', memberId, value: stored && metadataOf(stored) } };
  }
  if (type === RecordType.TARGET) {
    const stored = bytes && read(ConsumerGroupTargetAssignmentMemberValue, bytes);
    return { groupId, change: { kind: 'target', memberId, value: stored && assignmentOf(stored.topicPartitions) } };
  }
  const stored = bytes && read(ConsumerGroupCurrentMemberAssignmentValue, bytes);
  const value: CurrentAssignment | null = stored && {
    epoch: stored.memberEpoch,
    previousEpoch: stored.previousMemberEpoch,
    state: STATES.find(([code]) => code === stored.state)?.[1] ?? 'Unknown',
    assigned: readOwned(stored.assignedPartitions, stored.memberEpoch),
    pendingRevocation: readOwned(stored.partitionsPendingRevocation, stored.memberEpoch),
  };
  return { groupId, change: { kind: 'current', memberId, value } };
}

function metadataOf({ classicMemberMetadata, ...stored }: ConsumerGroupMemberMetadataValueData): MemberMetadata {
  return { ...stored, subscribedTopicRegex: stored.subscribedTopicRegex ?? '', classic: classicMemberMetadata };
}

function targetEpochValue({ epoch, timestampMs }: { epoch: number; timestampMs: number }): Buffer {
  return valueBytes(ConsumerGroupTargetAssignmentMetadataValue, {
    assignmentEpoch: epoch,
    assignmentTimestamp: timestampMs,
  });
}

function memberValue(member: NonNullable<Extract<Change, { kind: 'member' }>['value']>): Buffer {
  return valueBytes(ConsumerGroupMemberMetadataValue, {
    instanceId: member.instanceId,
    rackId: member.rackId,
    clientId: member.clientId,
    clientHost: member.clientHost,
    subscribedTopicNames: [...member.subscribedTopicNames],
    subscribedTopicRegex: member.subscribedTopicRegex,
    rebalanceTimeoutMs: member.rebalanceTimeoutMs,
    serverAssignor: member.serverAssignor,
    classicMemberMetadata: member.classic && {
      sessionTimeoutMs: member.classic.sessionTimeoutMs,
      supportedProtocols: [...member.classic.supportedProtocols],
    },
  });
}

function targetValue(assignment: NonNullable<Extract<Change, { kind: 'target' }>['value']>): Buffer {
  return valueBytes(ConsumerGroupTargetAssignmentMemberValue, { topicPartitions: toTopicPartitions(assignment) });
}

function currentValue(current: CurrentAssignment): Buffer {
  return valueBytes(ConsumerGroupCurrentMemberAssignmentValue, {
    memberEpoch: current.epoch,
    previousMemberEpoch: current.previousEpoch,
    state: STATES.find(([, state]) => state === current.state)![0],
    assignedPartitions: writeOwned(current.assigned),
    partitionsPendingRevocation: writeOwned(current.pendingRevocation),
  });
}

function regexValue({
  topics,
  version,
  timestampMs,
}: NonNullable<Extract<Change, { kind: 'regex' }>['value']>): Buffer {
  return valueBytes(ConsumerGroupRegularExpressionValue, { topics: [...topics], version, timestamp: timestampMs });
}

type StoredPartitions = { topicId: string; partitions: number[]; assignmentEpochs: number[] | null };

function writeOwned(owned: OwnedPartitions): StoredPartitions[] {
  return [...owned].map(([topicId, epochs]) => ({
    topicId,
    partitions: [...epochs.keys()],
    assignmentEpochs: [...epochs.values()],
  }));
}

/** Before Kafka 4.3 no epochs were kept: the member's own stands for them. */
function readOwned(stored: readonly StoredPartitions[], memberEpoch: number): OwnedPartitions {
  return new Map(
    stored.map(({ topicId, partitions, assignmentEpochs }) => [
      topicId,
      new Map(partitions.map((partition, i) => [partition, assignmentEpochs?.[i] ?? memberEpoch])),
    ]),
  );
}

function ofGroup(type: number, groupId: string, value: Buffer | null): GroupRecord {
  return { key: prefixed(type, ConsumerGroupMetadataKey, { groupId }), value };
}

/** The keys of all records of a member are made alike. */
function ofMember(type: number, groupId: string, memberId: string, value: Buffer | null): GroupRecord {
  return { key: prefixed(type, ConsumerGroupMemberMetadataKey, { groupId, memberId }), value };
}

function groupKey(key: Reader): { groupId: string } {
  return { groupId: decode(ConsumerGroupMetadataKey, 0, key).groupId };
}
