// AlterPartitionReassignments: move partitions to other brokers (KIP-455).
import { api, array, bool, int16, int32, type RequestOf, type ResponseOf, string } from '../schema.ts';

export const AlterPartitionReassignments = api({
  name: 'AlterPartitionReassignments',
  key: 45,
  versions: [0, 1],
  flexible: 0,
  request: {
    timeoutMs: int32.default(60000),
    allowReplicationFactorChange: bool.since(1).default(true),
    topics: array({
      name: string,
      partitions: array({ partitionIndex: int32, replicas: array(int32).nullable().default(null) }),
    }),
  },
  response: {
    throttleTimeMs: int32,
    allowReplicationFactorChange: bool.since(1).default(true),
    errorCode: int16,
    errorMessage: string.nullable(),
    responses: array({
      name: string,
      partitions: array({ partitionIndex: int32, errorCode: int16, errorMessage: string.nullable() }),
    }),
  },
});

export interface AlterPartitionReassignmentsRequest extends RequestOf<typeof AlterPartitionReassignments> {}
export interface AlterPartitionReassignmentsResponse extends ResponseOf<typeof AlterPartitionReassignments> {}
