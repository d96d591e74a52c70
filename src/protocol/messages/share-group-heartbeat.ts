// ShareGroupHeartbeat: membership in a share group (KIP-932).
import { api, array, int16, int32, type RequestOf, type ResponseOf, string, struct, uuid } from '../schema.ts';

const topicPartitions = { topicId: uuid, partitions: array(int32) };

export const ShareGroupHeartbeat = api({
  name: 'ShareGroupHeartbeat',
  key: 76,
  versions: [1, 1],
  flexible: 0,
  request: {
    groupId: string,
    memberId: string,
    memberEpoch: int32,
    rackId: string.nullable().default(null),
    subscribedTopicNames: array(string).nullable().default(null),
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    errorMessage: string.nullable().default(null),
    memberId: string.nullable().default(null),
    memberEpoch: int32,
    heartbeatIntervalMs: int32,
    assignment: struct({ topicPartitions: array(topicPartitions) })
      .nullable()
      .default(null),
  },
});

export interface ShareGroupHeartbeatRequest extends RequestOf<typeof ShareGroupHeartbeat> {}
export interface ShareGroupHeartbeatResponse extends ResponseOf<typeof ShareGroupHeartbeat> {}
