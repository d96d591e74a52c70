// CreateTopics: create topics. v4 broker defaults for counts (KIP-464), v5 the answer carries configs (KIP-525), v7
// topic ids.
import { api, array, bool, int8, int16, int32, type RequestOf, type ResponseOf, string, uuid } from '../schema.ts';

export const CreateTopics = api({
  name: 'CreateTopics',
  key: 19,
  versions: [2, 7],
  flexible: 5,
  request: {
    topics: array({
      name: string,
      numPartitions: int32,
      replicationFactor: int16,
      assignments: array({ partitionIndex: int32, brokerIds: array(int32) }),
      configs: array({ name: string, value: string.nullable() }),
    }),
    timeoutMs: int32.default(60000),
    validateOnly: bool.default(false),
  },
  response: {
    throttleTimeMs: int32,
    topics: array({
      name: string,
      topicId: uuid.since(7),
      errorCode: int16,
      errorMessage: string.nullable(),
      topicConfigErrorCode: int16.since(5).tag(0),
      numPartitions: int32.since(5).default(-1),
      replicationFactor: int16.since(5).default(-1),
      configs: array({
        name: string.since(5),
        value: string.since(5).nullable(),
        readOnly: bool.since(5),
        configSource: int8.since(5).default(-1),
        isSensitive: bool.since(5),
      })
        .since(5)
        .nullable(),
    }),
  },
});

export interface CreateTopicsRequest extends RequestOf<typeof CreateTopics> {}
export interface CreateTopicsResponse extends ResponseOf<typeof CreateTopics> {}
