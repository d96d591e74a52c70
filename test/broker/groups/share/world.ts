// A coordinator of share groups on a clock that stands still, with topics that come, grow and go as a test says.
import type { GroupConfig } from '../../../../src/broker/groups/context.ts';
import type { GroupCoordinator } from '../../../../src/broker/groups/group-coordinator.ts';
import type {
  ShareGroupHeartbeatRequest,
  ShareGroupHeartbeatResponse,
} from '../../../../src/protocol/messages/share-group-heartbeat.ts';
import { ManualClock } from '../../../../src/util/clock.ts';
import { Topics } from '../consumer/world.ts';
import { MemoryStore, openCoordinator } from '../memory-store.ts';
import { MemoryShareState } from './memory-share-state.ts';

export class World {
  readonly clock = new ManualClock();
  readonly store = new MemoryStore();
  readonly topics = new Topics();
  readonly state = new MemoryShareState();
  readonly #config: Partial<GroupConfig>;
  groups!: GroupCoordinator;

  private constructor(config: Partial<GroupConfig>) {
    this.#config = { groupShareAssignmentIntervalMs: 0, ...config };
  }

  static async open(config: Partial<GroupConfig> = {}): Promise<World> {
    const world = new World(config);
    world.topics.set('a', 2);
    await world.restart();
    return world;
  }

  /** Begins anew with what is on record. */
  async restart(): Promise<void> {
    this.groups?.close();
    this.groups = await openCoordinator(this.clock, this.store, this.#config, this.topics, this.state);
  }

  join(memberId: string, topics: readonly string[] = ['a']): ShareGroupHeartbeatResponse {
    return this.beat(memberId, 0, { subscribedTopicNames: [...topics] });
  }

  beat(
    memberId: string,
    memberEpoch: number,
    change: Partial<ShareGroupHeartbeatRequest> = {},
  ): ShareGroupHeartbeatResponse {
    const client = { clientId: 'c', clientHost: '/127.0.0.1', apiVersion: 1 };
    const request = { groupId: 'g', memberId, memberEpoch, rackId: null, subscribedTopicNames: null, ...change };
    const answer = this.groups.shares.heartbeat(client, request);
    return { errorMessage: null, memberId: null, assignment: null, ...answer } as ShareGroupHeartbeatResponse;
  }

  /** What an answer assigns, as `topic:0,1 other:2`; undefined if it says nothing. */
  assigned({ assignment }: ShareGroupHeartbeatResponse): string | undefined {
    return assignment?.topicPartitions
      .map(({ topicId, partitions }) => `${this.topics.topicById(topicId)?.name}:${partitions.join()}`)
      .sort()
      .join(' ');
  }

  describe(groupId = 'g') {
    return this.groups.shares.describe(groupId);
  }

  /** State, group epoch and assignment epoch. */
  get summary(): string {
    const { groupState, groupEpoch, assignmentEpoch } = this.describe();
    return `${groupState} ${groupEpoch}/${assignmentEpoch}`;
  }

  alter(offsets: Readonly<Record<string, number>>, groupId = 'g') {
    const byTopic = new Map<string, { partitionIndex: number; startOffset: number }[]>();
    for (const [place, startOffset] of Object.entries(offsets)) {
      const [topicName = '', index] = place.split(':');
      byTopic.set(topicName, [...(byTopic.get(topicName) ?? []), { partitionIndex: Number(index), startOffset }]);
    }
    const topics = [...byTopic].map(([topicName, partitions]) => ({ topicName, partitions }));
    return this.groups.shares.alterOffsets({ groupId, topics });
  }

  /** Start offset and lag of each partition with state, as `a:0=3,7`; all partitions end at 10. */
  offsets(groupId = 'g'): string {
    const { topics } = this.groups.shares.describeOffsets({ groupId, topics: null }, () => ({ offset: 10 }));
    return topics
      .flatMap(({ topicName, partitions }) =>
        partitions.map(
          ({ partitionIndex, startOffset, lag }) => `${topicName}:${partitionIndex}=${startOffset},${lag}`,
        ),
      )
      .sort()
      .join(' ');
  }
}
