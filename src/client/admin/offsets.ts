import type { KafkaError } from '../../protocol/errors.ts';
import { ListOffsets } from '../../protocol/messages/list-offsets.ts';
import type { Broker } from '../broker-link.ts';
import type { Cluster } from '../cluster.ts';
import { UnsupportedVersionError } from '../errors.ts';
import { byTopic, partitionKey } from './by-topic.ts';
import { handlerError, handlerWarning } from './handler-log.ts';
import { askLeaders, leftOut } from './leaders.ts';
import { errorField } from './outcomes.ts';
import { type CallOptions, type IsolationLevel, type OffsetQuery, type OffsetResult, OffsetSpec } from './types.ts';

/** First version of ListOffsets that knows a special timestamp. */
const SINCE = new Map<number, number>([
  [OffsetSpec.MAX_TIMESTAMP, 7],
  [OffsetSpec.EARLIEST_LOCAL, 8],
  [OffsetSpec.LATEST_TIERED, 9],
  [OffsetSpec.EARLIEST_PENDING_UPLOAD, 11],
]);

const CONSUMER = -1;

/** @see Admin.listOffsets */
export function listOffsets(
  cluster: Cluster,
  queries: readonly OffsetQuery[],
  { timeoutMs, isolation = 'read_uncommitted' }: CallOptions & { readonly isolation?: IsolationLevel } = {},
): Promise<OffsetResult[]> {
  const send = async (broker: Broker, share: readonly OffsetQuery[]) => {
    const answers = new Map<OffsetQuery, OffsetResult>();
    for (const queries of withoutRepetition(share)) {
      const results = await request(cluster, broker, queries, isolation);
      for (const [i, query] of queries.entries()) answers.set(query, results[i]!);
    }
    for (const { topic, partition, error } of answers.values()) if (error) logRefusal(cluster, topic, partition, error);
    return share.map((query) => answers.get(query)!);
  };
  const handler = { name: 'listOffsets', api: 'LIST_OFFSETS', failsUnknownTopics: true, send, failed, retried };
  return askLeaders(cluster, queries, handler, timeoutMs);
}

const failed = ({ topic, partition }: OffsetQuery, error: KafkaError): OffsetResult => ({
  topic,
  partition,
  offset: -1,
  timestamp: -1,
  leaderEpoch: -1,
  error,
});

const retried = ({ error }: OffsetResult) => (error?.retriable ? error : undefined);

/** ListOffsetsHandler.handleUnsupportedVersionException, which names this one kind of offset whatever was asked for. */
const tellingUnsupported = (cluster: Cluster, broker: Broker) => (error: unknown) => {
  if (error instanceof UnsupportedVersionError)
    handlerWarning(
      cluster,
      'ListOffsetsHandler',
      `Broker ${broker.node.id} does not support MAX_TIMESTAMP offset specs`,
    );
  throw error;
};

/** ListOffsetsHandler.handlePartitionError. */
function logRefusal(cluster: Cluster, topic: string, partition: number, { retriable, info }: KafkaError): void {
  if (retriable) return;
  const request = `ListOffsets request for topic partition ${partitionKey(topic, partition)}`;
  handlerError(cluster, 'ListOffsetsHandler', `${request} failed due to an unexpected error ${info.name}`);
}

/** A broker refuses a request that names a partition twice: each list has every partition at most once. */
function withoutRepetition(queries: readonly OffsetQuery[]): OffsetQuery[][] {
  const lists: OffsetQuery[][] = [];
  const seen = new Map<string, number>();
  for (const query of queries) {
    const key = partitionKey(query.topic, query.partition);
    const times = seen.get(key) ?? 0;
    seen.set(key, times + 1);
    lists[times] ??= [];
    lists[times].push(query);
  }
  return lists;
}

/** One request; its answers in the order of the queries. */
async function request(
  cluster: Cluster,
  broker: Broker,
  queries: readonly OffsetQuery[],
  isolation: IsolationLevel,
): Promise<OffsetResult[]> {
  const body = {
    replicaId: CONSUMER,
    isolationLevel: isolation === 'read_committed' ? 1 : 0,
    topics: byTopic(queries, ({ partition, timestamp }) => ({ partitionIndex: partition, timestamp })),
    timeoutMs: cluster.settings.requestTimeoutMs,
  };
  const minVersion = Math.max(...queries.map(({ timestamp }) => SINCE.get(timestamp) ?? 0));
  const response = await broker.send(ListOffsets, body, { minVersion }).catch(tellingUnsupported(cluster, broker));
  const answers = new Map<string, OffsetResult>();
  for (const { name, partitions } of response.topics) {
    for (const { partitionIndex, errorCode, offset, timestamp, leaderEpoch } of partitions) {
      const found = {
        topic: name,
        partition: partitionIndex,
        offset,
        timestamp,
        leaderEpoch,
        ...errorField(errorCode),
      };
      answers.set(partitionKey(name, partitionIndex), found);
    }
  }
  return queries.map(({ topic, partition }) => {
    const found = answers.get(partitionKey(topic, partition));
    return found ?? failed({ topic, partition, timestamp: 0 }, leftOut(broker.node.id, { topic, partition }));
  });
}
