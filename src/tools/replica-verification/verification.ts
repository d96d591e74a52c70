// What kafka-replica-verification compares (ReplicaVerificationTool.ReplicaBuffer): batch by batch, that all replicas have
// the same checksum at the same offset, as far as all of them have got.
import type { FetchedReplica, TopicPartition } from '../../client/admin.ts';
import { lastOffset } from '../../protocol/records/batch.ts';
import { batches } from '../../protocol/records/read.ts';
import { hashMapOrder, topicPartitionHash } from '../../util/java-hash.ts';
import type { Finding, LagFinding } from './finding.ts';

export interface ReplicatedPartition extends TopicPartition {
  readonly topicId: string;
  /** Where the next fetch begins: everything before it is the same on all replicas. */
  offset: number;
}

/** What the replicas of a partition answered, by broker. */
export type Answers = ReadonlyMap<number, FetchedReplica>;

/** Replicas have different offsets at the same place: Kafka's script ends there. */
export class OffsetMismatch extends Error {}

interface Step {
  readonly replica: number;
  readonly offset: number;
  readonly checksum: number;
}

export class Verification {
  readonly partitions: readonly ReplicatedPartition[];
  readonly #tell: (finding: Finding) => void;
  #lag: LagFinding;

  constructor(partitions: readonly ReplicatedPartition[], tell: (finding: Finding) => void) {
    this.partitions = hashMapOrder(partitions, ({ topic, partition }) => topicPartitionHash(topic, partition));
    this.#tell = tell;
    this.#lag = {
      type: 'lag',
      maxLag: null,
      topic: null,
      partition: null,
      offset: null,
      partitions: partitions.length,
    };
  }

  /**
   * Compares one round of answers, and moves each partition's offset behind what all its replicas have.
   * @throws OffsetMismatch
   */
  verify(answersFor: (partition: ReplicatedPartition) => Answers): void {
    for (const partition of this.partitions) {
      const answers = answersFor(partition);
      const maxHighWatermark = Math.max(-1, ...[...answers.values()].map(({ highWatermark }) => highWatermark));
      this.#compare(partition, answers);
      const lag = maxHighWatermark - partition.offset;
      if (lag <= (this.#lag.maxLag ?? -1)) continue;
      const { topic, partition: number, offset } = partition;
      this.#lag = { ...this.#lag, maxLag: lag, topic, partition: number, offset };
    }
  }

  /** Tells how far the slowest replica has been behind since the start. */
  report(): void {
    this.#tell(this.#lag);
  }

  #compare(partition: ReplicatedPartition, answers: Answers): void {
    const replicas = [...answers].map(([replica, { records, highWatermark }]) => ({
      replica,
      highWatermark,
      batches: batches(records),
    }));
    for (;;) {
      const steps: Step[] = [];
      for (const { replica, highWatermark, batches } of replicas) {
        const next = batches.next();
        if (next.done === true || lastOffset(next.value.header) >= highWatermark) continue;
        steps.push({ replica, offset: lastOffset(next.value.header), checksum: next.value.header.crc });
      }
      this.#agree(partition, steps);
      if (steps.length < replicas.length || steps.length === 0) return;
      partition.offset = steps[0]!.offset + 1;
    }
  }

  #agree(partition: ReplicatedPartition, [first, ...others]: readonly Step[]): void {
    for (const other of others) {
      const { topic, partition: number } = partition;
      const place = { topic, partition: number };
      const both = [first!, other];
      if (first!.offset !== other.offset) {
        const replicas = both.map(({ replica, offset }) => ({ broker: replica, offset }));
        this.#tell({ type: 'different-offset', ...place, replicas });
        throw new OffsetMismatch();
      }
      if (first!.checksum !== other.checksum) {
        const replicas = both.map(({ replica, checksum }) => ({ broker: replica, checksum }));
        this.#tell({ type: 'different-checksum', ...place, offset: other.offset, replicas });
      }
    }
  }
}
