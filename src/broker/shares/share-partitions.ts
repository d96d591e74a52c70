// The share partitions that members read here (kafka.server.share.SharePartitionManager, SharePartitionCache): opened at
// the first fetch of a group, dropped when their topic, their group or their state goes.
import type { LogManager } from '../../log/log-manager.ts';
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import type { Clock } from '../../util/clock.ts';
import type { BrokerConfig } from '../config/broker-config.ts';
import { type HostedPartition, hostedPartition } from '../hosted-partition.ts';
import type { MetadataStore } from '../metadata/metadata-store.ts';
import type { AcknowledgementBatch } from './partition/acknowledge.ts';
import { coordinatorRefused, SharePartition } from './partition/share-partition.ts';
import { resetDurationMs, type ShareGroupConfig, shareGroupConfig } from './share-group-config.ts';
import type { ShareCoordinator } from './state/share-coordinator.ts';
import { coordinatorKey, type SharePartitionKey } from './state/share-state.ts';

interface Parts {
  readonly nodeId: number;
  readonly clock: Clock;
  readonly logs: LogManager;
  readonly metadata: MetadataStore;
  readonly shareState: ShareCoordinator;
  /** The configuration in force now. */
  config(): BrokerConfig;
}

/** With which errors the partition is dropped, to be opened anew (fencedSharePartitionHandler). */
const FENCING: ReadonlySet<number> = new Set([
  ErrorCode.NOT_LEADER_OR_FOLLOWER,
  ErrorCode.FENCED_STATE_EPOCH,
  ErrorCode.GROUP_ID_NOT_FOUND,
  ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
]);

export class SharePartitions {
  readonly #parts: Parts;
  readonly #open = new Map<string, SharePartition>();
  readonly #opening = new Map<string, Promise<SharePartition>>();

  constructor(parts: Parts) {
    this.#parts = parts;
    parts.metadata.onChange((change) => {
      if (change.kind === 'topic-deleted') this.#drop(({ topicId }) => topicId === change.topic.id);
      else if (change.kind === 'partitions') this.#dropMoved();
    });
    parts.shareState.onReset((key) => this.#drop((each) => coordinatorKey(each) === coordinatorKey(key)));
  }

  configOf(groupId: string): ShareGroupConfig {
    return shareGroupConfig(this.#parts, groupId);
  }

  get(key: SharePartitionKey): SharePartition | undefined {
    return this.#open.get(coordinatorKey(key));
  }

  /** The partition with its log. @throws KafkaError why it is not served here */
  hosted({ topicId, partition }: Omit<SharePartitionKey, 'groupId'>): HostedPartition {
    const found = hostedPartition(this.#parts, this.#parts.metadata.topicById(topicId), partition);
    if (typeof found === 'number') throw new KafkaError(found);
    return found;
  }

  /** @throws KafkaError why it is not served here, or what the coordinator's refusal means to a client */
  async open(key: SharePartitionKey): Promise<SharePartition> {
    const name = coordinatorKey(key);
    const known = this.#open.get(name);
    if (known) return known;
    let opening = this.#opening.get(name);
    if (!opening) {
      opening = this.#read(key).finally(() => this.#opening.delete(name));
      this.#opening.set(name, opening);
    }
    return opening;
  }

  /** @throws KafkaError UNKNOWN_TOPIC_OR_PARTITION where nothing was ever fetched; see SharePartition.acknowledge */
  acknowledge(key: SharePartitionKey, memberId: string, batches: readonly AcknowledgementBatch[]): void {
    const partition = this.get(key);
    if (!partition) throw new KafkaError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    this.#guard(partition, () => partition.acknowledge(memberId, batches));
  }

  /** Gives back what a member holds. @throws KafkaError as {@link acknowledge} */
  release(key: SharePartitionKey, memberId: string): void {
    const partition = this.get(key);
    if (!partition) throw new KafkaError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    this.#guard(partition, () => partition.release(memberId));
  }

  /** Nobody reads for this group any more. */
  groupEmpty(groupId: string): void {
    this.#drop((key) => key.groupId === groupId);
  }

  /** Ends all. */
  close(): void {
    this.#drop(() => true);
  }

  #guard(partition: SharePartition, action: () => void): void {
    try {
      action();
    } catch (error) {
      if (error instanceof KafkaError && FENCING.has(error.code)) this.#drop((key) => key === partition.key);
      throw error;
    }
  }

  #drop(matches: (key: SharePartitionKey) => boolean): void {
    for (const [name, partition] of this.#open) {
      if (!matches(partition.key)) continue;
      this.#open.delete(name);
      partition.fence();
    }
  }

  /** Those that have another leader, or the same in a new epoch. */
  #dropMoved(): void {
    const { nodeId, metadata } = this.#parts;
    for (const { key, leaderEpoch } of [...this.#open.values()]) {
      const image = metadata.topicById(key.topicId)?.partitions[key.partition];
      const isSame = image?.leader === nodeId && image.leaderEpoch === leaderEpoch;
      if (!isSame) this.#drop((each) => each === key);
    }
  }

  async #read(key: SharePartitionKey): Promise<SharePartition> {
    const { clock, shareState } = this.#parts;
    const { image, log } = this.hosted(key);
    const { leaderEpoch } = image;
    const settings = this.configOf(key.groupId);
    let state = this.#readState(key, leaderEpoch);
    const startOffset = state.startOffset === -1 ? await this.#firstOffset(log, settings) : state.startOffset;
    // It may have begun anew while the log was searched.
    state = this.#readState(key, leaderEpoch);
    const known = state.startOffset === -1 ? { ...state, startOffset } : state;
    const partition = new SharePartition({
      key,
      leaderEpoch,
      settings,
      clock,
      state: known,
      write: (change) => shareState.write(key, change),
    });
    this.#open.set(coordinatorKey(key), partition);
    return partition;
  }

  #readState(key: SharePartitionKey, leaderEpoch: number) {
    try {
      return this.#parts.shareState.read(key, leaderEpoch);
    } catch (error) {
      throw coordinatorRefused(error);
    }
  }

  /** startOffsetDuringInitialization. */
  async #firstOffset(log: HostedPartition['log'], { autoOffsetReset }: ShareGroupConfig): Promise<number> {
    if (autoOffsetReset === 'earliest') return log.logStartOffset;
    const durationMs = resetDurationMs(autoOffsetReset);
    if (durationMs === undefined) return log.highWatermark;
    const timestamp = this.#parts.clock.nowMs() - durationMs;
    const found = await log.offsetForTimestamp(timestamp);
    if (found) return found.offset;
    throw new KafkaError(ErrorCode.OFFSET_NOT_AVAILABLE, `Offset for timestamp ${timestamp} not found`);
  }
}
