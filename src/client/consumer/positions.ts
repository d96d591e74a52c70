// Where reading begins: committed offsets, and the reset policy where there is none.
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { listOffsets } from '../admin/offsets.ts';
import { type OffsetResult, OffsetSpec, type TopicPartition } from '../admin/types.ts';
import type { Cluster } from '../cluster.ts';
import type { GroupOffset } from '../group/types.ts';
import type { ConsumerSettings } from '../settings/consumer.ts';
import { ConsumerError } from './errors.ts';

export type Edge = 'earliest' | 'latest';

/** The offset of the first record from a time on; without one that late, the end. */
async function offsetsSince(
  cluster: Cluster,
  partitions: readonly TopicPartition[],
  sinceMs: number,
  settings: ConsumerSettings,
): Promise<GroupOffset[]> {
  const found = await offsetsAt(cluster, partitions, sinceMs, settings);
  const isFound = ({ offset }: GroupOffset) => offset >= 0;
  const later = found.filter((position) => !isFound(position));
  return [...found.filter(isFound), ...(await offsetsAt(cluster, later, OffsetSpec.LATEST, settings))];
}

/**
 * The first or last offsets of partitions. A partition that is not there, or has no leader, is waited for as long as the
 * client is open.
 * @throws KafkaError that waiting does not help with
 */
export function edgeOffsets(
  cluster: Cluster,
  partitions: readonly TopicPartition[],
  edge: Edge,
  settings: ConsumerSettings,
): Promise<GroupOffset[]> {
  return offsetsAt(cluster, partitions, edge === 'earliest' ? OffsetSpec.EARLIEST : OffsetSpec.LATEST, settings);
}

/** Of a position that no record was read at: it is committed without an epoch (OffsetFetcherUtils.resetPositionIfNeeded). */
const UNKNOWN = -1;

async function offsetsAt(
  cluster: Cluster,
  partitions: readonly TopicPartition[],
  timestamp: number,
  settings: ConsumerSettings,
): Promise<GroupOffset[]> {
  const found: GroupOffset[] = [];
  let open = partitions;
  for (let attempt = 1; open.length > 0 && !cluster.closed; attempt++) {
    const queries = open.map(({ topic, partition }) => ({ topic, partition, timestamp }));
    const results = await listOffsets(cluster, queries, { isolation: settings.isolationLevel });
    for (const { topic, partition, offset, error } of results)
      if (!error) found.push({ topic, partition, offset, leaderEpoch: UNKNOWN });
    const failed = results.filter(({ error }) => error !== undefined);
    const final = failed.find((result) => !isAskedAgain(cluster, result))?.error;
    if (final) throw refusal(final, failed);
    open = failed;
    if (open.length > 0) await cluster.sleep(cluster.retryBackoffMs(attempt));
  }
  return found;
}

/** A topic that may not be read is named, with all that may not be. */
function refusal(error: KafkaError, failed: readonly OffsetResult[]): KafkaError {
  if (error.code !== ErrorCode.TOPIC_AUTHORIZATION_FAILED) return error;
  const names = new Set(failed.filter((one) => one.error?.code === error.code).map(({ topic }) => topic));
  return new KafkaError(error.code, `Not authorized to access topics: [${[...names].join(', ')}]`);
}

/** What a leader answers is asked again, but for a topic that may not be read (OffsetFetcherUtils.handleListOffsetResponse). */
function isAskedAgain({ logger, label }: Cluster, { topic, partition, error }: OffsetResult): boolean {
  if (error === undefined || error.info.retriable || error.code === ErrorCode.UNSUPPORTED_FOR_MESSAGE_FORMAT)
    return true;
  if (error.code === ErrorCode.TOPIC_AUTHORIZATION_FAILED || error.message !== error.info.text) return false;
  const why = `failed due to unexpected exception: ${error.message}, retrying.`;
  logger.warn(`${label} Attempt to fetch offsets for partition ${topic}-${partition} ${why}`);
  return true;
}

/**
 * By auto.offset.reset.
 * @throws ConsumerError if that is none
 */
export async function resetOffsets(
  cluster: Cluster,
  partitions: readonly TopicPartition[],
  settings: ConsumerSettings,
): Promise<GroupOffset[]> {
  if (partitions.length === 0) return [];
  const { autoOffsetReset } = settings;
  if (typeof autoOffsetReset === 'object')
    return offsetsSince(cluster, partitions, cluster.clock.nowMs() - autoOffsetReset.durationMs, settings);
  if (autoOffsetReset !== 'none') return edgeOffsets(cluster, partitions, autoOffsetReset, settings);
  const names = partitions.map(({ topic, partition }) => `${topic}-${partition}`).join(', ');
  throw new ConsumerError(
    'org.apache.kafka.clients.consumer.NoOffsetForPartitionException',
    `Undefined offset with no reset policy for partitions: [${names}]`,
  );
}

/** The committed ones where there are some, the reset policy's for the rest. */
export async function startOffsets(
  cluster: Cluster,
  partitions: readonly TopicPartition[],
  committed: readonly GroupOffset[],
  settings: ConsumerSettings,
): Promise<GroupOffset[]> {
  const isCommitted = (one: TopicPartition) =>
    committed.some(({ topic, partition }) => topic === one.topic && partition === one.partition);
  const open = partitions.filter((partition) => !isCommitted(partition));
  return [...committed, ...(await resetOffsets(cluster, open, settings))];
}

/** A position that does not exist: reset as the policy says. @throws ConsumerError if it says not to */
export async function afterOutOfRange(
  cluster: Cluster,
  partition: TopicPartition,
  offset: number,
  settings: ConsumerSettings,
): Promise<GroupOffset[]> {
  if (settings.autoOffsetReset !== 'none') return resetOffsets(cluster, [partition], settings);
  throw new ConsumerError(
    'org.apache.kafka.clients.consumer.OffsetOutOfRangeException',
    `Fetch position ${positionText(cluster, partition, offset)} is out of range for partition ${partition.topic}-${partition.partition}`,
  );
}

/** SubscriptionState.FetchPosition as Java prints it, without the epoch of the record before. */
function positionText({ metadata }: Cluster, { topic, partition }: TopicPartition, offset: number): string {
  const { leader = -1, leaderEpoch = -1 } = metadata.topic(topic)?.partitions[partition] ?? {};
  const node = metadata.nodes.find(({ id }) => id === leader);
  const leaderText =
    node === undefined
      ? 'Optional.empty'
      : `Optional[${node.host}:${node.port} (id: ${node.id} rack: ${node.rack ?? null} isFenced: false)]`;
  return `FetchPosition{offset=${offset}, offsetEpoch=Optional.empty, currentLeader=LeaderAndEpoch{leader=${leaderText}, epoch=${leaderEpoch < 0 ? 'absent' : leaderEpoch}}}`;
}
