// The topics of a share consumer's subscription: whether they are there, and which of them an assignment means.
import { KafkaError } from '../../protocol/errors.ts';
import type { Cluster } from '../cluster.ts';
import { topicError } from '../topic-errors.ts';
import type { AssignedTopics } from './share-member.ts';
import type { SharePartition } from './types.ts';

/** What Kafka's consumer has asked when it looks for its topics, which the numbers in its log count. */
const REQUESTS_BEFORE = 4;

export class ShareTopics {
  readonly #cluster: Cluster;
  #names: readonly string[] = [];
  #assigned: AssignedTopics = [];

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  /**
   * Asks until all topics are there, or others are subscribed to; that creates them if the broker does so.
   * @throws KafkaError for a topic name that is none, or a topic that may not be read
   */
  async subscribe(names: readonly string[]): Promise<void> {
    this.#names = names;
    const { label, logger, metadata } = this.#cluster;
    for (let attempt = 1; this.#names === names && !this.#cluster.closed; attempt++) {
      if (attempt > 1) await this.#cluster.sleep(this.#cluster.retryBackoffMs(attempt - 1));
      const response = await metadata.refresh([...names], true, Number.MAX_SAFE_INTEGER);
      const missing = response.topics.filter(({ errorCode }) => errorCode !== 0);
      for (const { name, errorCode } of missing) {
        const failure = topicError({ logger, label, attempt: attempt + REQUESTS_BEFORE }, name ?? '', errorCode);
        if (failure) throw failure;
      }
      if (missing.length === 0) return;
    }
  }

  /**
   * The partitions of an assignment, which names topics by id; their names are those of the subscription. Undefined if
   * another assignment has come before all names were known.
   * @throws KafkaError that asking again does not help against
   */
  async partitionsOf(assigned: AssignedTopics): Promise<SharePartition[] | undefined> {
    this.#assigned = assigned;
    const { metadata } = this.#cluster;
    const nameOf = (topicId: string) => this.#names.find((name) => metadata.topic(name)?.topicId === topicId);
    for (let attempt = 1; assigned.some(({ topicId }) => nameOf(topicId) === undefined); attempt++) {
      if (attempt > 1) await this.#cluster.sleep(this.#cluster.retryBackoffMs(attempt));
      await metadata.refresh([...this.#names]).catch(tolerate);
      if (this.#assigned !== assigned || this.#cluster.closed) return undefined;
    }
    return assigned.flatMap(({ topicId, partitions }) =>
      partitions.map((partition) => ({ topic: nameOf(topicId)!, topicId, partition })),
    );
  }
}

function tolerate(error: unknown): void {
  if (!(error instanceof KafkaError) || !error.retriable) throw error;
}
