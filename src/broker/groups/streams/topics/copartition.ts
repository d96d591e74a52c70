// Topics that are joined must have as many partitions as each other (CopartitionedTopicsEnforcer): repartition topics
// follow the others where their number is not fixed.
import { GroupStatus, TopicsProblem } from './configured-topology.ts';
import { invalidTopology, type PartitionCount } from './partition-counts.ts';

export interface RepartitionTopics {
  /** Names of those whose number of partitions the application has fixed, in the whole topology. */
  readonly fixed: ReadonlySet<string>;
  readonly flexible: ReadonlySet<string>;
}

/**
 * The numbers of partitions of the repartition topics in a group of copartitioned topics.
 * @throws TopicsProblem if they cannot be the same, KafkaError STREAMS_INVALID_TOPOLOGY if nothing determines them
 */
export function copartitionCounts(
  topics: ReadonlySet<string>,
  { fixed, flexible }: RepartitionTopics,
  partitionCount: PartitionCount,
): Map<string, number> {
  if (topics.size === 0) return new Map();
  const countOf = (topic: string) => {
    const count = partitionCount(topic);
    if (count === undefined) throw invalidTopology(`Number of partitions is not set for topic: ${topic}`);
    return count;
  };
  const counted = [...topics].map((topic) => [topic, countOf(topic)] as const);
  const isRepartition = (topic: string) => fixed.has(topic) || flexible.has(topic);
  const repartition = new Map(counted.filter(([topic]) => isRepartition(topic)));
  const external = new Map(counted.filter(([topic]) => !isRepartition(topic)));
  const count = external.size > 0 ? sameCount(external) : repartitionCount(repartition, fixed, countOf);
  for (const [topic, own] of repartition) {
    if (!fixed.has(topic) || own === count) continue;
    throw incorrectlyPartitioned(
      `Number of partitions [${own}] of repartition topic [${topic}] doesn't match number of partitions [${count}] of the source topic.`,
    );
  }
  return new Map([...repartition.keys()].map((topic) => [topic, count]));
}

function sameCount(topics: ReadonlyMap<string, number>): number {
  const [count] = topics.values();
  if ([...topics.values()].some((other) => other !== count)) throw unequal(topics);
  return count!;
}

/** As in Kafka, all fixed repartition topics of the topology must agree, not only those of the group. */
function repartitionCount(
  topics: ReadonlyMap<string, number>,
  fixed: ReadonlySet<string>,
  countOf: (topic: string) => number,
): number {
  if (fixed.size > 0) {
    const [count, ...others] = [...fixed].map(countOf);
    if (others.some((other) => other !== count)) throw unequal(topics);
    return count!;
  }
  return Math.max(...topics.values());
}

function unequal(topics: ReadonlyMap<string, number>): TopicsProblem {
  const list = [...topics].sort(([a], [b]) => (a < b ? -1 : 1)).map(([topic, count]) => `${topic}=${count}`);
  return incorrectlyPartitioned(`Following topics do not have the same number of partitions: [{${list.join(', ')}}]`);
}

function incorrectlyPartitioned(text: string): TopicsProblem {
  return new TopicsProblem(GroupStatus.INCORRECTLY_PARTITIONED_TOPICS, text);
}
