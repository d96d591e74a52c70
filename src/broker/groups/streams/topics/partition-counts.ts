// How many partitions internal topics must have (RepartitionTopics, ChangelogTopics): a repartition topic as many as the
// largest source of the subtopology that writes it, through any number of steps; a changelog as many as there are tasks.
import { ErrorCode, KafkaError } from '../../../../protocol/errors.ts';
import { inputsOf, namesOf, type Subtopology } from '../topology.ts';

/** Partitions of a topic that exists or is decided on; undefined otherwise. */
export type PartitionCount = (topic: string) => number | undefined;

/** @throws KafkaError STREAMS_INVALID_TOPOLOGY if the topology does not determine them */
export function repartitionCounts(
  subtopologies: readonly Subtopology[],
  partitionCount: PartitionCount,
): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { repartitionSourceTopics } of subtopologies) {
    for (const { name, partitions } of repartitionSourceTopics) if (partitions !== 0) counts.set(name, partitions);
  }
  while (!settle(subtopologies, partitionCount, counts));
  const isUnknown = (subtopology: Subtopology) =>
    namesOf(subtopology.repartitionSourceTopics).some((name) => !counts.has(name));
  if (subtopologies.some(isUnknown)) {
    throw invalidTopology(
      'Failed to compute number of partitions for all repartition topics, because a repartition source topic is never used as a sink topic.',
    );
  }
  return counts;
}

/** One round over all sinks; tells whether all are known. */
function settle(
  subtopologies: readonly Subtopology[],
  partitionCount: PartitionCount,
  counts: Map<string, number>,
): boolean {
  let isComplete = true;
  let hasProgress = false;
  for (const subtopology of subtopologies) {
    for (const sink of subtopology.repartitionSinkTopics) {
      if (counts.has(sink)) continue;
      const count = largestSource(subtopology, partitionCount, counts);
      if (count === undefined) isComplete = false;
      else {
        counts.set(sink, count);
        hasProgress = true;
      }
    }
  }
  if (isComplete || hasProgress) return isComplete;
  throw invalidTopology(
    'Failed to compute number of partitions for all repartition topics. There may be loops in the topology that cannot be resolved.',
  );
}

function largestSource(
  { sourceTopics, repartitionSourceTopics }: Subtopology,
  partitionCount: PartitionCount,
  counts: ReadonlyMap<string, number>,
): number | undefined {
  const known = [
    ...namesOf(repartitionSourceTopics).map((name) => counts.get(name)),
    ...sourceTopics.map(partitionCount),
  ].filter((count) => count !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}

/** @throws KafkaError STREAMS_INVALID_TOPOLOGY for a subtopology that reads nothing */
export function changelogCounts(
  subtopologies: readonly Subtopology[],
  partitionCount: PartitionCount,
): Map<string, number> {
  const counts = new Map<string, number>();
  for (const subtopology of subtopologies) {
    const taskCount = taskCountOf(subtopology, partitionCount);
    for (const name of namesOf(subtopology.stateChangelogTopics)) counts.set(name, taskCount);
  }
  return counts;
}

/** A task for each partition of the largest topic that the subtopology reads. */
export function taskCountOf(subtopology: Subtopology, partitionCount: PartitionCount): number {
  const inputs = inputsOf(subtopology);
  if (inputs.length === 0) throw invalidTopology(`No source topics found for subtopology ${subtopology.subtopologyId}`);
  return Math.max(...inputs.map((topic) => partitionCount(topic) ?? 0));
}

export function invalidTopology(text: string): KafkaError {
  return new KafkaError(ErrorCode.STREAMS_INVALID_TOPOLOGY, text);
}
