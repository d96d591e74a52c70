// PartitionChangeRecord: what changed in a partition; fields left out are unchanged.
import { array, type DecodedMessage, int8, int32, message, uuid } from '../../schema.ts';

export const PartitionChangeRecord = message({
  name: 'PartitionChangeRecord',
  versions: [0, 2],
  flexible: 0,
  fields: {
    partitionId: int32.default(-1),
    topicId: uuid,
    isr: array(int32).nullable().default(null).tag(0),
    leader: int32.default(-2).tag(1),
    replicas: array(int32).nullable().default(null).tag(2),
    removingReplicas: array(int32).nullable().default(null).tag(3),
    addingReplicas: array(int32).nullable().default(null).tag(4),
    leaderRecoveryState: int8.default(-1).tag(5),
    directories: array(uuid).since(1).nullable().default(null).tag(8),
    eligibleLeaderReplicas: array(int32).since(2).nullable().default(null).tag(6),
    lastKnownElr: array(int32).since(2).nullable().default(null).tag(7),
  },
});

export interface PartitionChangeRecordData extends DecodedMessage<typeof PartitionChangeRecord> {}
