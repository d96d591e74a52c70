// The records of an internal topic by the type number that its key begins with (CoordinatorRecordType).
import type { Message } from '../../schema.ts';
import {
  ConsumerGroupCurrentMemberAssignmentKey,
  ConsumerGroupCurrentMemberAssignmentValue,
} from './consumer-group-current-member-assignment.ts';
import { ConsumerGroupMemberMetadataKey, ConsumerGroupMemberMetadataValue } from './consumer-group-member-metadata.ts';
import { ConsumerGroupMetadataKey, ConsumerGroupMetadataValue } from './consumer-group-metadata.ts';
import {
  ConsumerGroupPartitionMetadataKey,
  ConsumerGroupPartitionMetadataValue,
} from './consumer-group-partition-metadata.ts';
import {
  ConsumerGroupRegularExpressionKey,
  ConsumerGroupRegularExpressionValue,
} from './consumer-group-regular-expression.ts';
import {
  ConsumerGroupTargetAssignmentMemberKey,
  ConsumerGroupTargetAssignmentMemberValue,
} from './consumer-group-target-assignment-member.ts';
import {
  ConsumerGroupTargetAssignmentMetadataKey,
  ConsumerGroupTargetAssignmentMetadataValue,
} from './consumer-group-target-assignment-metadata.ts';
import { GroupMetadataKey, GroupMetadataValue } from './group-metadata.ts';
import { LegacyOffsetCommitKey, LegacyOffsetCommitValue } from './legacy-offset-commit.ts';
import { OffsetCommitKey, OffsetCommitValue } from './offset-commit.ts';
import {
  ShareGroupCurrentMemberAssignmentKey,
  ShareGroupCurrentMemberAssignmentValue,
} from './share-group-current-member-assignment.ts';
import { ShareGroupMemberMetadataKey, ShareGroupMemberMetadataValue } from './share-group-member-metadata.ts';
import { ShareGroupMetadataKey, ShareGroupMetadataValue } from './share-group-metadata.ts';
import {
  ShareGroupStatePartitionMetadataKey,
  ShareGroupStatePartitionMetadataValue,
} from './share-group-state-partition-metadata.ts';
import {
  ShareGroupTargetAssignmentMemberKey,
  ShareGroupTargetAssignmentMemberValue,
} from './share-group-target-assignment-member.ts';
import {
  ShareGroupTargetAssignmentMetadataKey,
  ShareGroupTargetAssignmentMetadataValue,
} from './share-group-target-assignment-metadata.ts';
import {
  StreamsGroupCurrentMemberAssignmentKey,
  StreamsGroupCurrentMemberAssignmentValue,
} from './streams-group-current-member-assignment.ts';
import { StreamsGroupMemberMetadataKey, StreamsGroupMemberMetadataValue } from './streams-group-member-metadata.ts';
import { StreamsGroupMetadataKey, StreamsGroupMetadataValue } from './streams-group-metadata.ts';
import {
  StreamsGroupTargetAssignmentMemberKey,
  StreamsGroupTargetAssignmentMemberValue,
} from './streams-group-target-assignment-member.ts';
import {
  StreamsGroupTargetAssignmentMetadataKey,
  StreamsGroupTargetAssignmentMetadataValue,
} from './streams-group-target-assignment-metadata.ts';
import { StreamsGroupTopologyKey, StreamsGroupTopologyValue } from './streams-group-topology.ts';

export const groupRecords: ReadonlyMap<number, { readonly key: Message; readonly value: Message }> = new Map<
  number,
  { key: Message; value: Message }
>([
  [0, { key: LegacyOffsetCommitKey, value: LegacyOffsetCommitValue }],
  [1, { key: OffsetCommitKey, value: OffsetCommitValue }],
  [2, { key: GroupMetadataKey, value: GroupMetadataValue }],
  [3, { key: ConsumerGroupMetadataKey, value: ConsumerGroupMetadataValue }],
  [4, { key: ConsumerGroupPartitionMetadataKey, value: ConsumerGroupPartitionMetadataValue }],
  [5, { key: ConsumerGroupMemberMetadataKey, value: ConsumerGroupMemberMetadataValue }],
  [6, { key: ConsumerGroupTargetAssignmentMetadataKey, value: ConsumerGroupTargetAssignmentMetadataValue }],
  [7, { key: ConsumerGroupTargetAssignmentMemberKey, value: ConsumerGroupTargetAssignmentMemberValue }],
  [8, { key: ConsumerGroupCurrentMemberAssignmentKey, value: ConsumerGroupCurrentMemberAssignmentValue }],
  [10, { key: ShareGroupMemberMetadataKey, value: ShareGroupMemberMetadataValue }],
  [11, { key: ShareGroupMetadataKey, value: ShareGroupMetadataValue }],
  [12, { key: ShareGroupTargetAssignmentMetadataKey, value: ShareGroupTargetAssignmentMetadataValue }],
  [13, { key: ShareGroupTargetAssignmentMemberKey, value: ShareGroupTargetAssignmentMemberValue }],
  [14, { key: ShareGroupCurrentMemberAssignmentKey, value: ShareGroupCurrentMemberAssignmentValue }],
  [15, { key: ShareGroupStatePartitionMetadataKey, value: ShareGroupStatePartitionMetadataValue }],
  [16, { key: ConsumerGroupRegularExpressionKey, value: ConsumerGroupRegularExpressionValue }],
  [17, { key: StreamsGroupMetadataKey, value: StreamsGroupMetadataValue }],
  [19, { key: StreamsGroupMemberMetadataKey, value: StreamsGroupMemberMetadataValue }],
  [20, { key: StreamsGroupTargetAssignmentMetadataKey, value: StreamsGroupTargetAssignmentMetadataValue }],
  [21, { key: StreamsGroupTargetAssignmentMemberKey, value: StreamsGroupTargetAssignmentMemberValue }],
  [22, { key: StreamsGroupCurrentMemberAssignmentKey, value: StreamsGroupCurrentMemberAssignmentValue }],
  [23, { key: StreamsGroupTopologyKey, value: StreamsGroupTopologyValue }],
]);
