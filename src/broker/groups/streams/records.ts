// Changes of a streams group as the records of `__consumer_offsets` that Kafka keeps them in
// (StreamsCoordinatorRecordHelpers).
import { decode } from '../../../protocol/codec.ts';
import type { Reader } from '../../../protocol/reader.ts';
import { StreamsGroupCurrentMemberAssignmentValue } from '../../../protocol/state/group/streams-group-current-member-assignment.ts';
import {
  StreamsGroupMemberMetadataKey,
  StreamsGroupMemberMetadataValue,
} from '../../../protocol/state/group/streams-group-member-metadata.ts';
import {
  StreamsGroupMetadataKey,
  StreamsGroupMetadataValue,
} from '../../../protocol/state/group/streams-group-metadata.ts';
import { StreamsGroupTargetAssignmentMemberValue } from '../../../protocol/state/group/streams-group-target-assignment-member.ts';
import { StreamsGroupTargetAssignmentMetadataValue } from '../../../protocol/state/group/streams-group-target-assignment-metadata.ts';
import { StreamsGroupTopologyValue } from '../../../protocol/state/group/streams-group-topology.ts';
import type { OwnedPartitions } from '../modern/assignment.ts';
import { ascending } from '../modern/assignment.ts';
import { prefixed, readValue, valueBytes } from '../record-codec.ts';
import type { GroupRecord } from '../records.ts';
import type { Change, GroupEpoch } from './changes.ts';
import type { CurrentAssignment, MemberMetadata, MemberState } from './group-member.ts';
import { tasksOf, toTaskIds } from './tasks.ts';

/** CoordinatorRecordType: the number that a key begins with. */
export const RecordType = { EPOCH: 17, MEMBER: 19, TARGET_EPOCH: 20, TARGET: 21, CURRENT: 22, TOPOLOGY: 23 } as const;

const STATES: readonly (readonly [number, MemberState])[] = [
  [1, 'Stable'],
  [2, 'UnrevokedTasks'],
  [3, 'UnreleasedTasks'],
  [127, 'Unknown'],
];

