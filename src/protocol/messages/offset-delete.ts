// OffsetDelete: forget offsets of a group (KIP-496).
import { api, array, int16, int32, type RequestOf, type ResponseOf, string } from '../schema.ts';

export const OffsetDelete = api({
  name: 'OffsetDelete',
  key: 47,
  versions: [0, 0],
  flexible: null,
  request: { groupId: string, topics: array({ name: string, partitions: array({ partitionIndex: int32 }) }) },
  response: {
    errorCode: int16,
    throttleTimeMs: int32,
    topics: array({ name: string, partitions: array({ partitionIndex: int32, errorCode: int16 }) }),
  },
});

export interface OffsetDeleteRequest extends RequestOf<typeof OffsetDelete> {}
export interface OffsetDeleteResponse extends ResponseOf<typeof OffsetDelete> {}
