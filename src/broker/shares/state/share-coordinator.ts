// The share coordinator (KIP-932): keeps, for each partition that a share group reads, from where it is to be delivered
// and how far each record has come. Follows ShareCoordinatorShard; every call is one write of one share partition.
import { ErrorCode, KafkaError } from '../../../protocol/errors.ts';
import { isControl } from '../../../protocol/records/batch.ts';
import { batches, loadCodecsFor, openRecords } from '../../../protocol/records/read.ts';
import type { Clock, Timer } from '../../../util/clock.ts';
import type { BrokerConfig } from '../../config/broker-config.ts';
import { assertLeaderEpoch, assertPartition, assertStateEpoch, invalid } from './assertions.ts';
import { combineBatches } from './combine-batches.ts';
import { bytesOf, readShareRecord, type ShareRecord } from './records.ts';
import {
  coordinatorKey,
  type SharePartitionKey,
  type ShareState,
  type ShareStateChange,
  type ShareStateSummary,
} from './share-state.ts';
import type { ShareTopic } from './share-topic.ts';
import { type KeptState, StateTable } from './state-table.ts';

export type ShareCoordinatorConfig = Pick<
  BrokerConfig,
  | 'shareCoordinatorSnapshotUpdateRecordsPerSnapshot'
  | 'shareCoordinatorStateTopicPruneIntervalMs'
  | 'shareCoordinatorColdPartitionSnapshotIntervalMs'
>;

export interface ShareCoordinatorContext {
  /** In force now; read anew each time. */
  readonly config: ShareCoordinatorConfig;
  readonly clock: Clock;
  readonly store: Pick<ShareTopic, 'prepare' | 'partitionFor' | 'append' | 'prune' | 'read'>;
  /** Whether there is such a partition. */
  exists(topicId: string, partition: number): boolean;
}

export class ShareCoordinator {
  readonly #context: ShareCoordinatorContext;
  readonly #table: StateTable;
  readonly #timers = new Set<Timer>();
  readonly #resetListeners = new Set<(key: SharePartitionKey) => void>();

  constructor(context: ShareCoordinatorContext) {
    this.#context = context;
    this.#table = new StateTable(() => context.config.shareCoordinatorSnapshotUpdateRecordsPerSnapshot);
  }

