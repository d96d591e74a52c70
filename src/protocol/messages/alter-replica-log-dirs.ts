// AlterReplicaLogDirs: move replicas between the log directories of a broker (KIP-113).
import { api, array, int16, int32, type RequestOf, type ResponseOf, string } from '../schema.ts';

export const AlterReplicaLogDirs = api({
  name: 'AlterReplicaLogDirs',
  key: 34,
  versions: [1, 2],
  flexible: 2,
  request: { dirs: array({ path: string, topics: array({ name: string, partitions: array(int32) }) }) },
  response: {
    throttleTimeMs: int32,
    results: array({ topicName: string, partitions: array({ partitionIndex: int32, errorCode: int16 }) }),
  },
});

export interface AlterReplicaLogDirsRequest extends RequestOf<typeof AlterReplicaLogDirs> {}
export interface AlterReplicaLogDirsResponse extends ResponseOf<typeof AlterReplicaLogDirs> {}
