// What a streams application is made of (StreamsTopology): subtopologies with the topics that they read, write and keep
// their state in. It is on record as it came in.
import type { StreamsGroupTopologyValueData } from '../../../protocol/state/group/streams-group-topology.ts';

export type Topology = StreamsGroupTopologyValueData;
export type Subtopology = Topology['subtopologies'][number];
export type TopicInfo = Subtopology['stateChangelogTopics'][number];

/** Topics that must be there before tasks can run: all but the sinks, which are another subtopology's sources. */
export function requiredTopics(topology: Topology): Set<string> {
  return new Set(
    topology.subtopologies.flatMap(({ sourceTopics, repartitionSourceTopics, stateChangelogTopics }) => [
      ...sourceTopics,
      ...namesOf(repartitionSourceTopics),
      ...namesOf(stateChangelogTopics),
    ]),
  );
}

/** The topics that a subtopology reads. */
export function inputsOf({ sourceTopics, repartitionSourceTopics }: Subtopology): string[] {
  return [...sourceTopics, ...namesOf(repartitionSourceTopics)];
}

/** The subtopology that reads a topic; the last one if there are more. */
export function readerOf(topology: Topology, topic: string): Subtopology | undefined {
  return topology.subtopologies.findLast((subtopology) => inputsOf(subtopology).includes(topic));
}

/** Whether two topologies say the same; the order of their subtopologies says nothing. */
export function sameTopology(a: Topology, b: Topology): boolean {
  return canonical(a) === canonical(b);
}

function canonical({ epoch, subtopologies }: Topology): string {
  const sorted = [...subtopologies].sort((a, b) => (a.subtopologyId < b.subtopologyId ? -1 : 1));
  return JSON.stringify([epoch, sorted.map(inOrder)]);
}

/** A subtopology with its fields in one order, wherever it comes from. */
function inOrder(subtopology: Subtopology): unknown[] {
  const infos = (topics: readonly TopicInfo[]) =>
    topics.map(({ name, partitions, replicationFactor, topicConfigs }) => [
      name,
      partitions,
      replicationFactor,
      topicConfigs.map(({ key, value }) => [key, value]),
    ]);
  return [
    subtopology.subtopologyId,
    subtopology.sourceTopics,
    subtopology.sourceTopicRegex,
    infos(subtopology.stateChangelogTopics),
    subtopology.repartitionSinkTopics,
    infos(subtopology.repartitionSourceTopics),
    subtopology.copartitionGroups.map((group) => [
      group.sourceTopics,
      group.sourceTopicRegex,
      group.repartitionSourceTopics,
    ]),
  ];
}

export function namesOf(topics: readonly TopicInfo[]): string[] {
  return topics.map(({ name }) => name);
}