export function recordOf(groupId: string, change: Change): GroupRecord {
  switch (change.kind) {
    case 'epoch':
      return ofGroup(RecordType.EPOCH, groupId, change.value && epochValue(change.value));
    case 'topology':
      return ofGroup(RecordType.TOPOLOGY, groupId, change.value && valueBytes(StreamsGroupTopologyValue, change.value));
    case 'target-epoch': {
      const { value } = change;
      const fields = value && { assignmentEpoch: value.epoch, assignmentTimestamp: value.timestampMs };
      const bytes = fields && valueBytes(StreamsGroupTargetAssignmentMetadataValue, fields);
      return ofGroup(RecordType.TARGET_EPOCH, groupId, bytes);
    }
    case 'member':
      return ofMember(RecordType.MEMBER, groupId, change.memberId, change.value && memberValue(change.value));
    case 'target': {
      const { value } = change;
      const fields = value && {
        activeTasks: toTaskIds(value.active),
        standbyTasks: toTaskIds(value.standby),
        warmupTasks: toTaskIds(value.warmup),
      };
      const bytes = fields && valueBytes(StreamsGroupTargetAssignmentMemberValue, fields);
      return ofMember(RecordType.TARGET, groupId, change.memberId, bytes);
    }
    case 'current':
      return ofMember(RecordType.CURRENT, groupId, change.memberId, change.value && currentValue(change.value));
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
      return { ...groupKey(key), change: { kind: 'epoch', value: value && readEpoch(value) } };
    case RecordType.TOPOLOGY: {
      const topology = value && readValue(StreamsGroupTopologyValue, value);
      return { ...groupKey(key), change: { kind: 'topology', value: topology } };
    }
    case RecordType.TARGET_EPOCH: {
      const stored = value && readValue(StreamsGroupTargetAssignmentMetadataValue, value);
      const epoch = stored && { epoch: stored.assignmentEpoch, timestampMs: stored.assignmentTimestamp };
      return { ...groupKey(key), change: { kind: 'target-epoch', value: epoch } };
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
  const { groupId, memberId } = decode(StreamsGroupMemberMetadataKey, 0, key);
  if (type === RecordType.MEMBER) {
    const stored = bytes && readValue(StreamsGroupMemberMetadataValue, bytes);
    const value = stored && { ...stored, clientTags: mapOf(stored.clientTags) };
    return { groupId, change: { kind: 'member', memberId, value } };
  }
  if (type === RecordType.TARGET) {
    const stored = bytes && readValue(StreamsGroupTargetAssignmentMemberValue, bytes);
    const value = stored && {
      active: tasksOf(stored.activeTasks),
      standby: tasksOf(stored.standbyTasks),
      warmup: tasksOf(stored.warmupTasks),
    };
    return { groupId, change: { kind: 'target', memberId, value } };
  }
  return { groupId, change: { kind: 'current', memberId, value: bytes && readCurrent(bytes) } };
}

function epochValue({ epoch, metadataHash, validatedTopologyEpoch, assignmentConfigs }: GroupEpoch): Buffer {
  const lastAssignmentConfigs = [...assignmentConfigs].map(([key, value]) => ({ key, value }));
  return valueBytes(StreamsGroupMetadataValue, { epoch, metadataHash, validatedTopologyEpoch, lastAssignmentConfigs });
}

function readEpoch(bytes: Buffer): GroupEpoch {
  const { lastAssignmentConfigs, ...epoch } = readValue(StreamsGroupMetadataValue, bytes);
  return { ...epoch, assignmentConfigs: mapOf(lastAssignmentConfigs ?? []) };
}

function memberValue(member: MemberMetadata): Buffer {
  const { instanceId, rackId, clientId, clientHost, rebalanceTimeoutMs, topologyEpoch, processId } = member;
  const client = { instanceId, rackId, clientId, clientHost, rebalanceTimeoutMs, topologyEpoch, processId };
  const clientTags = [...member.clientTags].map(([key, value]) => ({ key, value }));
  return valueBytes(StreamsGroupMemberMetadataValue, { ...client, userEndpoint: member.userEndpoint, clientTags });
}

function currentValue({ epoch, previousEpoch, state, assigned, pendingRevocation }: CurrentAssignment): Buffer {
  const withoutEpochs = (tasks: Parameters<typeof toTaskIds>[0]) =>
    toTaskIds(tasks).map((ids) => ({ ...ids, assignmentEpochs: null }));
  return valueBytes(StreamsGroupCurrentMemberAssignmentValue, {
    memberEpoch: epoch,
    previousMemberEpoch: previousEpoch,
    state: STATES.find(([, name]) => name === state)![0],
    activeTasks: writeOwned(assigned.active),
    standbyTasks: withoutEpochs(assigned.standby),
    warmupTasks: withoutEpochs(assigned.warmup),
    activeTasksPendingRevocation: writeOwned(pendingRevocation.active),
    standbyTasksPendingRevocation: withoutEpochs(pendingRevocation.standby),
    warmupTasksPendingRevocation: withoutEpochs(pendingRevocation.warmup),
  });
}

function readCurrent(bytes: Buffer): CurrentAssignment {
  const stored = readValue(StreamsGroupCurrentMemberAssignmentValue, bytes);
  return {
    epoch: stored.memberEpoch,
    previousEpoch: stored.previousMemberEpoch,
    state: STATES.find(([code]) => code === stored.state)?.[1] ?? 'Unknown',
    assigned: {
      active: readOwned(stored.activeTasks, stored.memberEpoch),
      standby: tasksOf(stored.standbyTasks),
      warmup: tasksOf(stored.warmupTasks),
    },
    pendingRevocation: {
      active: readOwned(stored.activeTasksPendingRevocation, stored.memberEpoch),
      standby: tasksOf(stored.standbyTasksPendingRevocation),
      warmup: tasksOf(stored.warmupTasksPendingRevocation),
    },
  };
}

type StoredTasks = { subtopologyId: string; partitions: number[]; assignmentEpochs: number[] | null };

function writeOwned(owned: OwnedPartitions): StoredTasks[] {
  return toTaskIds(new Map([...owned].map(([id, epochs]) => [id, ascending(epochs.keys())]))).map((ids) => ({
    ...ids,
    assignmentEpochs: ids.partitions.map((partition) => owned.get(ids.subtopologyId)!.get(partition)!),
  }));
}

/** Where no epochs were kept, or not one for each task, the member's own stands for them. */
function readOwned(stored: readonly StoredTasks[], memberEpoch: number): OwnedPartitions {
  return new Map(
    stored.map(({ subtopologyId, partitions, assignmentEpochs }) => {
      const epochs = assignmentEpochs?.length === partitions.length ? assignmentEpochs : undefined;
      return [subtopologyId, new Map(partitions.map((partition, i) => [partition, epochs?.[i] ?? memberEpoch]))];
    }),
  );
}

function ofGroup(type: number, groupId: string, value: Buffer | null): GroupRecord {
  return { key: prefixed(type, StreamsGroupMetadataKey, { groupId }), value };
}

/** The keys of all records of a member are made alike. */
function ofMember(type: number, groupId: string, memberId: string, value: Buffer | null): GroupRecord {
  return { key: prefixed(type, StreamsGroupMemberMetadataKey, { groupId, memberId }), value };
}

function groupKey(key: Reader): { groupId: string } {
  return { groupId: decode(StreamsGroupMetadataKey, 0, key).groupId };
}

function mapOf(entries: readonly { key: string; value: string }[]): ReadonlyMap<string, string> {
  return new Map(entries.map(({ key, value }) => [key, value]));
}
