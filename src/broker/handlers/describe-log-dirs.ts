// DescribeLogDirs, v1-5: log directories, what is in them, and how full their volumes are.
// v2: flexible.  v3: an error for the whole.  v4: sizes of the volume (KIP-827).  v5: whether the directory is cordoned
// (KIP-1066); ktool cordons none.
// Follows kafka.server.KafkaApis.handleDescribeLogDirsRequest and ReplicaManager.describeLogDirs.
import type { PartitionLog } from '../../log/partition-log.ts';
import { ErrorCode } from '../../protocol/errors.ts';
import { DescribeLogDirs, type DescribeLogDirsRequest } from '../../protocol/messages/describe-log-dirs.ts';
import type { ResponseInput } from '../../protocol/schema.ts';
import type { Services } from '../services.ts';
import { defineHandler } from './define.ts';

type DirectoryTopic = ResponseInput<typeof DescribeLogDirs>['results'][number]['topics'][number];

const METADATA_TOPIC = '__cluster_metadata';

export const describeLogDirsHandler = defineHandler(DescribeLogDirs, (request, { services }) => {
  const wanted = wantedPartitions(request);
  const { logs } = services;
  const shown = [...logs.all()].filter(
    (log) => log.topic !== METADATA_TOPIC && wanted(log) && hasReplica(log, services),
  );
  return {
    throttleTimeMs: 0,
    errorCode: ErrorCode.NONE,
    results: logs.directories.map((directory) => ({
      errorCode: ErrorCode.NONE,
      logDir: directory.path,
      topics: byTopic(shown.filter((log) => logs.directoryOf(log) === directory.path)),
      ...directory.diskSpace(),
    })),
  };
});

/** Brokers of one process share their data; each shows what it has replicas of. */
function hasReplica({ topic, partition }: PartitionLog, { metadata, nodeId, peers }: Services): boolean {
  return peers.nodeIds.length === 1 || metadata.topic(topic)?.partitions[partition]?.replicas.includes(nodeId) === true;
}

/** Null asks for all partitions. Unknown ones are left out. */
function wantedPartitions({ topics }: DescribeLogDirsRequest): (log: PartitionLog) => boolean {
  if (topics === null) return () => true;
  const wanted = new Map(topics.map(({ topic, partitions }) => [topic, new Set(partitions)]));
  return ({ topic, partition }) => wanted.get(topic)?.has(partition) === true;
}

function byTopic(logs: readonly PartitionLog[]): DirectoryTopic[] {
  const topics = new Map<string, PartitionLog[]>();
  for (const log of logs) topics.set(log.topic, [...(topics.get(log.topic) ?? []), log]);
  return [...topics].map(([name, ofTopic]) => ({
    name,
    partitions: ofTopic.map((log) => ({
      partitionIndex: log.partition,
      partitionSize: log.sizeInBytes,
      offsetLag: 0,
      isFutureKey: false,
    })),
  }));
}
