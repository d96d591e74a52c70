import type { GroupConfig } from '../../../src/broker/groups/context.ts';
import type { GroupStore } from '../../../src/broker/groups/coordinator-options.ts';
import { GroupCoordinator } from '../../../src/broker/groups/group-coordinator.ts';
import type { TopicCatalog } from '../../../src/broker/groups/modern/topic-catalog.ts';
import type { GroupRecord } from '../../../src/broker/groups/records.ts';
import type { ShareStateStore } from '../../../src/broker/groups/share/state-store.ts';
import { ErrorCode, KafkaError } from '../../../src/protocol/errors.ts';
import type { JoinGroupRequest } from '../../../src/protocol/messages/join-group.ts';
import { buildBatch } from '../../../src/protocol/records/write.ts';
import type { ManualClock } from '../../../src/util/clock.ts';
import { silentLogger } from '../../../src/util/logger.ts';
import { MemoryShareState } from './share/memory-share-state.ts';

/** Keeps the batches that a coordinator writes, for the next one to read. */
export class MemoryStore implements GroupStore {
  readonly batches: Buffer[] = [];
  /** Refuses writes with this error code while it is set. */
  failure: number | undefined;

  prepare(): void {}

  partitionFor(): number {
    return 0;
  }

  append(_groupId: string, records: readonly GroupRecord[]): void {
    if (this.failure !== undefined) throw new KafkaError(this.failure);
    this.batches.push(buildBatch(records.map((record) => ({ timestamp: 0, ...record }))));
  }

  inListOrder(groupIds: Iterable<string>): string[] {
    return [...groupIds].sort();
  }

  async *read(): AsyncGenerator<{ partition: number; batches: Buffer }> {
    for (const batches of this.batches) yield { partition: 0, batches };
  }
}

const CONFIG: GroupConfig = {
  groupMinSessionTimeoutMs: 6000,
  groupMaxSessionTimeoutMs: 1_800_000,
  groupInitialRebalanceDelayMs: 0,
  groupMaxSize: 2 ** 31 - 1,
  groupConsumerSessionTimeoutMs: 45_000,
  groupConsumerHeartbeatIntervalMs: 5_000,
  groupConsumerAssignmentIntervalMs: 1_000,
  groupConsumerMaxSize: 2 ** 31 - 1,
  groupConsumerAssignors: ['uniform', 'range'],
  groupShareSessionTimeoutMs: 45_000,
  groupShareHeartbeatIntervalMs: 5_000,
  groupShareAssignmentIntervalMs: 1_000,
  groupShareMaxSize: 200,
  groupShareInitializeRetryIntervalMs: 30_000,
  groupStreamsSessionTimeoutMs: 45_000,
  groupStreamsHeartbeatIntervalMs: 5_000,
  groupStreamsAssignmentIntervalMs: 1_000,
  groupStreamsInitialRebalanceDelayMs: 3_000,
  groupStreamsNumStandbyReplicas: 0,
  groupStreamsMaxSize: 2 ** 31 - 1,
  groupConsumerMigrationPolicy: 'bidirectional',
  offsetMetadataMaxBytes: 4096,
  offsetsRetentionMinutes: 10_080,
  offsetsRetentionCheckIntervalMs: 600_000,
};

export const NO_TOPICS: TopicCatalog = {
  topic: () => undefined,
  topicById: () => undefined,
  topics: () => [],
  lastOffset: 0,
};

export async function openCoordinator(
  clock: ManualClock,
  store: GroupStore = new MemoryStore(),
  config: Partial<GroupConfig> = {},
  topics: TopicCatalog = NO_TOPICS,
  shareState: ShareStateStore = new MemoryShareState(),
): Promise<GroupCoordinator> {
  const inForce = { ...CONFIG, ...config };
  const groups = new GroupCoordinator({
    clock,
    logger: silentLogger,
    store,
    config: () => inForce,
    topics,
    shareState,
  });
  await groups.load();
  return groups;
}

export function joinRequest(change: Partial<JoinGroupRequest> = {}): JoinGroupRequest {
  return {
    groupId: 'g',
    memberId: '',
    groupInstanceId: null,
    sessionTimeoutMs: 10_000,
    rebalanceTimeoutMs: 60_000,
    protocolType: 'consumer',
    protocols: [{ name: 'range', metadata: Buffer.alloc(0) }],
    reason: null,
    ...change,
  };
}

/** The number that a call is refused with; NONE if it is not. */
export function errorOf(call: () => unknown): number {
  try {
    call();
    return ErrorCode.NONE;
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    return error.code;
  }
}
