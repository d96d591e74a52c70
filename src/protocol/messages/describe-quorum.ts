// DescribeQuorum: leader and replicas of the metadata log (KIP-595).
import { api, array, int16, int32, int64, type RequestOf, type ResponseOf, string, uint16, uuid } from '../schema.ts';

const replicaState = {
  replicaId: int32,
  replicaDirectoryId: uuid.since(2),
  logEndOffset: int64,
  lastFetchTimestamp: int64.since(1).default(-1),
  lastCaughtUpTimestamp: int64.since(1).default(-1),
};

export const DescribeQuorum = api({
  name: 'DescribeQuorum',
  key: 55,
  versions: [0, 2],
  flexible: 0,
  request: { topics: array({ topicName: string, partitions: array({ partitionIndex: int32 }) }) },
  response: {
    errorCode: int16,
    errorMessage: string.since(2).nullable(),
    topics: array({
      topicName: string,
      partitions: array({
        partitionIndex: int32,
        errorCode: int16,
        errorMessage: string.since(2).nullable(),
        leaderId: int32,
        leaderEpoch: int32,
        highWatermark: int64,
        currentVoters: array(replicaState),
        observers: array(replicaState),
      }),
    }),
    nodes: array({
      nodeId: int32.since(2),
      listeners: array({ name: string.since(2), host: string.since(2), port: uint16.since(2) }).since(2),
    }).since(2),
  },
});

export interface DescribeQuorumRequest extends RequestOf<typeof DescribeQuorum> {}
export interface DescribeQuorumResponse extends ResponseOf<typeof DescribeQuorum> {}
