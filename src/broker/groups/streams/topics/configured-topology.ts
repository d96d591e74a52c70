// A topology as the cluster's topics make it (ConfiguredTopology): how many tasks each subtopology has, which internal
// topics are still to be created, and what is wrong with the topics.
import type { Subtopology, TopicInfo } from '../topology.ts';

/** StreamsGroupHeartbeatResponse.Status: what a member is told beside its tasks. */
export const GroupStatus = {
  STALE_TOPOLOGY: 0,
  MISSING_SOURCE_TOPICS: 1,
  INCORRECTLY_PARTITIONED_TOPICS: 2,
  MISSING_INTERNAL_TOPICS: 3,
  SHUTDOWN_APPLICATION: 4,
  ASSIGNMENT_DELAYED: 5,
} as const;

export interface StatusReport {
  readonly statusCode: number;
  readonly statusDetail: string;
}

/** Topics are not as the topology needs them; until they are, the group has no tasks (TopicConfigurationException). */
export class TopicsProblem extends Error {
  readonly statusCode: number;

  constructor(statusCode: number, message: string) {
    super(message);
    this.statusCode = statusCode;
  }
}

/** A repartition or changelog topic with its number of partitions decided. */
export type InternalTopic = Omit<TopicInfo, 'partitions'> & { readonly partitions: number };

export interface ConfiguredSubtopology {
  readonly subtopology: Subtopology;
  readonly taskCount: number;
  readonly repartitionSourceTopics: readonly InternalTopic[];
  readonly stateChangelogTopics: readonly InternalTopic[];
}

export interface ConfiguredTopology {
  /** By id, in the order of the ids; null if the topics are not right. */
  readonly subtopologies: ReadonlyMap<string, ConfiguredSubtopology> | null;
  readonly missingTopics: readonly InternalTopic[];
  /** null: tasks can run. */
  readonly problem: StatusReport | null;
}
