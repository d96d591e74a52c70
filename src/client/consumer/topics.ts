// Which topics a subscription means at the moment, and when that has changed.
import type { MetadataResponse } from '../../protocol/messages/metadata.ts';
import type { Cluster } from '../cluster.ts';
import { topicError } from '../topic-errors.ts';

export type TopicSelection = { readonly topic: string } | { readonly matches: (topic: string) => boolean };

/** How soon a topic that is not there is looked for again. */
const MISSING_TOPIC_MS = 1000;

export class SubscribedTopics {
  readonly #cluster: Cluster;
  readonly #selection: TopicSelection;
  readonly #options: { readonly allowAutoCreate: boolean; readonly excludeInternal: boolean; readonly label: string };
  #partitionCounts = '';
  #requests = 0;
  /** As of the last refresh. */
  names: readonly string[] = [];
  /** Milliseconds until it is worth asking again. */
  refreshMs = MISSING_TOPIC_MS;

  constructor(
    cluster: Cluster,
    selection: TopicSelection,
    options: { readonly allowAutoCreate: boolean; readonly excludeInternal: boolean; readonly label: string },
  ) {
    this.#cluster = cluster;
    this.#selection = selection;
    this.#options = options;
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
    this.refreshMs = missing.length > 0 ? MISSING_TOPIC_MS : this.#cluster.settings.metadataMaxAgeMs;
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
    const log = { logger: this.#cluster.logger, label: this.#options.label, attempt: this.#requests };
    for (const { name, errorCode } of missing) {
      const failure = topicError(log, name ?? '', errorCode);
      if (failure) throw failure;
    }
  }
}
