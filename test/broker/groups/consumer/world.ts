// A coordinator on a clock that stands still, with topics that come, grow and go as a test says.

import type { GroupConfig } from '../../../../src/broker/groups/context.ts';
import type { GroupCoordinator } from '../../../../src/broker/groups/group-coordinator.ts';
import type { TopicCatalog } from '../../../../src/broker/groups/modern/topic-catalog.ts';
import type { TopicImage } from '../../../../src/broker/metadata/image.ts';
import type {
  ConsumerGroupHeartbeatRequest,
  ConsumerGroupHeartbeatResponse,
} from '../../../../src/protocol/messages/consumer-group-heartbeat.ts';
import { ManualClock } from '../../../../src/util/clock.ts';
import { MemoryStore, openCoordinator } from '../memory-store.ts';

export class Topics implements TopicCatalog {
  readonly #byName = new Map<string, TopicImage>();
  #ids = 0;
  lastOffset = 0;

  set(name: string, partitionCount: number): void {
    const id = this.#byName.get(name)?.id ?? `${String(++this.#ids).padStart(21, 'A')}Q`;
    const partitions = Array.from({ length: partitionCount }, (_, index) => ({
      index,
      leader: 1,
      leaderEpoch: 0,
      partitionEpoch: 0,
      replicas: [1],
      isr: [1],
      directories: [],
    }));
    this.#byName.set(name, { name, id, partitions, configs: new Map(), internal: false });
    this.lastOffset++;
  }

  delete(name: string): void {
    this.#byName.delete(name);
    this.lastOffset++;
  }

  topic(name: string): TopicImage | undefined {
    return this.#byName.get(name);
  }

  topicById(id: string): TopicImage | undefined {
    return [...this.#byName.values()].find((topic) => topic.id === id);
  }

  topics(): Iterable<TopicImage> {
    return this.#byName.values();
  }
}

export type Heartbeat = Partial<ConsumerGroupHeartbeatRequest>;
/** `topic:0,1 other:2`; empty for no partitions. */
export type Partitions = string;

export class World {
  readonly clock = new ManualClock();
  readonly store = new MemoryStore();
  readonly topics = new Topics();
  readonly #config: Partial<GroupConfig>;
  groups!: GroupCoordinator;

  constructor(config: Partial<GroupConfig> = {}) {
    this.#config = { groupConsumerAssignmentIntervalMs: 0, ...config };
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

  join(memberId: string, change: Heartbeat = {}): ConsumerGroupHeartbeatResponse {
    const first = { memberEpoch: 0, rebalanceTimeoutMs: 30_000, subscribedTopicNames: ['a'], topicPartitions: [] };
    return this.beat(memberId, 0, { ...first, ...change });
  }

  beat(memberId: string, memberEpoch: number, change: Heartbeat = {}): ConsumerGroupHeartbeatResponse {
    const client = { clientId: 'c', clientHost: '/127.0.0.1', apiVersion: 1 };
    const answer = this.groups.consumerHeartbeat(client, {
      groupId: 'g',
      memberId,
      memberEpoch,
      instanceId: null,
      rackId: null,
      rebalanceTimeoutMs: -1,
      subscribedTopicNames: null,
      subscribedTopicRegex: null,
      serverAssignor: null,
      topicPartitions: null,
      ...change,
    });
    return { errorMessage: null, memberId: null, assignment: null, ...answer } as ConsumerGroupHeartbeatResponse;
  }

  /** What a member says that it has. */
  owned(partitions: Partitions): NonNullable<ConsumerGroupHeartbeatRequest['topicPartitions']> {
    return partitions
      .split(' ')
      .filter((text) => text !== '')
      .map((text) => {
        const [name = '', numbers = ''] = text.split(':');
        return { topicId: this.topics.topic(name)!.id, partitions: numbers.split(',').map(Number) };
      });
  }

  /** What an answer assigns; undefined if it says nothing. */
  assigned({ assignment }: ConsumerGroupHeartbeatResponse): Partitions | undefined {
    return assignment?.topicPartitions
      .map(({ topicId, partitions }) => `${this.topics.topicById(topicId)?.name}:${partitions.join()}`)
      .sort()
      .join(' ');
  }

  describe() {
    return this.groups.describeConsumerGroup('g');
  }

  /** State, group epoch and assignment epoch. */
  get state(): string {
    const { groupState, groupEpoch, assignmentEpoch } = this.describe();
    return `${groupState} ${groupEpoch}/${assignmentEpoch}`;
  }
}
