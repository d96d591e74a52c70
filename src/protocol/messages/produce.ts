// Produce: append record batches to partitions; the answer gives the offsets. v9 flexible, v10 tells the new leader
// (KIP-951), v12 transactions v2 (KIP-890), v13 topic ids (KIP-516).
import {
  api,
  array,
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

export const Produce = api({
  name: 'Produce',
  key: 0,
  versions: [3, 13],
  flexible: 9,
  request: {
    transactionalId: string.nullable().default(null),
    acks: int16,
    timeoutMs: int32,
    topicData: array({
      name: string.until(12),
      topicId: uuid.since(13),
      partitionData: array({ index: int32, records: records.nullable() }),
    }),
  },
  response: {
    responses: array({
      name: string.until(12),
      topicId: uuid.since(13),
      partitionResponses: array({
        index: int32,
        errorCode: int16,
        baseOffset: int64,
        logAppendTimeMs: int64.default(-1),
        logStartOffset: int64.since(5).default(-1),
        recordErrors: array({
          batchIndex: int32.since(8),
          batchIndexErrorMessage: string.since(8).nullable().default(null),
        }).since(8),
        errorMessage: string.since(8).nullable().default(null),
        currentLeader: struct({ leaderId: int32.since(10).default(-1), leaderEpoch: int32.since(10).default(-1) })
          .since(10)
          .tag(0),
      }),
    }),
    throttleTimeMs: int32.default(0),
    nodeEndpoints: array({
      nodeId: int32.since(10),
      host: string.since(10),
      port: int32.since(10),
      rack: string.since(10).nullable().default(null),
    })
      .since(10)
      .tag(0),
  },
});

export interface ProduceRequest extends RequestOf<typeof Produce> {}
export interface ProduceResponse extends ResponseOf<typeof Produce> {}
