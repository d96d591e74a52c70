// Looks at the cluster's topics with a topology in hand (InternalTopicManager.configureTopics).

import { hashMapOrder, javaStringHash } from '../../../../util/java-hash.ts';
import type { TopicCatalog } from '../../modern/topic-catalog.ts';
import { requiredTopics, type Subtopology, type TopicInfo, type Topology } from '../topology.ts';
import {
  type ConfiguredSubtopology,
  type ConfiguredTopology,
  GroupStatus,
  type InternalTopic,
  TopicsProblem,
} from './configured-topology.ts';
import { copartitionCounts } from './copartition.ts';
import {
  changelogCounts,
  invalidTopology,
  type PartitionCount,
  repartitionCounts,
  taskCountOf,
} from './partition-counts.ts';

/** How many topics a message names. */
const MAX_NAMED = 3;

/** @throws KafkaError STREAMS_INVALID_TOPOLOGY for a topology that can never run */
export function configureTopology(topology: Topology, topics: TopicCatalog): ConfiguredTopology {
  try {
    refuseMissingSources(topology, topics);
    const subtopologies = configure(topology, topics);
    const missingTopics = missingInternalTopics(topology, subtopologies, topics);
    if (missingTopics.length === 0) return { subtopologies, missingTopics, problem: null };
    const statusDetail = `Internal topics are missing: ${summary(missingTopics.map(({ name }) => name))}`;
    return { subtopologies, missingTopics, problem: { statusCode: GroupStatus.MISSING_INTERNAL_TOPICS, statusDetail } };
  } catch (error) {
    if (!(error instanceof TopicsProblem)) throw error;
    const { statusCode, message: statusDetail } = error;
    return { subtopologies: null, missingTopics: [], problem: { statusCode, statusDetail } };
  }
}

function refuseMissingSources({ subtopologies }: Topology, topics: TopicCatalog): void {
  const missing = subtopologies.flatMap(({ sourceTopics }) => sourceTopics).filter((name) => !topics.topic(name));
  if (missing.length === 0) return;
  const text = `Source topics ${summary([...new Set(missing)].sort())} are missing.`;
  throw new TopicsProblem(GroupStatus.MISSING_SOURCE_TOPICS, text);
}

function configure(topology: Topology, topics: TopicCatalog): ReadonlyMap<string, ConfiguredSubtopology> {
  const subtopologies = hashMapOrder(topology.subtopologies, ({ subtopologyId }) => javaStringHash(subtopologyId));
  const decided = new Map<string, number>();
  const partitionCount: PartitionCount = (name) => topics.topic(name)?.partitions.length ?? decided.get(name);
  const decide = (counts: ReadonlyMap<string, number>) => {
    for (const [name, count] of counts) decided.set(name, count);
  };
  decide(repartitionCounts(subtopologies, partitionCount));
  const repartition = subtopologies.flatMap(({ repartitionSourceTopics }) => repartitionSourceTopics);
  const kinds = {
    fixed: new Set(repartition.filter(({ partitions }) => partitions !== 0).map(({ name }) => name)),
    flexible: new Set(repartition.filter(({ partitions }) => partitions === 0).map(({ name }) => name)),
  };
  for (const group of subtopologies.flatMap(copartitionGroups)) decide(copartitionCounts(group, kinds, partitionCount));
  decide(changelogCounts(subtopologies, partitionCount));

  const byId = [...subtopologies].sort((a, b) => (a.subtopologyId < b.subtopologyId ? -1 : 1));
  const withCount = (info: TopicInfo): InternalTopic => ({ ...info, partitions: countFor(info, decided) });
  return new Map(
    byId.map((subtopology) => [
      subtopology.subtopologyId,
      {
        subtopology,
        taskCount: taskCountOf(subtopology, partitionCount),
        repartitionSourceTopics: subtopology.repartitionSourceTopics.map(withCount),
        stateChangelogTopics: subtopology.stateChangelogTopics.map(withCount),
      },
    ]),
  );
}

function countFor({ name, partitions }: TopicInfo, decided: ReadonlyMap<string, number>): number {
  const count = partitions === 0 ? decided.get(name) : partitions;
  if (count === undefined || count < 1) throw invalidTopology(`Number of partitions must be at least 1: topic ${name}`);
  return count;
}

/** Names of the topics that must be partitioned alike; groups name them by their place in the subtopology's lists. */
function copartitionGroups({ copartitionGroups, sourceTopics, repartitionSourceTopics }: Subtopology): Set<string>[] {
  const at = <T>(items: readonly T[], index: number): T => {
    const item = items[index];
    if (item === undefined) throw invalidTopology(`A copartition group names topic ${index} of ${items.length}`);
    return item;
  };
  return copartitionGroups.map(
    (group) =>
      new Set([
        ...group.sourceTopics.map((index) => at(sourceTopics, index)),
        ...group.repartitionSourceTopics.map((index) => at(repartitionSourceTopics, index).name),
      ]),
  );
}

/** @throws TopicsProblem if an internal topic is there with another number of partitions */
function missingInternalTopics(
  topology: Topology,
  subtopologies: ReadonlyMap<string, ConfiguredSubtopology>,
  topics: TopicCatalog,
): InternalTopic[] {
  const expected = new Map(
    [...subtopologies.values()]
      .flatMap(({ repartitionSourceTopics, stateChangelogTopics }) => [
        ...repartitionSourceTopics,
        ...stateChangelogTopics,
      ])
      .map((topic) => [topic.name, topic]),
  );
  for (const name of hashMapOrder(requiredTopics(topology), javaStringHash)) {
    const found = topics.topic(name)?.partitions.length;
    const wanted = expected.get(name)?.partitions;
    if (found === undefined || wanted === undefined) continue;
    if (found !== wanted) {
      const text = `Existing topic ${name} has different number of partitions: expected ${wanted}, found ${found}`;
      throw new TopicsProblem(GroupStatus.INCORRECTLY_PARTITIONED_TOPICS, text);
    }
    expected.delete(name);
  }
  return hashMapOrder(expected.values(), ({ name }) => javaStringHash(name));
}

function summary(names: readonly string[]): string {
  const named = names.slice(0, MAX_NAMED).join(', ');
  return names.length > MAX_NAMED ? `${named} and ${names.length - MAX_NAMED} additional topics` : named;
}
