// DescribeLogDirs, v1-5: log directories, what is in them, and how full their volumes are.
// v2: flexible.  v3: an error for the whole.  v4: sizes of the volume (KIP-827).  v5: whether the directory is cordoned
// (KIP-1066); ktool cordons none.
// Follows kafka.server.KafkaApis.handleDescribeLogDirsRequest and ReplicaManager.describeLogDirs, the order of whose maps shows.
import type { LogManager } from '../../log/log-manager.ts';
import { ErrorCode } from '../../protocol/errors.ts';
import { DescribeLogDirs, type DescribeLogDirsRequest } from '../../protocol/messages/describe-log-dirs.ts';
import type { ResponseInput } from '../../protocol/schema.ts';
import { concurrentMapOrder } from '../../util/concurrent-map-order.ts';
import { topicPartitionHash } from '../../util/java-hash.ts';
import { immutableMapOrder } from '../../util/scala-hash.ts';
import type { Services } from '../services.ts';
import { defineHandler } from './define.ts';

type Directory = ResponseInput<typeof DescribeLogDirs>['results'][number];
type DirectoryTopic = Directory['topics'][number];

/** A log, or a copy of one that is on its way to another directory, as it is shown. */
interface Shown {
  readonly topic: string;
  readonly directory: string;
  readonly shown: DirectoryTopic['partitions'][number];
}

const METADATA_TOPIC = '__cluster_metadata';

export const describeLogDirsHandler = defineHandler(DescribeLogDirs, (request, { services }) => {
  const wanted = wantedPartitions(request);
  const { logs } = services;
  const shown = [...shownLogs(logs)].filter(
    (one) => one.topic !== METADATA_TOPIC && wanted(one) && hasReplica(one, services),
  );
  const online = logs.directories.filter(({ failure }) => failure === undefined);
  return {
    throttleTimeMs: 0,
    errorCode: ErrorCode.NONE,
    results: [
      ...online.map((directory) => described(directory, shown, services)),
      ...[...logs.failedDirectories.keys()].map((logDir) => ({
        errorCode: ErrorCode.KAFKA_STORAGE_ERROR,
        logDir,
        topics: [],
      })),
    ],
  };
});

/** A directory and what is in it. One that somebody has removed meanwhile has an error of its own, as in Kafka. */
function described(
  directory: LogManager['directories'][number],
  shown: readonly Shown[],
  { logger }: Services,
): Directory {
  const logDir = directory.path;
  try {
    const topics = byTopic(shown.filter((one) => one.directory === logDir));
    return { errorCode: ErrorCode.NONE, logDir, topics, ...directory.diskSpace() };
  } catch (error) {
    logger.error(`Error while describing replica in dir ${logDir}: ${error}`);
    return { errorCode: ErrorCode.UNKNOWN_SERVER_ERROR, logDir, topics: [] };
  }
}

/** Brokers of one process share their data; each shows what it has replicas of. */
function hasReplica({ topic, shown }: Shown, { metadata, nodeId, peers }: Services): boolean {
  const partition = metadata.topic(topic)?.partitions[shown.partitionIndex];
  return peers.nodeIds.length === 1 || partition?.replicas.includes(nodeId) === true;
}

function* shownLogs(logs: LogManager): Generator<Shown> {
  const inOrder = concurrentMapOrder(logs.all(), ({ topic, partition }) => topicPartitionHash(topic, partition));
  for (const log of inOrder) {
    const shown = { partitionIndex: log.partition, partitionSize: log.sizeInBytes, offsetLag: 0, isFutureKey: false };
    yield { topic: log.topic, directory: logs.directoryOf(log), shown };
  }
  for (const { log, copy, directory } of logs.copies()) {
    const offsetLag = Math.max(log.logEndOffset - copy.logEndOffset, 0);
    const shown = { partitionIndex: log.partition, partitionSize: copy.sizeInBytes, offsetLag, isFutureKey: true };
    yield { topic: log.topic, directory, shown };
  }
}

/** Null asks for all partitions. Unknown ones are left out. */
function wantedPartitions({ topics }: DescribeLogDirsRequest): (shown: Shown) => boolean {
  if (topics === null) return () => true;
  const wanted = new Map(topics.map(({ topic, partitions }) => [topic, new Set(partitions)]));
  return ({ topic, shown }) => wanted.get(topic)?.has(shown.partitionIndex) === true;
}

function byTopic(logs: readonly Shown[]): DirectoryTopic[] {
  const topics = new Map<string, Shown[]>();
  for (const log of logs) topics.set(log.topic, [...(topics.get(log.topic) ?? []), log]);
  return immutableMapOrder([...topics.keys()]).map((name) => ({
    name,
    partitions: topics.get(name)!.map(({ shown }) => shown),
  }));
}
