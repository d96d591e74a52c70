// Metadata: brokers, topics and partitions of the cluster. v1 null topics = all, v4 auto-create switch, v9 flexible,
// v10 topic ids, v12 ask by id, v13 top-level error (KIP-1102).
import { api, array, bool, int16, int32, type RequestOf, type ResponseOf, string, uuid } from '../schema.ts';

export const Metadata = api({
  name: 'Metadata',
  key: 3,
  versions: [0, 13],
  flexible: 9,
  request: {
    topics: array({ topicId: uuid.since(10), name: string.nullable(10) }).nullable(1),
    allowAutoTopicCreation: bool.since(4).default(true),
    includeClusterAuthorizedOperations: bool.since(8).until(10),
    includeTopicAuthorizedOperations: bool.since(8),
  },
  response: {
    throttleTimeMs: int32.since(3),
    brokers: array({ nodeId: int32, host: string, port: int32, rack: string.since(1).nullable().default(null) }),
    clusterId: string.since(2).nullable().default(null),
    controllerId: int32.since(1).default(-1),
    topics: array({
      errorCode: int16,
      name: string.nullable(12),
      topicId: uuid.since(10),
      isInternal: bool.since(1).default(false),
      partitions: array({
        errorCode: int16,
        partitionIndex: int32,
        leaderId: int32,
        leaderEpoch: int32.since(7).default(-1),
        replicaNodes: array(int32),
        isrNodes: array(int32),
        offlineReplicas: array(int32).since(5),
      }),
      topicAuthorizedOperations: int32.since(8).default(-2147483648),
    }),
    clusterAuthorizedOperations: int32.since(8).until(10).default(-2147483648),
    errorCode: int16.since(13),
  },
});

export interface MetadataRequest extends RequestOf<typeof Metadata> {}
export interface MetadataResponse extends ResponseOf<typeof Metadata> {}
