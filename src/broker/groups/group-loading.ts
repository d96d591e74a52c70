// Reading groups back: all of them at the start, those of a partition when this broker becomes its leader. What is asked of
// a group before it is read, or of one that another broker has, is refused.
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { PartitionLoads } from '../topics/partition-loads.ts';
import type { GroupContext } from './context.ts';
import type { GroupStore } from './coordinator-options.ts';
import { dropPartition } from './drop-partition.ts';
import { prepareRebalance } from './rebalance.ts';
import { GroupReplay } from './replay.ts';
import { restartSession } from './sessions.ts';

export class GroupLoading {
  readonly #context: GroupContext;
  readonly #store: GroupStore;
  readonly #loads: PartitionLoads;
  #isLoaded = false;

  constructor(context: GroupContext, store: GroupStore) {
    this.#context = context;
    this.#store = store;
    this.#loads = new PartitionLoads({
      logger: context.logger,
      read: (partition) => store.read(partition),
      start: () => {
        const replay = new GroupReplay(context);
        return (partition, batches) => replay.replay(partition, batches);
      },
      loaded: (partition) => this.#startSessions((groupId) => store.partitionFor(groupId) === partition),
      drop: (partition) => dropPartition(context, partition),
    });
  }

  /** @throws RecordError, LogError if the records cannot be read */
  async loadAll(): Promise<void> {
    const replay = new GroupReplay(this.#context);
    for await (const { partition, batches } of this.#store.read()) await replay.replay(partition, batches);
    this.#startSessions(() => true);
    this.#isLoaded = true;
  }

  gained(partition: number): Promise<void> {
    return this.#loads.gained(partition);
  }

  lost(partition: number): void {
    this.#loads.lost(partition);
  }

  /** Nothing is served any more. */
  close(): void {
    this.#isLoaded = false;
  }

  /** Whether the groups of the start are there. */
  get isLoaded(): boolean {
    return this.#isLoaded;
  }

  /** Whether some partition is being read. */
  get isUnderWay(): boolean {
    return this.#loads.size > 0;
  }

  /**
   * @param groupId the group that is asked for; undefined: all
   * @throws KafkaError COORDINATOR_LOAD_IN_PROGRESS, NOT_COORDINATOR
   */
  assertLoaded(groupId?: string): void {
    const isLoading = groupId === undefined ? this.isUnderWay : this.isLoading(groupId);
    if (!this.#isLoaded || isLoading) throw new KafkaError(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);
  }

  /** Whether the partition of a group is being read. @throws KafkaError NOT_COORDINATOR; an empty id is refused by other rules */
  isLoading(groupId: string): boolean {
    if (groupId !== '' && this.#store.coordinates?.(groupId) === false) throw new KafkaError(ErrorCode.NOT_COORDINATOR);
    return this.isUnderWay && this.#loads.has(this.#store.partitionFor(groupId));
  }

  #startSessions(wanted: (groupId: string) => boolean): void {
    const { groups, kinds, config } = this.#context;
    for (const group of groups.values()) {
      if (!wanted(group.groupId)) continue;
      for (const member of group.members.values()) restartSession(this.#context, group, member);
      if (group.members.size > config.groupMaxSize) {
        prepareRebalance(this.#context, group, `Freshly-loaded group ${group.groupId} is over capacity`);
      }
    }
    for (const kind of kinds) kind.startSessions(wanted);
  }
}
