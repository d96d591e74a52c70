import type { Admin, BrokerLogDirs, LoggedReplica } from '../../client/admin.ts';
import { hashMapOrder, javaStringHash, topicPartitionHash } from '../../util/java-hash.ts';
import type { Report } from '../report.ts';
import { wrapping } from '../wrapped-error.ts';

export interface LogDirsToDescribe {
  /** All if empty. */
  readonly brokers: readonly number[];
  /** All if empty. */
  readonly topics: readonly string[];
}

const QUERYING = 'Querying brokers for log directories information';

/** Brokers that were asked for and are not there. */
export class UnknownBrokers extends Error {}

/**
 * `log-dirs --describe` (LogDirsCommand). Kafka's text is a document as well; the data are more regular.
 * @param say prints what Kafka's script has printed when the brokers refuse
 * @throws UnknownBrokers, WrappedError
 */
export async function describeLogDirs(
  admin: Pick<Admin, 'describeCluster' | 'describeLogDirs'>,
  { brokers, topics }: LogDirsToDescribe,
  say: (line: string) => void,
): Promise<Report> {
  const existing = inSet((await admin.describeCluster()).nodes.map(({ id }) => id));
  const unknown = inSet(brokers.filter((id) => !existing.includes(id)));
  if (unknown.length > 0) {
    const text = `The given brokers do not exist from --broker-list: ${unknown.join(',')}. Current existent brokers: ${existing.join(',')}`;
    throw new UnknownBrokers(`ERROR: ${text}`);
  }
  const asked = brokers.length === 0 ? existing : inSet(brokers);
  const described = await wrapping(admin.describeLogDirs(asked)).catch((error: unknown) => {
    say(QUERYING);
    throw error;
  });
  const inOrder = hashMapOrder(described, ({ broker }) => broker, described.length);
  const data = inOrder.map((broker) => dataOf(broker, topics));
  return {
    data,
    text: [
      QUERYING,
      `Received log directory information from brokers ${asked.join(',')}`,
      `${JSON.stringify(kafkaDocument(data))}\n`,
    ].join('\n'),
    table: {
      columns: ['Broker', 'Log directory', 'Topic', 'Partition', 'Size', 'Lag', 'Moving here'],
      units: [undefined, undefined, undefined, undefined, 'bytes', 'count'],
      unordered: true,
      rows: data.flatMap(({ broker, logDirs }) =>
        logDirs.flatMap(({ logDir, error, partitions }) =>
          error === null
            ? partitions.map((one) => [
                broker,
                logDir,
                one.topic,
                one.partition,
                one.size,
                one.offsetLag,
                one.isFuture ? 'yes' : '',
              ])
            : [[broker, logDir, error, '', '', '', '']],
        ),
      ),
    },
  };
}

/** The order of a HashSet<Integer>. */
const inSet = (ids: readonly number[]): number[] => hashMapOrder(ids, (id) => id);

/** Directories and partitions are in the order of the maps of DescribeLogDirsResult, filtered ones in that of one map more. */
function dataOf({ broker, directories }: BrokerLogDirs, topics: readonly string[]) {
  return {
    broker,
    logDirs: hashMapOrder(directories, ({ path }) => javaStringHash(path), directories.length).map(
      ({ path, error, replicas }) => ({
        logDir: path,
        error: error === undefined ? null : String(error).split(':')[0]!,
        partitions: partitionsOf(replicas, topics),
      }),
    ),
  };
}

function partitionsOf(replicas: readonly LoggedReplica[], topics: readonly string[]) {
  const hashOf = ({ topic, partition }: LoggedReplica) => topicPartitionHash(topic, partition);
  const chosen = hashMapOrder(replicas, hashOf).filter(({ topic }) => topics.length === 0 || topics.includes(topic));
  return hashMapOrder(chosen, hashOf).map(({ topic, partition, size, offsetLag, isFuture }) => ({
    ...{ topic, partition, size, offsetLag, isFuture },
  }));
}

/** What Kafka's script prints. */
const kafkaDocument = (brokers: readonly ReturnType<typeof dataOf>[]) => ({
  brokers: brokers.map(({ broker, logDirs }) => ({
    broker,
    logDirs: logDirs.map(({ logDir, error, partitions }) => ({
      partitions: partitions.map(({ topic, partition, ...one }) => ({ partition: `${topic}-${partition}`, ...one })),
      error,
      logDir,
    })),
  })),
  version: 1,
});
