// What kafka-replica-verification compares (ReplicaVerificationTool.ReplicaBuffer): batch by batch, that all replicas have
// the same checksum at the same offset, as far as all of them have got.
import type { FetchedReplica, TopicPartition } from '../../client/admin.ts';
import { lastOffset } from '../../protocol/records/batch.ts';
import { batches } from '../../protocol/records/read.ts';
import { hashMapOrder, topicPartitionHash } from '../../util/java-hash.ts';

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
  readonly #now: () => string;
  readonly #print: (line: string) => void;
  #maxLag = -1;
  #lagging: { readonly name: string; readonly offset: number } = { name: 'null', offset: -1 };

  /** @param now the time as lines begin with it */
  constructor(partitions: readonly ReplicatedPartition[], now: () => string, print: (line: string) => void) {
    this.partitions = hashMapOrder(partitions, ({ topic, partition }) => topicPartitionHash(topic, partition));
    this.#now = now;
    this.#print = print;
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
      if (lag <= this.#maxLag) continue;
      this.#maxLag = lag;
      this.#lagging = { name: nameOf(partition), offset: partition.offset };
    }
  }

  /** The line that says how far the slowest replica has been behind since the start. */
  report(): void {
    const { name, offset } = this.#lagging;
    const among = `among ${this.partitions.length} partitions`;
    this.#print(`${this.#now()}: max lag is ${this.#maxLag} for partition ${name} at offset ${offset} ${among}`);
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
      if (first!.offset !== other.offset) {
        const own = `replica ${first!.replica}'s offset ${first!.offset}`;
        this.#print(
          `${this.#now()}: partition ${nameOf(partition)}: ${own} doesn't match replica ${other.replica}'s offset ${other.offset}`,
        );
        throw new OffsetMismatch();
      }
      if (first!.checksum !== other.checksum) {
        const where = `partition ${nameOf(partition)} has unmatched checksum at offset ${other.offset}`;
        const both = [first!, other].map(({ replica, checksum }) => `replica ${replica}'s checksum ${checksum}`);
        this.#print(`${this.#now()}: ${where}; ${both.join('; ')}`);
      }
    }
  }
}

const nameOf = ({ topic, partition }: TopicPartition): string => `${topic}-${partition}`;
