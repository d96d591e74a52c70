// A share consumer: records of topics, shared with the other members of a group record by record
// (org.apache.kafka.clients.consumer.KafkaShareConsumer, KIP-932).
import { silentLogger } from '../util/logger.ts';
import { Cluster, type ClusterOptions } from './cluster.ts';
import { ConsumerError } from './consumer/errors.ts';
import { Waiter } from './consumer/waiter.ts';
import { ClientCreationError } from './errors.ts';
import { CoordinatorLink } from './group/coordinator-link.ts';
import { KeepAlive } from './keep-alive.ts';
import { withClientId } from './settings/client-id.ts';
import { type ShareConsumerSettings, shareConsumerSettings } from './settings/share-consumer.ts';
import { AcknowledgeType } from './share/acknowledgements.ts';
import { InFlight } from './share/in-flight.ts';
import { ShareFetcher } from './share/share-fetcher.ts';
import { type AssignedTopics, ShareMember } from './share/share-member.ts';
import { ShareTopics } from './share/share-topics.ts';
import type { Acknowledged, Delivery, ShareRecord } from './share/types.ts';

export { AcknowledgeType } from './share/acknowledgements.ts';
export type { Acknowledged, Delivery, SharePartition, ShareRecord } from './share/types.ts';

export interface ShareConsumerOptions extends ClusterOptions {
  /** Hears what became of acknowledgements, each partition on its own. */
  readonly onAcknowledged?: (outcome: Acknowledged) => void;
}

/** How long closing waits for a cluster that does not answer. */
const CLOSE_TIMEOUT_MS = 5000;
const ILLEGAL_STATE = 'java.lang.IllegalStateException';

export class ShareConsumer {
  readonly settings: ShareConsumerSettings;
  readonly #cluster: Cluster;
  readonly #options: ShareConsumerOptions;
  readonly #member: ShareMember;
  readonly #fetcher: ShareFetcher;
  readonly #waiter: Waiter;
  readonly #keepAlive = new KeepAlive();
  readonly #inFlight = new InFlight();
  readonly #renewed: Delivery[] = [];
  readonly #topics: ShareTopics;
  #answered = false;
  #isAssigned = false;
  #failure: Error | undefined;
  #woken = false;
  #closing: Promise<void> | undefined;

