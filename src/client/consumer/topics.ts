// Which topics a subscription means at the moment, and when that has changed.
import type { MetadataResponse } from '../../protocol/messages/metadata.ts';
import type { Cluster } from '../cluster.ts';
import type { ConsumerSettings } from '../settings/consumer.ts';
import { topicError } from '../topic-errors.ts';

export type TopicSelection = { readonly topic: string } | { readonly matches: (topic: string) => boolean };

export interface TopicsOptions {
  readonly allowAutoCreate: boolean;
  readonly excludeInternal: boolean;
  /** What the number of a request in the log begins at, which is Kafka's correlation id: a member's first asks for its coordinator. */
  readonly firstRequest: number;
}

export class SubscribedTopics {
  readonly #cluster: Cluster;
  readonly #selection: TopicSelection;
  readonly #options: TopicsOptions;
  #partitionCounts = '';
  #requests = 0;
  /** Answers in a row that lacked a topic. */
  #misses = 0;
  /** As of the last refresh. */
  names: readonly string[] = [];
  /** Milliseconds until it is worth asking again. */
  refreshMs = 0;

  constructor(cluster: Cluster, selection: TopicSelection, options: TopicsOptions) {
    this.#cluster = cluster;
    this.#selection = selection;
    this.#options = options;
  }

  /** Whether the last refresh lacked a topic. */
  get isMissing(): boolean {
    return this.#misses > 0;
  }

  /**
   * Asks the cluster; true if topics or their partitions are others than the last time.
   * @throws KafkaError for a topic name that is none, or a topic that may not be read
   */
  async refresh(): Promise<boolean> {
    const selection = this.#selection;
    this.#requests++;
    const response =
      'topic' in selection
        ? await this.#cluster.metadata.refresh(
            [selection.topic],
            this.#options.allowAutoCreate,
            Number.MAX_SAFE_INTEGER,
          )
        : await this.#cluster.metadata.refresh(null, false, Number.MAX_SAFE_INTEGER);
    const wanted = response.topics.filter((topic) => this.#isWanted(topic));
    const missing = wanted.filter(({ errorCode }) => errorCode !== 0);
    this.#report(missing);
    this.names = 'topic' in selection ? [selection.topic] : wanted.flatMap(({ name }) => name ?? []);
    this.#misses = missing.length > 0 ? this.#misses + 1 : 0;
    this.refreshMs =
      this.#misses > 0 ? this.#cluster.retryBackoffMs(this.#misses) : this.#cluster.settings.metadataMaxAgeMs;
    const counts = wanted.map(({ name, partitions }) => `${name}:${partitions.length}`).join();
    const changed = counts !== this.#partitionCounts;
    this.#partitionCounts = counts;
    return changed;
  }

  #isWanted({ name, isInternal }: MetadataResponse['topics'][number]): boolean {
    if (name === null) return false;
    if ('topic' in this.#selection) return name === this.#selection.topic;
    return this.#selection.matches(name) && !(isInternal && this.#options.excludeInternal);
  }

  #report(missing: MetadataResponse['topics']): void {
    const log = {
      logger: this.#cluster.logger,
      label: this.#cluster.label,
      attempt: this.#requests + this.#options.firstRequest - 1,
    };
    for (const { name, errorCode } of missing) {
      const failure = topicError(log, name ?? '', errorCode);
      if (failure) throw failure;
    }
  }
}

/** Asks for a topic that is read in no group until it is there, which creates it where brokers do that. */
export async function findTopic(
  cluster: Cluster,
  topic: string,
  { allowAutoCreateTopics: allowAutoCreate }: ConsumerSettings,
): Promise<void> {
  const topics = new SubscribedTopics(cluster, { topic }, { allowAutoCreate, excludeInternal: false, firstRequest: 1 });
  await topics.refresh();
  while (topics.isMissing && !cluster.closed) {
    await cluster.sleep(topics.refreshMs);
    await topics.refresh();
  }
}
