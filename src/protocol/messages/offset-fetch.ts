// OffsetFetch: read the offsets of groups. v2 null topics = all, v7 wait for open transactions (KIP-447), v8 several
// groups, v9 the consumer protocol, v10 topic ids.
import { api, array, bool, int16, int32, int64, type RequestOf, type ResponseOf, string, uuid } from '../schema.ts';

export const OffsetFetch = api({
  name: 'OffsetFetch',
  key: 9,
  versions: [1, 10],
  flexible: 6,
  request: {
    groupId: string.until(7),
    topics: array({ name: string.until(7), partitionIndexes: array(int32).until(7) })
      .until(7)
      .nullable(2),
    groups: array({
      groupId: string.since(8),
      memberId: string.since(9).nullable().default(null),
      memberEpoch: int32.since(9).default(-1),
      topics: array({
        name: string.since(8).until(9),
        topicId: uuid.since(10),
        partitionIndexes: array(int32).since(8),
      })
        .since(8)
        .nullable(),
    }).since(8),
    requireStable: bool.since(7).default(false),
  },
  response: {
    throttleTimeMs: int32.since(3),
    topics: array({
      name: string.until(7),
      partitions: array({
        partitionIndex: int32.until(7),
        committedOffset: int64.until(7),
        committedLeaderEpoch: int32.since(5).until(7).default(-1),
        metadata: string.until(7).nullable(),
        errorCode: int16.until(7),
      }).until(7),
    }).until(7),
    errorCode: int16.since(2).until(7).default(0),
    groups: array({
      groupId: string.since(8),
      topics: array({
        name: string.since(8).until(9),
        topicId: uuid.since(10),
        partitions: array({
          partitionIndex: int32.since(8),
          committedOffset: int64.since(8),
          committedLeaderEpoch: int32.since(8).default(-1),
          metadata: string.since(8).nullable(),
          errorCode: int16.since(8),
        }).since(8),
      }).since(8),
      errorCode: int16.since(8).default(0),
    }).since(8),
  },
});

export interface OffsetFetchRequest extends RequestOf<typeof OffsetFetch> {}
export interface OffsetFetchResponse extends ResponseOf<typeof OffsetFetch> {}
