// Brokers that come and go, and what that means for the partitions: the part of ReplicationControlManager and
// ClusterControlManager of a cluster whose brokers share one copy of the data. A replica that is live is caught up.

import { ZERO_UUID } from '../../util/uuid.ts';
import {
  controllerRecord,
  directoriesRecord,
  fenceRecord,
  type Registration,
  registrationRecord,
  shutdownRecord,
  unfenceRecord,
} from './bootstrap.ts';
import type { ClusterImage } from './cluster-image.ts';
import { type BrokerImage, type PartitionImage, ResourceType, type TopicImage } from './image.ts';
import type { MetadataChange } from './metadata-change.ts';
import { isInOnlineDirectory } from './online-directory.ts';
import {
  changeOf,
  type Election,
  NO_LEADER,
  type PartitionGoal,
  type PartitionRules,
  without,
} from './partition-change.ts';
import { Records } from './record-kinds.ts';
import { encodeMetadataRecord } from './record-serde.ts';

export interface ReplicationParts {
  readonly image: ClusterImage;
  /** Offset that the next record will have. */
  nextOffset(): number;
  /** Log first, image after; in batches of a size that the log takes. */
  commit(values: readonly Buffer[]): void;
  tell(change: MetadataChange): void;
  /** BrokerConfig.given of the first node. */
  readonly given: ReadonlyMap<string, string>;
}

interface Place {
  readonly topic: TopicImage;
  readonly partition: PartitionImage;
}

/** Of an election that was asked for: done, or why not. */
export type ElectionOutcome = 'elected' | 'not-needed' | 'not-available';

export class Replication {
  readonly #parts: ReplicationParts;

  constructor(parts: ReplicationParts) {
    this.#parts = parts;
  }

  /** The broker can lead and be given replicas. */
  isActive(brokerId: number): boolean {
    const broker = this.#parts.image.brokers.get(brokerId);
    return broker !== undefined && !broker.fenced && !broker.inControlledShutdown;
  }

  /** min.insync.replicas of a topic as a partition with so many replicas can fulfil it (Partition.effectiveMinIsr). */
  minIsr(topic: string, replicas: number): number {
    return Math.min(this.#minIsr(topic), replicas);
  }

  /** Registers a broker that starts, fenced still. */
  register(broker: Registration): void {
    this.#parts.commit([controllerRecord(broker)]);
    this.#parts.commit([registrationRecord(broker, this.#parts.nextOffset())]);
  }

  /** A registered broker serves: it leads what has no leader and it may, and its replicas catch up. */
  unfence(brokerId: number): void {
    const broker = this.#known(brokerId);
    this.#parts.commit([unfenceRecord(brokerId, broker.epoch)]);
    this.#leaveDirectories();
    this.#change(this.#all(), ({ partition }) => (partition.leader === NO_LEADER ? {} : undefined));
    this.catchUp();
  }

  /** A log directory has failed: what is in it is out of sync and led by nobody (handleDirectoriesOffline). */
  loseDirectory(directoryId: string): void {
    const brokers = [...this.#parts.image.brokers.values()].filter((one) => one.directoryIds.includes(directoryId));
    if (brokers.length === 0) return;
    this.#parts.commit(brokers.map((one) => directoriesRecord(one, without(one.directoryIds, [directoryId]))));
    this.#leaveDirectories();
  }

  /** A broker is about to stop: what it leads moves to replicas in sync, and its own are in sync no more. */
  startShutdown(brokerId: number): void {
    this.#parts.commit([shutdownRecord(brokerId, this.#known(brokerId).epoch)]);
    this.#leaveIsrs(brokerId);
  }

  /** A broker has stopped. */
  fence(brokerId: number): void {
    const broker = this.#known(brokerId);
    if (broker.fenced) return;
    this.#parts.commit([fenceRecord(brokerId, broker.epoch)]);
    this.#leaveIsrs(brokerId);
  }

  /** A broker's registration is gone, and with it all that it led. */
  forget(brokerId: number): void {
    this.#leaveIsrs(brokerId);
  }

  /** Live replicas outside of the ISR join it, which may complete a reassignment; what has no leader stays as it is. */
  catchUp(): void {
    this.#change(this.#all(), ({ partition }) => {
      const { replicas, isr, leader } = partition;
      const joining = replicas.filter((id) => !isr.includes(id) && this.#mayLead(partition, id));
      return leader === NO_LEADER || joining.length === 0 ? undefined : { isr: inOrder([...isr, ...joining]) };
    });
  }

  /** Elects a leader on demand (ReplicationControlManager.electLeader). */
  elect(topic: TopicImage, partition: PartitionImage, election: Exclude<Election, 'online'>): ElectionOutcome {
    const isPreferred = partition.leader === partition.replicas[0];
    if (election === 'preferred' ? isPreferred : partition.leader !== NO_LEADER) return 'not-needed';
    const elected = this.#change([{ topic, partition }], () => ({ election }));
    if (elected) this.catchUp();
    return elected ? 'elected' : 'not-available';
  }

  /** Preferred leaders for all partitions that another one leads (auto.leader.rebalance.enable). */
  balance(): void {
    this.#change(this.#all(), ({ partition: { leader, replicas } }) =>
      leader === NO_LEADER || leader === replicas[0] || !this.isActive(replicas[0]!)
        ? undefined
        : { election: 'preferred' },
    );
  }

