import { ErrorCode } from '../../protocol/errors.ts';
import { AlterReplicaLogDirs } from '../../protocol/messages/alter-replica-log-dirs.ts';
import { DescribeLogDirs } from '../../protocol/messages/describe-log-dirs.ts';
import type { Cluster } from '../cluster.ts';
import { refuseIfError } from '../errors.ts';
import { byTopic, partitionKey } from './by-topic.ts';
import { errorField } from './outcomes.ts';
import type { BrokerLogDirs, CallOptions, PartitionOutcome, ReplicaPlace } from './types.ts';

/** @see Admin.describeLogDirs */
export function describeLogDirs(
  cluster: Cluster,
  brokers: readonly number[],
  { timeoutMs }: CallOptions = {},
): Promise<BrokerLogDirs[]> {
  const describe = (broker: number) =>
    cluster.call(
      'describeLogDirs',
      { broker },
      async (link) => {
        const response = await link.send(DescribeLogDirs, { topics: null });
        if (response.results.length === 0) refuseIfError(response.errorCode || ErrorCode.CLUSTER_AUTHORIZATION_FAILED);
        const directories = response.results.map(({ errorCode, logDir, topics }) => ({
          path: logDir,
          ...errorField(errorCode),
          replicas: topics.flatMap(({ name, partitions }) =>
            partitions.map(({ partitionIndex, partitionSize, offsetLag, isFutureKey }) => ({
              ...{ topic: name, partition: partitionIndex },
              ...{ size: partitionSize, offsetLag, isFuture: isFutureKey },
            })),
          ),
        }));
        return { broker, directories };
      },
      timeoutMs,
    );
  return Promise.all(brokers.map(describe));
}

/** @see Admin.alterReplicaLogDirs */
export function alterReplicaLogDirs(
  cluster: Cluster,
  broker: number,
  places: readonly ReplicaPlace[],
  { timeoutMs }: CallOptions = {},
): Promise<PartitionOutcome[]> {
  const paths = [...new Set(places.map(({ path }) => path))];
  const dirs = paths.map((path) => ({
    path,
    topics: byTopic(
      places.filter((place) => place.path === path),
      ({ partition }) => partition,
    ),
  }));
  return cluster.call(
    'alterReplicaLogDirs',
    { broker },
    async (link) => {
      const { results } = await link.send(AlterReplicaLogDirs, { dirs });
      const answers = new Map(
        results.flatMap(({ topicName, partitions }) =>
          partitions.map((one) => [partitionKey(topicName, one.partitionIndex), one.errorCode] as const),
        ),
      );
      return places.map(({ topic, partition }) => ({
        ...{ topic, partition },
        ...errorField(answers.get(partitionKey(topic, partition)) ?? 0),
      }));
    },
    timeoutMs,
  );
}
