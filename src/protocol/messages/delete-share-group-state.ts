// DeleteShareGroupState: forget the state of share partitions (KIP-932); between coordinators.
import { api, array, int16, int32, type RequestOf, type ResponseOf, string, uuid } from '../schema.ts';

export const DeleteShareGroupState = api({
  name: 'DeleteShareGroupState',
  key: 86,
  versions: [0, 0],
  flexible: 0,
  request: { groupId: string, topics: array({ topicId: uuid, partitions: array({ partition: int32 }) }) },
  response: {
    results: array({
      topicId: uuid,
      partitions: array({ partition: int32, errorCode: int16, errorMessage: string.nullable().default(null) }),
    }),
  },
});

export interface DeleteShareGroupStateRequest extends RequestOf<typeof DeleteShareGroupState> {}
export interface DeleteShareGroupStateResponse extends ResponseOf<typeof DeleteShareGroupState> {}