  /** Reads everything back. @throws RecordError, LogError if the records cannot be read */
  async load(): Promise<void> {
    for await (const { partition, batches: buf } of this.#context.store.read()) {
      await loadCodecsFor(buf);
      for (const { header, pos } of batches(buf)) {
        const cursor = openRecords(buf, pos, header);
        while (!isControl(header.attributes) && cursor.next()) {
          const record = cursor.key && readShareRecord(cursor.key, cursor.value);
          if (record) this.#table.replay(record, partition, cursor.offset);
        }
      }
    }
    const { config } = this.#context;
    this.#every(
      () => config.shareCoordinatorStateTopicPruneIntervalMs,
      () => this.prune(),
    );
    this.#every(
      () => config.shareCoordinatorColdPartitionSnapshotIntervalMs,
      () => this.snapshotColdPartitions(),
    );
  }

  /** Calls `listener` when the state of a share partition begins anew or is forgotten. */
  onReset(listener: (key: SharePartitionKey) => void): void {
    this.#resetListeners.add(listener);
  }

  /** Called when somebody looks for the coordinator. @throws KafkaError COORDINATOR_NOT_AVAILABLE */
  prepare(): void {
    this.#context.store.prepare();
  }

  /** The partition of `__share_group_state` that keeps a share partition. @param key see coordinatorKey */
  statePartitionFor(key: string): number {
    return this.#context.store.partitionFor(key);
  }

  /**
   * Begins the state of a share partition, anew if there is one.
   * @param startOffset -1 = the group's share.auto.offset.reset decides at the first read
   * @throws KafkaError INVALID_REQUEST, FENCED_STATE_EPOCH, UNKNOWN_TOPIC_OR_PARTITION, or what a refused write gives
   */
  initialize(key: SharePartitionKey, stateEpoch: number, startOffset: number): void {
    assertPartition(key);
    const kept = this.#table.get(key);
    assertStateEpoch(kept, stateEpoch);
    this.#assertExists(key);
    const nowMs = this.#context.clock.nowMs();
    const state: ShareState = {
      snapshotEpoch: kept === undefined ? 0 : kept.state.snapshotEpoch + 1,
      stateEpoch,
      leaderEpoch: 0,
      startOffset,
      deliveryCompleteCount: startOffset === -1 ? -1 : 0,
      stateBatches: [],
      createTimestamp: nowMs,
      writeTimestamp: nowMs,
    };
    this.#reset({ kind: 'snapshot', key, state });
  }

  /**
   * The state; a leader's new epoch fences earlier leaders from here on.
   * @param leaderEpoch -1 = only look
   * @throws KafkaError INVALID_REQUEST where nothing has been initialized, FENCED_LEADER_EPOCH, UNKNOWN_TOPIC_OR_PARTITION
   */
  read(key: SharePartitionKey, leaderEpoch: number): ShareState {
    assertPartition(key);
    const kept = this.#table.get(key);
    if (!kept) throw invalid('Read operation on uninitialized share partition not allowed.');
    assertLeaderEpoch(kept, leaderEpoch);
    this.#assertExists(key);
    const { state } = kept;
    if (leaderEpoch !== -1 && leaderEpoch !== kept.leaderEpoch) {
      this.#change(kept, { ...state, leaderEpoch, stateBatches: [] }, leaderEpoch);
    }
    return state;
  }

  /** @throws KafkaError INVALID_REQUEST, FENCED_LEADER_EPOCH, FENCED_STATE_EPOCH, UNKNOWN_TOPIC_OR_PARTITION, or as a refused write */
  write(key: SharePartitionKey, change: ShareStateChange): void {
    assertPartition(key);
    const kept = this.#table.get(key);
    if (!kept) throw invalid('Write operation on uninitialized share partition not allowed.');
    assertLeaderEpoch(kept, change.leaderEpoch);
    assertStateEpoch(kept, change.stateEpoch);
    this.#assertExists(key);
    this.#change(kept, change, kept.state.leaderEpoch);
  }

  /** Forgets a share partition; one that is not known is no error. @throws KafkaError INVALID_REQUEST, UNKNOWN_TOPIC_OR_PARTITION */
  delete(key: SharePartitionKey): void {
    assertPartition(key);
    this.#assertExists(key);
    if (this.#table.get(key)) this.#reset({ kind: 'tombstone', key });
  }

  /** Where a share partition stands; a start offset of -1 if nothing is known. @throws KafkaError as {@link delete} */
  readSummary(key: SharePartitionKey): ShareStateSummary {
    assertPartition(key);
    this.#assertExists(key);
    const state = this.#table.get(key)?.state;
    if (!state) return { stateEpoch: 0, leaderEpoch: 0, startOffset: -1, deliveryCompleteCount: -1 };
    const { stateEpoch, leaderEpoch, startOffset, deliveryCompleteCount } = state;
    return { stateEpoch, leaderEpoch, startOffset, deliveryCompleteCount };
  }

  /** A topic is gone, and what was kept of its partitions goes with it. */
  topicDeleted(topicId: string): void {
    for (const { key } of [...this.#table.values()]) {
      if (key.topicId === topicId) this.#write({ kind: 'tombstone', key });
    }
  }

  /** What the state was kept in is gone, and all of it too. */
  storeDeleted(): void {
    this.#table.clear();
  }

  /** Deletes records that later ones have made needless. */
  prune(): void {
    const { store } = this.#context;
    store.prune((partition) => this.#table.redundantOffset(partition, (key) => store.partitionFor(key)));
  }

  /** New snapshots of what has not changed for long, so that older records can go (snapshotColdPartitions). */
  snapshotColdPartitions(): void {
    const nowMs = this.#context.clock.nowMs();
    const all = [...this.#table.values()];
    if (all.every(({ state }) => state.createTimestamp !== state.writeTimestamp)) return;
    for (const { key, state } of all) {
      const isCold =
        nowMs - state.writeTimestamp >= this.#context.config.shareCoordinatorColdPartitionSnapshotIntervalMs;
      if (!isCold) continue;
      const snapshot = { ...state, snapshotEpoch: state.snapshotEpoch + 1, writeTimestamp: nowMs };
      this.#write({ kind: 'snapshot', key, state: snapshot });
    }
  }

  close(): void {
    for (const timer of this.#timers) timer.cancel();
    this.#timers.clear();
  }

  #change({ key, state, updates }: KeptState, change: ShareStateChange, leaderEpoch: number): void {
    const { startOffset, deliveryCompleteCount, stateBatches } = change;
    if (updates < this.#context.config.shareCoordinatorSnapshotUpdateRecordsPerSnapshot) {
      const { snapshotEpoch } = state;
      const batches = combineBatches(stateBatches, startOffset);
      const update = { snapshotEpoch, leaderEpoch, startOffset, deliveryCompleteCount, stateBatches: batches };
      this.#write({ kind: 'update', key, update });
      return;
    }
    const newStart = startOffset === -1 ? state.startOffset : startOffset;
    const nowMs = this.#context.clock.nowMs();
    const snapshot = {
      snapshotEpoch: state.snapshotEpoch + 1,
      stateEpoch: state.stateEpoch,
      leaderEpoch,
      startOffset: newStart,
      deliveryCompleteCount,
      stateBatches: combineBatches([...state.stateBatches, ...stateBatches], newStart),
      createTimestamp: nowMs,
      writeTimestamp: nowMs,
    };
    this.#write({ kind: 'snapshot', key, state: snapshot });
  }

  /** Writes first; what has been written counts. */
  #write(record: ShareRecord): void {
    const name = coordinatorKey(record.key);
    const { store } = this.#context;
    const offset = store.append(name, bytesOf(record));
    this.#table.replay(record, store.partitionFor(name), offset);
  }

  #reset(record: ShareRecord): void {
    this.#write(record);
    for (const listener of this.#resetListeners) listener(record.key);
  }

  #assertExists({ topicId, partition }: SharePartitionKey): void {
    if (!this.#context.exists(topicId, partition)) throw new KafkaError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  }

  #every(intervalMs: () => number, task: () => void): void {
    const timer = this.#context.clock.setTimer(intervalMs(), () => {
      this.#timers.delete(timer);
      this.#every(intervalMs, task);
      task();
    });
    this.#timers.add(timer);
  }
}
