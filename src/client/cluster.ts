// A cluster as a client sees it: brokers, connections to them, who leads what. How calls find their way: calls.ts.
import type { MetadataResponse } from '../protocol/messages/metadata.ts';
import { type Clock, systemClock } from '../util/clock.ts';
import { type Logger, silentLogger } from '../util/logger.ts';
import { type Address, parseBootstrapServers } from './bootstrap.ts';
import type { Broker } from './broker-link.ts';
import { BrokerLinks, resolvable } from './broker-links.ts';
import { Calls, type Route } from './calls.ts';
import { ClientCreationError, ConfigError, type ConnectionError, NetworkClientError } from './errors.ts';
import { KeepAlive } from './keep-alive.ts';
import { MetadataCache, type MetadataSource } from './metadata-cache.ts';
import { openTransport, type Transport } from './security/transport.ts';
import type { ClusterSettings } from './settings/common.ts';

export type { Route } from './calls.ts';

export interface ClusterOptions {
  /** The client's name in its log, `AdminClient` if absent. */
  readonly kind?: string;
  /** Of a consumer, for the log: the group, null without one. */
  readonly groupId?: string | null;
  /** Of a consumer, for the log: its group.instance.id. */
  readonly instanceId?: string;
  /** Of a producer, for the log. */
  readonly transactionalId?: string;
  readonly logger?: Logger;
  readonly clock?: Clock;
  /**
   * Fail as soon as every known broker has refused or cannot be understood, with the ConnectionError that says why.
   * Otherwise keep trying until `default.api.timeout.ms`, as Kafka's clients do.
   */
  readonly failFast?: boolean;
  /**
   * Told why, as long as no broker of the cluster has been reached at the address that the cluster gives for it: a wrong
   * address, rather than a broker that is away for a while. The client keeps trying.
   */
  readonly onUnreachable?: (error: ConnectionError) => void;
}

const clients = new Map<string, number>();

/** @throws NetworkClientError */
const transportOf = ({ security }: ClusterSettings, { logger = silentLogger }: ClusterOptions): Promise<Transport> =>
  openTransport(security, logger).catch((cause) => {
    throw new NetworkClientError(cause);
  });

export class Cluster implements MetadataSource {
  readonly settings: ClusterSettings;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly clientId: string;
  readonly metadata: MetadataCache;
  /** The client's name in front of its log lines: `[AdminClient clientId=adminclient-1]`. */
  readonly label: string;
  readonly failFast: boolean;
  readonly #links: BrokerLinks;
  readonly #calls: Calls;
  readonly #keepAlive = new KeepAlive();

