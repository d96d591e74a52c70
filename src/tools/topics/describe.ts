import type { Admin } from '../../client/admin.ts';
import { illegalArgument } from '../java-exception.ts';
import { parseUuid } from '../java-uuid.ts';
import { byTitle, type Report } from '../report.ts';
import { isInternalTopic } from '../topic-filter.ts';
import {
  type DescribedPartition,
  type DescribedTopic,
  type DescribeTarget,
  type DescribingAdmin,
  readTopics,
} from './described.ts';
import { checkFound, matchingTopics, type TopicChoice } from './matching.ts';

export const PARTITION_FILTERS = ['under-replicated', 'under-min-isr', 'at-min-isr', 'unavailable'] as const;
/** A condition that partitions must meet to be shown; of several, one is enough. */
export type PartitionFilterName = (typeof PARTITION_FILTERS)[number];

export interface TopicsToDescribe extends TopicChoice {
  /** As on the command line; wins over `topic` unless it is the zero id. */
  readonly topicId?: string | undefined;
  readonly ifExists: boolean;
  readonly filters: readonly PartitionFilterName[];
  /** Only topics with settings of their own, and of them no partitions. */
  readonly onlyOverrides: boolean;
  readonly partitionLimit?: number | undefined;
}

const ZERO_ID = 'AAAAAAAAAAAAAAAAAAAAAA';

/**
 * `topics --describe`: a line for each topic and one for each partition (PartitionDescription and TopicDescription of
 * TopicCommand). With filters, partitions only.
 * Data: [{ topic, topicId, partitionCount, replicationFactor, configs: {name: value}, partitions: [{ partition, leader,
 * replicas, isr, elr, lastKnownElr, addingReplicas?, removingReplicas? }] }]; with filters only partitions that meet them.
 */
export async function describeTopics(
  admin: DescribingAdmin & Pick<Admin, 'listTopics'>,
  wanted: TopicsToDescribe,
): Promise<Report> {
  const topics = await readTopics(admin, await targets(admin, wanted));
  const live = wanted.filters.includes('unavailable') && topics.length > 0 ? await liveBrokers(admin) : new Set();
  const shown = topics
    .filter(({ overrides }) => !wanted.onlyOverrides || overrides.length > 0)
    .map((topic) => ({ topic, partitions: partitionsToShow(topic, wanted, live) }));
  const headers = wanted.filters.length === 0;
  const blocks = headers ? shown : shown.filter(({ partitions }) => partitions.length > 0);
  return {
    data: blocks.map(({ topic, partitions }) => topicData(topic, partitions)),
    text: shown
      .flatMap(({ topic, partitions }) => [
        ...(headers ? [topicLine(topic)] : []),
        ...partitions.map((partition) => partitionLine(topic.topic, partition)),
      ])
      .join(''),
    table: byTitle(
      blocks.map(({ topic, partitions }) => ({
        title: headers ? titleOf(topic) : topic.topic,
        columns: ['Partition', 'Leader', 'Replicas', 'In sync'],
        rows: partitions.map((p) => [p.partition, leaderText(p), p.replicas.join(','), p.isr.join(',')]),
      })),
    ),
  };
}

async function targets(admin: Pick<Admin, 'listTopics'>, wanted: TopicsToDescribe): Promise<DescribeTarget> {
  const id = wanted.topicId === undefined ? undefined : parseUuid(wanted.topicId);
  if (id === undefined || id === ZERO_ID) {
    const names = await matchingTopics(admin, wanted);
    checkFound(names, wanted, wanted.ifExists);
    return { names, partitionLimit: wanted.partitionLimit };
  }
  const listed = await admin.listTopics();
  const ids = listed
    .filter(({ name, topicId }) => topicId === id && !(wanted.excludeInternal && isInternalTopic(name)))
    .map(({ topicId }) => topicId);
  if (ids.length === 0 && !wanted.ifExists) throw illegalArgument(`TopicId '${id}' does not exist as expected`);
  return { ids };
}

