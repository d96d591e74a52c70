// DeleteTopics: delete topics. v5 error messages, v6 by id.
import { api, array, int16, int32, type RequestOf, type ResponseOf, string, uuid } from '../schema.ts';

export const DeleteTopics = api({
  name: 'DeleteTopics',
  key: 20,
  versions: [1, 6],
  flexible: 4,
  request: {
    topics: array({ name: string.since(6).nullable().default(null), topicId: uuid.since(6) }).since(6),
    topicNames: array(string).until(5),
    timeoutMs: int32,
  },
  response: {
    throttleTimeMs: int32,
    responses: array({
      name: string.nullable(6),
      topicId: uuid.since(6),
      errorCode: int16,
      errorMessage: string.since(5).nullable().default(null),
    }),
  },
});

export interface DeleteTopicsRequest extends RequestOf<typeof DeleteTopics> {}
export interface DeleteTopicsResponse extends ResponseOf<typeof DeleteTopics> {}
