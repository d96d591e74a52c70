// WriteTxnMarkers: write commit and abort markers; sent by coordinators and by transaction tools.
import { api, array, bool, int8, int16, int32, int64, type RequestOf, type ResponseOf, string } from '../schema.ts';

export const WriteTxnMarkers = api({
  name: 'WriteTxnMarkers',
  key: 27,
  versions: [1, 2],
  flexible: 1,
  request: {
    markers: array({
      producerId: int64,
      producerEpoch: int16,
      transactionResult: bool,
      topics: array({ name: string, partitionIndexes: array(int32) }),
      coordinatorEpoch: int32,
      transactionVersion: int8.since(2).default(0),
    }),
  },
  response: {
    markers: array({
      producerId: int64,
      topics: array({ name: string, partitions: array({ partitionIndex: int32, errorCode: int16 }) }),
    }),
  },
});

export interface WriteTxnMarkersRequest extends RequestOf<typeof WriteTxnMarkers> {}
export interface WriteTxnMarkersResponse extends ResponseOf<typeof WriteTxnMarkers> {}
