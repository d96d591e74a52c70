// A coordinator on a clock that stands still, with streams members and topics that come and go as a test says.
import type { GroupConfig } from '../../../../src/broker/groups/context.ts';
import type { GroupCoordinator } from '../../../../src/broker/groups/group-coordinator.ts';
import type { StreamsGroupDescribeResponse } from '../../../../src/protocol/messages/streams-group-describe.ts';
import type {
  StreamsGroupHeartbeatRequest,
  StreamsGroupHeartbeatResponse,
} from '../../../../src/protocol/messages/streams-group-heartbeat.ts';
import { ManualClock } from '../../../../src/util/clock.ts';
import { Topics } from '../consumer/world.ts';
import { MemoryStore, openCoordinator } from '../memory-store.ts';

export type Heartbeat = Partial<StreamsGroupHeartbeatRequest>;
export type Topology = NonNullable<StreamsGroupHeartbeatRequest['topology']>;
export type Subtopology = Topology['subtopologies'][number];
type TaskIds = NonNullable<StreamsGroupHeartbeatRequest['activeTasks']>;
/** `0:0,1 1:2`: partitions by subtopology; empty for no tasks. */
export type Tasks = string;

export function internalTopic(name: string, partitions = 0): Subtopology['stateChangelogTopics'][number] {
  return { name, partitions, replicationFactor: 0, topicConfigs: [] };
}

export function subtopology(subtopologyId: string, change: Partial<Subtopology>): Subtopology {
  return {
    subtopologyId,
    sourceTopics: [],
    sourceTopicRegex: [],
    stateChangelogTopics: [],
    repartitionSinkTopics: [],
    repartitionSourceTopics: [],
    copartitionGroups: [],
    ...change,
  };
}

/** Counts words: reads topic `a`, hands on to a repartition topic, keeps counts in a store. */
export const WORD_COUNT: Topology = {
  epoch: 0,
  subtopologies: [
    subtopology('0', { sourceTopics: ['a'], repartitionSinkTopics: ['g-words-repartition'] }),
    subtopology('1', {
      repartitionSourceTopics: [internalTopic('g-words-repartition')],
      stateChangelogTopics: [internalTopic('g-counts-changelog')],
    }),
  ],
};

/** One subtopology without state. */
export const PLAIN: Topology = { epoch: 0, subtopologies: [subtopology('0', { sourceTopics: ['a'] })] };

export class World {
  readonly clock = new ManualClock();
  readonly store = new MemoryStore();
  readonly topics = new Topics();
  readonly #config: Partial<GroupConfig>;
  groups!: GroupCoordinator;

  constructor(config: Partial<GroupConfig>) {
    this.#config = { groupStreamsAssignmentIntervalMs: 0, groupStreamsInitialRebalanceDelayMs: 0, ...config };
  }

  static async open(config: Partial<GroupConfig> = {}): Promise<World> {
    const world = new World(config);
    world.topics.set('a', 4);
    await world.restart();
    return world;
  }

  /** Begins anew with what is on record. */
  async restart(): Promise<void> {
    this.groups?.close();
    this.groups = await openCoordinator(this.clock, this.store, this.#config, this.topics);
  }

  join(memberId: string, change: Heartbeat = {}): StreamsGroupHeartbeatResponse {
    return this.beat(memberId, 0, {
      rebalanceTimeoutMs: 30_000,
      processId: `process of ${memberId}`,
      topology: PLAIN,
      ...tasks(''),
      ...change,
    });
  }

  /** Missing internal topics are created, as the handler does. */
  beat(memberId: string, memberEpoch: number, change: Heartbeat = {}): StreamsGroupHeartbeatResponse {
    const client = { clientId: 'c', clientHost: '/127.0.0.1', apiVersion: 0 };
    const { response, missingTopics } = this.groups.streams.heartbeat(client, {
      groupId: 'g',
      memberId,
      memberEpoch,
      endpointInformationEpoch: 0,
      instanceId: null,
      rackId: null,
      rebalanceTimeoutMs: -1,
      topology: null,
      activeTasks: null,
      standbyTasks: null,
      warmupTasks: null,
      processId: null,
      userEndpoint: null,
      clientTags: null,
      taskOffsets: null,
      taskEndOffsets: null,
      shutdownApplication: false,
      ...change,
    });
    for (const { name, partitions } of missingTopics) this.topics.set(name, partitions);
    const nothing = { activeTasks: null, standbyTasks: null, warmupTasks: null, partitionsByUserEndpoint: null };
    return { errorMessage: null, ...nothing, ...response } as StreamsGroupHeartbeatResponse;
  }

  describe(): StreamsGroupDescribeResponse['groups'][number] {
    return this.groups.streams.describe('g') as StreamsGroupDescribeResponse['groups'][number];
  }

  /** State, group epoch and assignment epoch. */
  get state(): string {
    const { groupState, groupEpoch, assignmentEpoch } = this.describe();
    return `${groupState} ${groupEpoch}/${assignmentEpoch}`;
  }
}

/** What a member says that it has. */
export function tasks(
  active: Tasks,
  standby: Tasks = '',
): Pick<StreamsGroupHeartbeatRequest, 'activeTasks' | 'standbyTasks' | 'warmupTasks'> {
  return { activeTasks: parse(active), standbyTasks: parse(standby), warmupTasks: [] };
}

function parse(text: Tasks): TaskIds {
  return text
    .split(' ')
    .filter((part) => part !== '')
    .map((part) => {
      const [subtopologyId = '', numbers = ''] = part.split(':');
      return { subtopologyId, partitions: numbers.split(',').map(Number) };
    });
}

/** Tasks of an answer; undefined if it says nothing. */
export function shown(ids: StreamsGroupHeartbeatResponse['activeTasks']): Tasks | undefined {
  return ids?.map(({ subtopologyId, partitions }) => `${subtopologyId}:${partitions.join()}`).join(' ');
}

/** Numbers of the statuses of an answer. */
export function statuses({ status }: StreamsGroupHeartbeatResponse): number[] {
  return status?.map(({ statusCode }) => statusCode) ?? [];
}
