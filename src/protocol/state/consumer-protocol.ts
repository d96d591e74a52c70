// What members of a consumer group tell one another inside JoinGroup and SyncGroup (the embedded protocol "consumer"). The version is an int16 in front.
import { array, bytes, type DecodedMessage, int32, message, string } from '../schema.ts';

export const ConsumerProtocolSubscription = message({
  name: 'ConsumerProtocolSubscription',
  versions: [0, 3],
  flexible: null,
  fields: {
    topics: array(string),
    userData: bytes.nullable().default(null),
    ownedPartitions: array({ topic: string.since(1), partitions: array(int32).since(1) }).since(1),
    generationId: int32.since(2).default(-1),
    rackId: string.since(3).nullable().default(null),
  },
});

export interface ConsumerProtocolSubscriptionData extends DecodedMessage<typeof ConsumerProtocolSubscription> {}

export const ConsumerProtocolAssignment = message({
  name: 'ConsumerProtocolAssignment',
  versions: [0, 3],
  flexible: null,
  fields: {
    assignedPartitions: array({ topic: string, partitions: array(int32) }),
    userData: bytes.nullable().default(null),
  },
});

export interface ConsumerProtocolAssignmentData extends DecodedMessage<typeof ConsumerProtocolAssignment> {}