  /** Begins to move a partition to other replicas; done at once where all of them are live. */
  reassign(topic: TopicImage, partition: PartitionImage, replicas: readonly number[]): void {
    // A reassignment that is under way is taken as undone.
    const current = without(partition.replicas, partition.adding ?? []);
    const adding = without(replicas, current);
    const removing = without(current, replicas);
    const goal = { replicas: [...replicas, ...removing], adding, removing };
    this.#change([{ topic, partition }], () => goal);
    this.catchUp();
  }

  /** Ends a reassignment: the partition has the replicas from before. */
  cancelReassignment(topic: TopicImage, partition: PartitionImage): void {
    const { replicas, isr, adding = [] } = partition;
    const goal = { replicas: without(replicas, adding), isr: without(isr, adding), adding: [], removing: [] };
    this.#change([{ topic, partition }], () => goal);
  }

  #leaveIsrs(brokerId: number): void {
    this.#change(this.#all(), ({ partition: { isr, leader } }) =>
      isr.includes(brokerId) || leader === brokerId ? { isr: without(isr, [brokerId]) } : undefined,
    );
  }

  /** Replicas whose log directory has failed leave the ISR. */
  #leaveDirectories(): void {
    this.#change(this.#all(), ({ partition }) => {
      const { brokers } = this.#parts.image;
      const lost = partition.isr.filter((id) => {
        const broker = brokers.get(id);
        return broker !== undefined && !isInOnlineDirectory(partition, broker);
      });
      return lost.length === 0 ? undefined : { isr: without(partition.isr, lost) };
    });
  }

  /** Whether a broker could lead a partition, or be in sync. */
  #mayLead(partition: PartitionImage, brokerId: number): boolean {
    return this.isActive(brokerId) && isInOnlineDirectory(partition, this.#known(brokerId));
  }

  *#all(): Generator<Place> {
    for (const topic of this.#parts.image.topics())
      for (const partition of topic.partitions) yield { topic, partition };
  }

  /** Whether anything changed. */
  #change(places: Iterable<Place>, goalOf: (place: Place) => PartitionGoal | undefined): boolean {
    const changed: { topicId: string; index: number }[] = [];
    const records: Buffer[] = [];
    for (const place of places) {
      const goal = goalOf(place);
      const { topic, partition } = place;
      const change = goal && changeOf(partition, this.#withPolicy(goal, topic.name), this.#rules(place));
      if (!change) continue;
      records.push(
        encodeMetadataRecord(Records.partitionChange, {
          ...{ topicId: topic.id, partitionId: partition.index, ...change },
          ...(change.replicas && { directories: directoriesOf(partition, change.replicas) }),
        }),
      );
      changed.push({ topicId: topic.id, index: partition.index });
    }
    if (records.length === 0) return false;
    this.#parts.commit(records);
    this.#parts.tell({ kind: 'partitions', changed });
    return true;
  }

  #withPolicy(goal: PartitionGoal, topic: string): PartitionGoal {
    if (goal.election !== undefined || !this.#allowsUnclean(topic)) return goal;
    return { ...goal, election: 'unclean' };
  }

  #rules({ topic, partition }: Place): PartitionRules {
    return {
      mayLead: (brokerId) => this.#mayLead(partition, brokerId),
      minIsr: this.#minIsr(topic.name),
      elrEnabled: (this.#parts.image.features.get('eligible.leader.replicas.version') ?? 0) > 0,
    };
  }

  #minIsr(topic: string): number {
    return Number(this.#setting(topic, 'min.insync.replicas') ?? 1);
  }

  #allowsUnclean(topic: string): boolean {
    return this.#setting(topic, 'unclean.leader.election.enable') === 'true';
  }

  #setting(topic: string, name: string): string | undefined {
    const { image, given } = this.#parts;
    return (
      image.configs(ResourceType.TOPIC, topic).get(name) ??
      image.configs(ResourceType.BROKER, '').get(name) ??
      given.get(name)
    );
  }

  #known(brokerId: number): BrokerImage {
    const broker = this.#parts.image.brokers.get(brokerId);
    if (!broker) throw new Error(`Broker ${brokerId} is not registered`);
    return broker;
  }
}

/** The directory of each replica: there is one copy of the data, and it stays where it is. */
function directoriesOf({ replicas, directories = [] }: PartitionImage, next: readonly number[]): string[] {
  return next.map((id) => directories[replicas.indexOf(id)] ?? directories[0] ?? ZERO_UUID);
}

/** A leader of Kafka's keeps who joins its ISR in a set of small numbers, and tells them in their order. */
function inOrder(ids: readonly number[]): number[] {
  return [...ids].sort((a, b) => a - b);
}
