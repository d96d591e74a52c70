// ReadShareGroupStateSummary: start offsets of share partitions (KIP-932); between coordinators.
import { api, array, int16, int32, int64, type RequestOf, type ResponseOf, string, uuid } from '../schema.ts';

export const ReadShareGroupStateSummary = api({
  name: 'ReadShareGroupStateSummary',
  key: 87,
  versions: [0, 1],
  flexible: 0,
  request: {
    groupId: string,
    topics: array({ topicId: uuid, partitions: array({ partition: int32, leaderEpoch: int32 }) }),
  },
  response: {
    results: array({
      topicId: uuid,
      partitions: array({
        partition: int32,
        errorCode: int16,
        errorMessage: string.nullable().default(null),
        stateEpoch: int32,
        leaderEpoch: int32,
        startOffset: int64,
        deliveryCompleteCount: int32.since(1).default(-1),
      }),
    }),
  },
});

export interface ReadShareGroupStateSummaryRequest extends RequestOf<typeof ReadShareGroupStateSummary> {}
export interface ReadShareGroupStateSummaryResponse extends ResponseOf<typeof ReadShareGroupStateSummary> {}
