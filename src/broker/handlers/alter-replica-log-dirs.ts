// AlterReplicaLogDirs, v1-2 (KIP-113): in which log directory partitions are to be. The move goes on after the answer;
// DescribeLogDirs shows how far it is.
// v2: flexible.
// Follows ReplicaManager.alterReplicaLogDirs.
import { LogError } from '../../log/errors.ts';
import { ErrorCode } from '../../protocol/errors.ts';
import { AlterReplicaLogDirs } from '../../protocol/messages/alter-replica-log-dirs.ts';
import type { Services } from '../services.ts';
import { defineHandler } from './define.ts';

export const alterReplicaLogDirsHandler = defineHandler(AlterReplicaLogDirs, ({ dirs }, { services }) => {
  const results = new Map<string, { partitionIndex: number; errorCode: number }[]>();
  for (const { path, topics } of dirs) {
    for (const { name, partitions } of topics) {
      const outcomes = partitions.map((partitionIndex) => ({
        partitionIndex,
        errorCode: place(services, path, name, partitionIndex),
      }));
      results.set(name, [...(results.get(name) ?? []), ...outcomes]);
    }
  }
  return {
    throttleTimeMs: 0,
    results: [...results].map(([topicName, partitions]) => ({ topicName, partitions })),
  };
});

/** Error code for one partition. */
function place({ logs, metadata }: Services, path: string, topic: string, partition: number): number {
  if (logs.failedDirectories.has(path)) return ErrorCode.KAFKA_STORAGE_ERROR;
  if (!logs.directories.some((directory) => directory.path === path)) return ErrorCode.LOG_DIR_NOT_FOUND;
  if (metadata.topic(topic)?.partitions[partition] === undefined) return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
  const log = logs.get(topic, partition);
  if (log === undefined) return ErrorCode.KAFKA_STORAGE_ERROR;
  try {
    logs.move(log, path);
    return ErrorCode.NONE;
  } catch (error) {
    if (error instanceof LogError) return error.code;
    return ErrorCode.KAFKA_STORAGE_ERROR;
  }
}
