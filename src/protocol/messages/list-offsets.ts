// ListOffsets: the offset at a time or a special position of each partition. v7 largest timestamp (KIP-734), v8
// earliest local, v9 latest tiered (KIP-1005), v10 timeout (KIP-1075), v11 earliest pending upload (KIP-1023).
import { api, array, int8, int16, int32, int64, type RequestOf, type ResponseOf, string } from '../schema.ts';

export const ListOffsets = api({
  name: 'ListOffsets',
  key: 2,
  versions: [1, 11],
  flexible: 6,
  request: {
    replicaId: int32,
    isolationLevel: int8.since(2),
    topics: array({
      name: string,
      partitions: array({ partitionIndex: int32, currentLeaderEpoch: int32.since(4).default(-1), timestamp: int64 }),
    }),
    timeoutMs: int32.since(10),
  },
  response: {
    throttleTimeMs: int32.since(2),
    topics: array({
      name: string,
      partitions: array({
        partitionIndex: int32,
        errorCode: int16,
        timestamp: int64.default(-1),
        offset: int64.default(-1),
        leaderEpoch: int32.since(4).default(-1),
      }),
    }),
  },
});

export interface ListOffsetsRequest extends RequestOf<typeof ListOffsets> {}
export interface ListOffsetsResponse extends ResponseOf<typeof ListOffsets> {}