  private constructor(
    settings: ShareConsumerSettings,
    cluster: Cluster,
    link: CoordinatorLink,
    options: ShareConsumerOptions,
  ) {
    this.settings = settings;
    this.#cluster = cluster;
    this.#options = options;
    this.#waiter = new Waiter(cluster.clock);
    this.#topics = new ShareTopics(cluster);
    this.#member = new ShareMember(
      link,
      settings.clientRack ?? null,
      {
        onAssigned: (topics) => this.#watch(this.#assign(topics)),
        onFailure: (error) => this.#fail(error),
      },
      cluster,
    );
    const identity = { groupId: link.groupId, memberId: this.#member.memberId };
    this.#fetcher = new ShareFetcher(cluster, settings, identity, {
      onData: () => this.#waiter.wake(),
      onAcknowledged: (outcome) => this.#acknowledged(outcome),
      onFailure: (error) => this.#fail(error),
    });
  }

  /**
   * Connects nowhere yet.
   * @param properties settings by Kafka's names
   * @throws ClientCreationError with the cause: a ConfigError, a ConsumerError, or what is wrong with the addresses
   */
  static async create(
    properties: Readonly<Record<string, string>>,
    options: ShareConsumerOptions = {},
  ): Promise<ShareConsumer> {
    const message = 'Failed to construct Kafka share consumer';
    const settings = withClientId(shareConsumerSettings(properties, options.logger));
    if (!settings.groupId) {
      const text = 'You must provide a valid group.id in the consumer configuration.';
      const cause = new ConsumerError('org.apache.kafka.common.errors.InvalidGroupIdException', text);
      throw new ClientCreationError(message, { cause });
    }
    const cluster = await Cluster.create(
      settings,
      'ShareConsumer',
      { ...options, groupId: settings.groupId ?? null },
      message,
    );
    return new ShareConsumer(
      settings,
      cluster,
      // It meets the same brokers: what is wrong with them is told once.
      await CoordinatorLink.create(settings, settings.groupId, { ...options, logger: silentLogger }),
      options,
    );
  }

  /** Ids of the brokers that it knows. */
  get brokerIds(): number[] {
    return this.#cluster.metadata.nodes.map(({ id }) => id);
  }

  /** The id by which the group knows this consumer. */
  get memberId(): string {
    return this.#member.memberId;
  }

  /** Whether the group has given it partitions to read. */
  get isAssigned(): boolean {
    return this.#isAssigned;
  }

  /** How long records are held for this consumer; milliseconds, 0 before the first have come. */
  get lockTimeoutMs(): number {
    return this.#fetcher.lockTimeoutMs;
  }

  /** Reads these topics from now on, and no others. @throws ConsumerError for a name that is blank */
  subscribe(topics: readonly string[]): void {
    if (topics.some((topic) => topic.trim() === '')) {
      const text = 'Topic collection to subscribe to cannot contain null or empty topic';
      throw new ConsumerError('java.lang.IllegalArgumentException', text);
    }
    this.#member.subscribe(topics);
    this.#watch(this.#topics.subscribe(topics));
  }

  /**
   * The next records. In implicit mode those of the call before are accepted with it; in explicit mode they must all have
   * been acknowledged. Empty after `timeoutMs`, after wake(), and when acknowledgements were answered.
   * @throws ConsumerError for records that were not acknowledged, Error when reading cannot go on
   */
  poll(timeoutMs: number): Promise<Delivery[]> {
    this.#beforePoll();
    const { clock } = this.#cluster;
    const deadline = clock.monotonicMs() + timeoutMs;
    return this.#keepAlive.during(async () => {
      for (;;) {
        if (this.#failure) throw this.#failure;
        const deliveries = [...this.#renewed.splice(0), ...this.#fetcher.take()];
        for (const delivery of deliveries) this.#inFlight.add(delivery);
        const left = deadline - clock.monotonicMs();
        if (deliveries.length > 0 || this.#answered || this.#woken || left <= 0) {
          this.#answered = false;
          return deliveries;
        }
        this.#fetcher.fetch();
        await this.#waiter.wait(left);
      }
    });
  }

  /** Says what became of a record; it is sent with the next poll or commit. @throws ConsumerError in implicit mode, or for a record that is not held */
  acknowledge(record: ShareRecord, type: AcknowledgeType = AcknowledgeType.ACCEPT): void {
    if (this.settings.acknowledgementMode === 'implicit')
      throw new ConsumerError(ILLEGAL_STATE, 'Implicit acknowledgement of delivery is being used.');
    if (!this.#inFlight.acknowledge(record, type))
      throw new ConsumerError(ILLEGAL_STATE, 'The record cannot be acknowledged.');
  }

  /** Sends all acknowledgements, in implicit mode that of every record; resolves when they were answered. */
  async commit(): Promise<void> {
    if (this.settings.acknowledgementMode === 'implicit') this.#inFlight.acknowledgeAll(AcknowledgeType.ACCEPT);
    this.#handOver();
    await this.#keepAlive.during(() => this.#fetcher.commit());
  }

  /** Whether wake() was called. */
  get isWoken(): boolean {
    return this.#woken;
  }

  /** Ends a waiting `poll` and all later ones. */
  wake(): void {
    this.#woken = true;
    this.#waiter.wake();
  }

  /** Sends the acknowledgements that were given, releases all other records, leaves the group and closes every connection. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#handOver();
    await this.#keepAlive.during(async () => {
      const giveUp = this.#cluster.sleep(CLOSE_TIMEOUT_MS);
      await Promise.race([this.#fetcher.close(), giveUp]);
      await Promise.race([this.#member.leave(), giveUp]);
    });
    this.#cluster.close();
  }

  #beforePoll(): void {
    if (this.settings.acknowledgementMode === 'implicit') this.#inFlight.acknowledgeAll(AcknowledgeType.ACCEPT);
    else if (this.#inFlight.hasUnacknowledged) {
      const text = 'All records must be acknowledged in explicit acknowledgement mode.';
      throw new ConsumerError(ILLEGAL_STATE, text);
    }
    this.#handOver();
  }

  #handOver(): void {
    for (const { broker, partition, batches } of this.#inFlight.takeAcknowledged())
      this.#fetcher.acknowledge(broker, partition, batches);
  }

  #acknowledged(outcome: Acknowledged): void {
    const renewed = this.#inFlight.settle(outcome);
    if (renewed) this.#renewed.push(renewed);
    this.#options.onAcknowledged?.(outcome);
    this.#answered = true;
    this.#waiter.wake();
  }

  async #assign(assigned: AssignedTopics): Promise<void> {
    const partitions = await this.#topics.partitionsOf(assigned);
    if (partitions === undefined) return;
    this.#fetcher.assign(partitions);
    this.#isAssigned = partitions.length > 0;
    this.#waiter.wake();
  }

  #watch(work: Promise<void>): void {
    work.catch((error) => this.#fail(error));
  }

  #fail(error: Error): void {
    if (this.#cluster.closed) return;
    this.#failure ??= error;
    this.#waiter.wake();
  }
}