async function liveBrokers(admin: Pick<Admin, 'describeCluster'>): Promise<Set<number>> {
  return new Set((await admin.describeCluster()).nodes.map(({ id }) => id));
}

function partitionsToShow(topic: DescribedTopic, wanted: TopicsToDescribe, live: ReadonlySet<unknown>) {
  if (wanted.onlyOverrides) return [];
  if (wanted.filters.length === 0) return topic.partitions;
  return topic.partitions.filter((p) => wanted.filters.some((filter) => meets(filter, p, topic, live)));
}

function meets(
  filter: PartitionFilterName,
  partition: DescribedPartition,
  { minInsyncReplicas }: DescribedTopic,
  live: ReadonlySet<unknown>,
): boolean {
  const { leader, isr } = partition;
  switch (filter) {
    case 'under-replicated':
      return replicationFactor(partition) > isr.length;
    case 'under-min-isr':
      return leader < 0 || isr.length < minInsyncReplicas;
    case 'at-min-isr':
      return isr.length === minInsyncReplicas;
    case 'unavailable':
      return leader < 0 || !live.has(leader);
  }
}

/** Replicas that are still being added do not count. */
function replicationFactor(partition: DescribedPartition | undefined): number {
  if (!partition) return 0;
  return partition.replicas.length - (partition.reassignment?.addingReplicas.length ?? 0);
}

const leaderText = ({ leader }: DescribedPartition): string | number => (leader < 0 ? 'none' : leader);

const configsText = ({ overrides }: DescribedTopic): string =>
  overrides.map(({ name, value }) => `${name}=${value}`).join(',');

function topicLine(topic: DescribedTopic): string {
  const id = topic.topicId === ZERO_ID ? '' : `\tTopicId: ${topic.topicId}`;
  const factor = replicationFactor(topic.partitions[0]);
  return `Topic: ${topic.topic}${id}\tPartitionCount: ${topic.partitions.length}\tReplicationFactor: ${factor}\tConfigs: ${configsText(topic)}\n`;
}

function partitionLine(topic: string, partition: DescribedPartition): string {
  const { replicas, isr, reassignment, elr, lastKnownElr } = partition;
  const fields = [
    `Topic: ${topic}`,
    `Partition: ${partition.partition}`,
    `Leader: ${leaderText(partition)}`,
    `Replicas: ${replicas.join(',')}`,
    `Isr: ${isr.join(',')}`,
    ...(reassignment
      ? [
          `Adding Replicas: ${reassignment.addingReplicas.join(',')}`,
          `Removing Replicas: ${reassignment.removingReplicas.join(',')}`,
        ]
      : []),
    `Elr: ${elr?.join(',') ?? 'N/A'}`,
    `LastKnownElr: ${lastKnownElr?.join(',') ?? 'N/A'}`,
  ];
  return `\t${fields.join('\t')}\n`;
}

const titleOf = (topic: DescribedTopic): string => {
  const configs = topic.overrides.length === 0 ? '' : `  ${configsText(topic).replaceAll(',', ', ')}`;
  return `${topic.topic}  (id ${topic.topicId}, replication factor ${replicationFactor(topic.partitions[0])})${configs}`;
};

const topicData = (topic: DescribedTopic, partitions: readonly DescribedPartition[]) => ({
  topic: topic.topic,
  topicId: topic.topicId,
  partitionCount: topic.partitions.length,
  replicationFactor: replicationFactor(topic.partitions[0]),
  configs: Object.fromEntries(topic.overrides.map(({ name, value }) => [name, value])),
  partitions: partitions.map(({ partition, leader, replicas, isr, elr, lastKnownElr, reassignment }) => ({
    partition,
    leader: leader < 0 ? null : leader,
    replicas,
    isr,
    elr,
    lastKnownElr,
    ...(reassignment && {
      addingReplicas: reassignment.addingReplicas,
      removingReplicas: reassignment.removingReplicas,
    }),
  })),
});
