// The state of all share partitions as their records tell it (the maps of ShareCoordinatorShard).
import { combineBatches } from './combine-batches.ts';
import type { ShareRecord, ShareUpdate } from './records.ts';
import { coordinatorKey, type SharePartitionKey, type ShareState } from './share-state.ts';

export interface KeptState {
  readonly key: SharePartitionKey;
  readonly state: ShareState;
  /** Highest seen. */
  readonly leaderEpoch: number;
  /** Highest seen. */
  readonly stateEpoch: number;
  /** Since the last snapshot that they made necessary. */
  readonly updates: number;
  /** Of its last snapshot in its partition of the topic. */
  readonly snapshotOffset: number;
}

export class StateTable {
  readonly #states = new Map<string, KeptState>();
  /** By partition of the topic: where the last record lies of what has been deleted there. */
  readonly #tombstones = new Map<number, number>();
  readonly #updatesPerSnapshot: () => number;

  constructor(updatesPerSnapshot: () => number) {
    this.#updatesPerSnapshot = updatesPerSnapshot;
  }

  get(key: SharePartitionKey): KeptState | undefined {
    return this.#states.get(coordinatorKey(key));
  }

  values(): IterableIterator<KeptState> {
    return this.#states.values();
  }

  clear(): void {
    this.#states.clear();
    this.#tombstones.clear();
  }

  /** Takes a record in that has been written at `offset` of the topic's `partition`. */
  replay(record: ShareRecord, partition: number, offset: number): void {
    const name = coordinatorKey(record.key);
    const kept = this.#states.get(name);
    switch (record.kind) {
      case 'tombstone':
        this.#states.delete(name);
        this.#tombstones.set(partition, offset);
        return;
      case 'snapshot':
        this.#states.set(name, this.#withSnapshot(kept, record, offset));
        return;
      case 'update':
        this.#states.set(name, withUpdate(kept, record));
    }
  }

  /**
   * Offset below which nothing in this partition of the topic is needed (ShareCoordinatorOffsetsManager).
   * @param partitionFor the topic's partition of a key
   */
  redundantOffset(partition: number, partitionFor: (key: string) => number): number | undefined {
    let least: number | undefined;
    for (const [name, { snapshotOffset }] of this.#states) {
      if (partitionFor(name) === partition) least = Math.min(least ?? snapshotOffset, snapshotOffset);
    }
    return least ?? this.#tombstones.get(partition);
  }

  #withSnapshot(
    kept: KeptState | undefined,
    { key, state }: ShareRecord & { kind: 'snapshot' },
    snapshotOffset: number,
  ): KeptState {
    const updates = kept?.updates ?? 0;
    return {
      key,
      state,
      leaderEpoch: Math.max(kept?.leaderEpoch ?? state.leaderEpoch, state.leaderEpoch),
      stateEpoch: Math.max(kept?.stateEpoch ?? state.stateEpoch, state.stateEpoch),
      updates: updates >= this.#updatesPerSnapshot() ? 0 : updates,
      snapshotOffset,
    };
  }
}

function withUpdate(kept: KeptState | undefined, { key, update }: ShareRecord & { kind: 'update' }): KeptState {
  if (kept === undefined) {
    const state = { ...update, stateEpoch: 0, createTimestamp: 0, writeTimestamp: 0 };
    return { key, state, leaderEpoch: update.leaderEpoch, stateEpoch: 0, updates: 1, snapshotOffset: 0 };
  }
  const { leaderEpoch, updates } = kept;
  return {
    ...kept,
    state: merged(kept.state, update),
    leaderEpoch: Math.max(leaderEpoch, update.leaderEpoch),
    updates: updates + 1,
  };
}

function merged(state: ShareState, update: ShareUpdate): ShareState {
  const startOffset = update.startOffset === -1 ? state.startOffset : update.startOffset;
  return {
    ...state,
    startOffset,
    leaderEpoch: update.leaderEpoch === -1 ? state.leaderEpoch : update.leaderEpoch,
    deliveryCompleteCount: update.deliveryCompleteCount,
    stateBatches: combineBatches([...state.stateBatches, ...update.stateBatches], startOffset),
  };
}
