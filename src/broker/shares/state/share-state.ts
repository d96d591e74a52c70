// What the share coordinator keeps of a partition that a share group reads (KIP-932, ShareGroupOffset).

/** A topic's partition as a share group reads it. */
export interface SharePartitionKey {
  readonly groupId: string;
  readonly topicId: string;
  readonly partition: number;
}

/** SharePartitionKey.asCoordinatorKey: what the coordinator's partition follows from, and FindCoordinator asks for. */
export function coordinatorKey({ groupId, topicId, partition }: SharePartitionKey): string {
  return `${groupId}:${topicId}:${partition}`;
}

/** Delivery of a run of records that have the same state. */
export interface StateBatch {
  readonly firstOffset: number;
  /** Inclusive. */
  readonly lastOffset: number;
  /** RecordState.id: 0 available, 2 acknowledged, 4 archived. What is acquired is never kept. */
  readonly deliveryState: number;
  readonly deliveryCount: number;
}

export interface ShareState {
  /** Goes up with each snapshot. */
  readonly snapshotEpoch: number;
  /** Goes up when the group's coordinator begins anew (reset offsets, a topic that came back). */
  readonly stateEpoch: number;
  readonly leaderEpoch: number;
  /** -1 until the first read decides by share.auto.offset.reset. */
  readonly startOffset: number;
  /** Records from the start offset on that need no delivery any more; -1 if it is not known. */
  readonly deliveryCompleteCount: number;
  /** Rising, without overlap, from the start offset on. */
  readonly stateBatches: readonly StateBatch[];
  /** Milliseconds; of the last snapshot that was made for its updates. */
  readonly createTimestamp: number;
  /** Milliseconds; of the last snapshot of any kind. */
  readonly writeTimestamp: number;
}

/** A change as the partition's leader writes it. */
export interface ShareStateChange {
  /** -1 is not checked. */
  readonly stateEpoch: number;
  /** -1 is not checked. */
  readonly leaderEpoch: number;
  /** -1 leaves it as it is. */
  readonly startOffset: number;
  readonly deliveryCompleteCount: number;
  readonly stateBatches: readonly StateBatch[];
}

export type ShareStateSummary = Pick<
  ShareState,
  'stateEpoch' | 'leaderEpoch' | 'startOffset' | 'deliveryCompleteCount'
>;