  private constructor(
    settings: ClusterSettings,
    kind: string,
    options: ClusterOptions,
    bootstrap: readonly Address[],
    transport: Transport,
  ) {
    this.settings = settings;
    this.clock = options.clock ?? systemClock;
    this.logger = options.logger ?? silentLogger;
    this.failFast = options.failFast ?? false;
    this.clientId = settings.clientId || nextClientId(kind);
    const group = options.groupId === undefined ? '' : `, groupId=${options.groupId}`;
    const transactional = options.transactionalId === undefined ? '' : `, transactionalId=${options.transactionalId}`;
    const instance = options.instanceId === undefined ? '' : `instanceId=${options.instanceId}, `;
    this.label = `[${kind} ${instance}clientId=${this.clientId}${group}${transactional}]`;
    this.metadata = new MetadataCache(this);
    this.#links = new BrokerLinks({
      bootstrap,
      settings,
      transport,
      clientId: this.clientId,
      clock: this.clock,
      logger: this.logger,
      label: this.label,
      tellsBootstrap: kind !== 'AdminClient',
      nodes: () => this.metadata.nodes,
      onUnreachable: options.onUnreachable,
    });
    this.#calls = new Calls(this, this.metadata, this.#links, this.#keepAlive);
  }

  /**
   * Checks the addresses and that one at least resolves; connects nowhere yet.
   * @param kind as Kafka names the client in its log: `AdminClient`, `Producer`, `Consumer`
   * @throws ClientCreationError with `creationMessage`
   */
  static async create(
    settings: ClusterSettings,
    kind: string,
    options: ClusterOptions,
    creationMessage: string,
  ): Promise<Cluster> {
    try {
      const { bootstrapServers, bootstrapControllers } = settings;
      if (bootstrapServers.length > 0 && bootstrapControllers.length > 0)
        throw new ConfigError('You cannot set both bootstrap.servers and bootstrap.controllers');
      const addresses = parseBootstrapServers(bootstrapServers.length > 0 ? bootstrapServers : bootstrapControllers);
      const bootstrap = await resolvable(addresses, options.logger ?? silentLogger);
      return new Cluster(settings, kind, options, bootstrap, await transportOf(settings, options));
    } catch (error) {
      throw new ClientCreationError(creationMessage, { cause: error });
    }
  }

  /**
   * Runs `run` against the broker of `route`, again after retriable failures, until it succeeds, `retries` are used up or
   * time is.
   * @param name of the call, as Kafka's messages have it (`listTopics`)
   * @throws TimeoutError `Timed out waiting for a node assignment. Call: <name>` if no broker was reached in time
   */
  call<T>(
    name: string,
    route: Route,
    run: (broker: Broker) => Promise<T>,
    timeoutMs: number = this.settings.defaultApiTimeoutMs,
  ): Promise<T> {
    return this.#calls.run(name, route, run, timeoutMs);
  }

  get toControllers(): boolean {
    return this.settings.bootstrapServers.length === 0;
  }

  /** The connected broker with this id. @throws ConnectionError, KafkaError BROKER_NOT_AVAILABLE if metadata has no such broker */
  brokerById(id: number): Promise<Broker> {
    return this.#calls.brokerById(id);
  }

  /** The broker with this id if it is known and connected now. */
  connected(id: number): Broker | undefined {
    const node = this.metadata.node(id);
    return node && this.#links.of(node).connected;
  }

  /** Milliseconds until the next attempt to connect to a broker may be made. */
  backoffMs(id: number): number {
    const node = this.metadata.node(id);
    return node ? this.#links.of(node).backoffMs : 0;
  }

  /** Logs with the client's name in front, as Kafka's clients do. */
  warn(message: string): void {
    this.logger.warn(`${this.label} ${message}`);
  }

  /** Logs that the nodes that this client was given are of no use to it; only Kafka's admin client says that. */
  tellUnusable(...reasons: readonly string[]): void {
    if (!this.label.startsWith('[AdminClient ')) return;
    for (const text of ['Fatal error during metadata update', ...reasons]) this.warn(text);
  }

  /** Takes in what a Metadata response says of the brokers. */
  learn(response: MetadataResponse): void {
    this.metadata.update(response);
    this.#links.learn(this.metadata.nodes);
  }

  sleep(ms: number): Promise<void> {
    return this.#keepAlive.during(() => new Promise((resolve) => this.clock.setTimer(ms, resolve)));
  }

  get closed(): boolean {
    return this.#links.closed;
  }

  close(): void {
    this.#links.close();
    this.#keepAlive.end();
  }

  retryBackoffMs(attempt: number): number {
    const { retryBackoffMs, retryBackoffMaxMs } = this.settings;
    const jitter = 0.8 + 0.4 * Math.random();
    return Math.min(retryBackoffMs * 2 ** (attempt - 1) * jitter, retryBackoffMaxMs);
  }
}

/** `adminclient-1`, `producer-1`, counted through the process as Kafka's clients count. */
function nextClientId(kind: string): string {
  const number = (clients.get(kind) ?? 0) + 1;
  clients.set(kind, number);
  return `${kind.toLowerCase()}-${number}`;
}
