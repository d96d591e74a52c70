// Streams groups (KIP-1071): what the application is made of, and who does which tasks.
import type { Node } from './common.ts';

/** Tasks of one subtopology. */
export interface StreamsTaskIds {
  readonly subtopologyId: string;
  readonly partitions: readonly number[];
}

export interface StreamsTasks {
  readonly active: readonly StreamsTaskIds[];
  readonly standby: readonly StreamsTaskIds[];
  readonly warmup: readonly StreamsTaskIds[];
}

export interface StreamsGroupMember {
  readonly memberId: string;
  readonly memberEpoch: number;
  readonly processId: string;
  readonly clientId: string;
  /** As the broker stored it, normally with a leading slash. */
  readonly host: string;
  readonly isClassic: boolean;
  readonly assignment: StreamsTasks;
  readonly targetAssignment: StreamsTasks;
}

export interface StreamsSubtopology {
  readonly subtopologyId: string;
  readonly sourceTopics: readonly string[];
  readonly repartitionSourceTopics: readonly string[];
  readonly stateChangelogTopics: readonly string[];
}

export interface StreamsGroupDescription {
  readonly groupId: string;
  /** Kafka's spelling: `Empty`, `NotReady`, `Stable`. */
  readonly state: string;
  readonly groupEpoch: number;
  readonly assignmentEpoch: number;
  readonly topologyEpoch: number;
  readonly subtopologies: readonly StreamsSubtopology[];
  readonly members: readonly StreamsGroupMember[];
  readonly coordinator: Node;
}
