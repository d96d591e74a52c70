// Fetch: read record batches, from consumers and followers alike. v7 sessions (KIP-227), v12 flexible, v13 topic ids
// (KIP-516), v15 replica state (KIP-903), v16 node endpoints (KIP-951), v17 directory ids (KIP-853), v18 high
// watermark (KIP-1166).
import {
  api,
  array,
  int8,
  int16,
  int32,
  int64,
  type RequestOf,
  type ResponseOf,
  records,
  string,
  struct,
  uuid,
} from '../schema.ts';

export const Fetch = api({
  name: 'Fetch',
  key: 1,
  versions: [4, 18],
  flexible: 12,
  request: {
    clusterId: string.since(12).nullable().default(null).tag(0),
    replicaId: int32.until(14).default(-1),
    replicaState: struct({ replicaId: int32.since(15).default(-1), replicaEpoch: int64.since(15).default(-1) })
      .since(15)
      .tag(1),
    maxWaitMs: int32,
    minBytes: int32,
    maxBytes: int32.default(2147483647),
    isolationLevel: int8.default(0),
    sessionId: int32.since(7).default(0),
    sessionEpoch: int32.since(7).default(-1),
    topics: array({
      topic: string.until(12),
      topicId: uuid.since(13),
      partitions: array({
        partition: int32,
        currentLeaderEpoch: int32.since(9).default(-1),
        fetchOffset: int64,
        lastFetchedEpoch: int32.since(12).default(-1),
        logStartOffset: int64.since(5).default(-1),
        partitionMaxBytes: int32,
        replicaDirectoryId: uuid.since(17).tag(0),
        highWatermark: int64
          .since(18)
          .default(2 ** 63)
          .tag(1),
      }),
    }),
    forgottenTopicsData: array({
      topic: string.since(7).until(12),
      topicId: uuid.since(13),
      partitions: array(int32).since(7),
    }).since(7),
    rackId: string.since(11).default(''),
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16.since(7),
    sessionId: int32.since(7).default(0),
    responses: array({
      topic: string.until(12),
      topicId: uuid.since(13),
      partitions: array({
        partitionIndex: int32,
        errorCode: int16,
        highWatermark: int64,
        lastStableOffset: int64.default(-1),
        logStartOffset: int64.since(5).default(-1),
        divergingEpoch: struct({ epoch: int32.since(12).default(-1), endOffset: int64.since(12).default(-1) })
          .since(12)
          .tag(0),
        currentLeader: struct({ leaderId: int32.since(12).default(-1), leaderEpoch: int32.since(12).default(-1) })
          .since(12)
          .tag(1),
        snapshotId: struct({ endOffset: int64.default(-1), epoch: int32.default(-1) })
          .since(12)
          .tag(2),
        abortedTransactions: array({ producerId: int64, firstOffset: int64 }).nullable(),
        preferredReadReplica: int32.since(11).default(-1),
        records: records.nullable(),
      }),
    }),
    nodeEndpoints: array({
      nodeId: int32.since(16),
      host: string.since(16),
      port: int32.since(16),
      rack: string.since(16).nullable().default(null),
    })
      .since(16)
      .tag(0),
  },
});

export interface FetchRequest extends RequestOf<typeof Fetch> {}
export interface FetchResponse extends ResponseOf<typeof Fetch> {}
