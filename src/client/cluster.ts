// A cluster as a client sees it: brokers, who leads what, and calls that find their way to the right broker and are
// repeated by Kafka's rules.
import { ErrorCode, KafkaError } from '../protocol/errors.ts';
import type { MetadataResponse } from '../protocol/messages/metadata.ts';
import { type Clock, systemClock } from '../util/clock.ts';
import { type Logger, silentLogger } from '../util/logger.ts';
import type { Node } from './admin/types.ts';
import { type Address, addressText, parseBootstrapServers } from './bootstrap.ts';
import { type Broker, BrokerLink, resolve } from './broker-link.ts';
import { CoordinatorType, findCoordinator } from './coordinator.ts';
import { AuthenticationError, ClientCreationError, ConfigError, ConnectionError, TimeoutError } from './errors.ts';
import { KeepAlive } from './keep-alive.ts';
import { MetadataCache } from './metadata-cache.ts';
import { openTransport, type Transport } from './security/transport.ts';
import type { ClusterSettings } from './settings/common.ts';

export interface ClusterOptions {
  /** The client's name in its log, `AdminClient` if absent. */
  readonly kind?: string;
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

/** Where a call goes: any broker, the controller, a broker id, the coordinator of a group or a transactional id. */
export type Route =
  | 'any'
  | 'controller'
  | { readonly broker: number }
  | { readonly group: string }
  | { readonly transactionalId: string };

const clients = new Map<string, number>();

/** All the time of a call went by without a broker to send it to. */
class NoNodeError extends TimeoutError {
  constructor(name: string, route: Route, cause: unknown) {
    const byCoordinator = typeof route === 'object' && !('broker' in route);
    const call = byCoordinator ? `${name}(api=FIND_COORDINATOR)` : name;
    super(`Timed out waiting for a node assignment. Call: ${call}`, cause);
  }
}

export class Cluster {
  readonly settings: ClusterSettings;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly clientId: string;
  readonly metadata: MetadataCache;
  readonly #label: string;
  readonly #failFast: boolean;
  readonly #onUnreachable: ClusterOptions['onUnreachable'];
  readonly #bootstrap: readonly Address[];
  readonly #transport: Transport;
  /** By `host:port`: a bootstrap address that the cluster advertises is one link, one connection. */
  readonly #links = new Map<string, BrokerLink>();
  readonly #keepAlive = new KeepAlive();
  #closed = false;
  #lastFailure: unknown;
  #workingBootstrap: string | undefined;

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
    this.#failFast = options.failFast ?? false;
    this.#onUnreachable = options.onUnreachable;
    this.#bootstrap = bootstrap;
    this.#transport = transport;
    this.clientId = settings.clientId || nextClientId(kind);
    this.#label = `[${kind} clientId=${this.clientId}]`;
    this.metadata = new MetadataCache(this);
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
      const addresses = parseBootstrapServers(bootstrapServers.length > 0 ? bootstrapServers : bootstrapControllers);
      const bootstrap = await resolvable(addresses, options.logger ?? silentLogger);
      return new Cluster(settings, kind, options, bootstrap, await openTransport(settings.security));
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
  async call<T>(
    name: string,
    route: Route,
    run: (broker: Broker) => Promise<T>,
    timeoutMs: number = this.settings.defaultApiTimeoutMs,
  ): Promise<T> {
    const deadline = this.clock.monotonicMs() + timeoutMs;
    return this.#keepAlive.during(async () => {
      for (let attempt = 1; ; attempt++) {
        try {
          const broker = await this.#broker(name, route, deadline);
          return await run(broker.within(deadline - this.clock.monotonicMs()));
        } catch (error) {
          await this.#beforeRetry(name, error, attempt, deadline);
        }
      }
    });
  }

  /** Whether controllers are asked, not brokers: they know no topics, and each is asked for its peers (KIP-919). */
  get toControllers(): boolean {
    return this.settings.bootstrapServers.length === 0;
  }

  /** The connected broker with this id. @throws ConnectionError, KafkaError BROKER_NOT_AVAILABLE if metadata has no such broker */
  async brokerById(id: number): Promise<Broker> {
    const node = this.metadata.node(id);
    if (!node) throw new KafkaError(ErrorCode.BROKER_NOT_AVAILABLE, `Broker ${id} is not known to the cluster`);
    return this.#openOnly(this.#link(node));
  }

  /** The broker with this id if it is known and connected now. */
  connected(id: number): Broker | undefined {
    const node = this.metadata.node(id);
    return node && this.#link(node).connected;
  }

  /** Milliseconds until the next attempt to connect to a broker may be made. */
  backoffMs(id: number): number {
    const node = this.metadata.node(id);
    return node ? this.#link(node).backoffMs : 0;
  }

  /** Logs with the client's name in front, as Kafka's clients do. */
  warn(message: string): void {
    this.logger.warn(`${this.#label} ${message}`);
  }

  /** Takes in what a Metadata response says of the brokers. */
  learn(response: MetadataResponse): void {
    this.metadata.update(response);
    for (const node of this.metadata.nodes) this.#link(node).node = node;
  }

  /** Waits; the process stays alive meanwhile. */
  sleep(ms: number): Promise<void> {
    return this.#keepAlive.during(() => new Promise((resolve) => this.clock.setTimer(ms, resolve)));
  }

  get closed(): boolean {
    return this.#closed;
  }

  close(): void {
    this.#closed = true;
    for (const link of this.#links.values()) link.close();
    this.#keepAlive.end();
  }

  /** Pause before attempt n + 1: exponential with jitter (ExponentialBackoff). */
  retryBackoffMs(attempt: number): number {
    const { retryBackoffMs, retryBackoffMaxMs } = this.settings;
    const jitter = 0.8 + 0.4 * Math.random();
    return Math.min(retryBackoffMs * 2 ** (attempt - 1) * jitter, retryBackoffMaxMs);
  }

  async #beforeRetry(name: string, error: unknown, attempt: number, deadline: number): Promise<void> {
    this.#unreachable(error);
    if (!isWorthRetrying(error) || attempt > this.settings.retries || this.#closed) throw error;
    if (this.#failFast && error instanceof ConnectionError && error.failure !== 'closed') throw error;
    if ((error as KafkaError).info.invalidMetadata) this.metadata.invalidate();
    const pause = this.retryBackoffMs(attempt);
    const now = this.clock.monotonicMs();
    if (now + pause >= deadline) {
      throw new TimeoutError(`Call(callName=${name}) timed out after ${attempt} attempt(s)`, error);
    }
    await this.sleep(pause);
  }

  async #broker(name: string, route: Route, deadline: number): Promise<Broker> {
    for (;;) {
      try {
        return await this.#route(route);
      } catch (error) {
        // The metadata that the call needs could not be had in time.
        if (error instanceof NoNodeError) throw new NoNodeError(name, route, error.cause);
        if (!(error instanceof ConnectionError)) throw error;
        this.#lastFailure = error;
        // A broker may have moved: what the cluster advertises now decides about the next attempt.
        if (route !== 'any') this.metadata.invalidate();
        if (this.#failFast || this.#closed || error.isFinal) throw error;
      }
      const now = this.clock.monotonicMs();
      const pause = this.#shortestBackoffMs();
      if (now + pause >= deadline) {
        await this.sleep(deadline - now);
        throw new NoNodeError(name, route, this.#lastFailure);
      }
      await this.sleep(pause);
    }
  }

  async #route(route: Route): Promise<Broker> {
    if (route === 'any') return this.#anyBroker();
    if (route === 'controller') {
      await this.metadata.ensureNodes();
      const { controllerId } = this.metadata;
      return controllerId < 0 ? this.#anyBroker() : this.brokerById(controllerId);
    }
    if ('broker' in route) {
      await this.metadata.ensureNodes();
      return this.brokerById(route.broker);
    }
    const any = await this.#anyBroker();
    const node =
      'group' in route
        ? await findCoordinator(any, CoordinatorType.GROUP, route.group)
        : await findCoordinator(any, CoordinatorType.TRANSACTION, route.transactionalId);
    return this.#openOnly(this.#link(node));
  }

  /** Connected brokers first, the least busy one of them; then the others, each once. @throws ConnectionError of the last */
  async #anyBroker(): Promise<Broker> {
    const links = this.#candidates();
    const connected = links.flatMap((link) => link.connected ?? []);
    if (connected.length > 0)
      return connected.reduce((a, b) => (b.connection.inFlight < a.connection.inFlight ? b : a));
    let failure = this.#lastFailure;
    for (const link of links) {
      if (link.backoffMs > 0) continue;
      try {
        return await this.#open(link);
      } catch (error) {
        failure = error;
      }
    }
    this.#unreachable(failure);
    throw failure;
  }

  /** Opens a link that no other can stand in for. */
  async #openOnly(link: BrokerLink): Promise<Broker> {
    try {
      return await this.#open(link);
    } catch (error) {
      this.#unreachable(error);
      throw error;
    }
  }

  #unreachable(error: unknown): void {
    if (!(error instanceof ConnectionError) || error.failure === 'closed') return;
    const reached = [...this.#links.values()].some((link) => link.node.id >= 0 && link.hasAnswered);
    if (!reached) this.#onUnreachable?.(error);
  }

  async #open(link: BrokerLink): Promise<Broker> {
    if (this.#closed) throw new ConnectionError('closed', 'The client is closed');
    try {
      const broker = await link.open();
      this.#workingBootstrap ??= addressText(link.node);
      return broker;
    } catch (error) {
      this.#lastFailure = error;
      if (error instanceof AuthenticationError) await this.#tellRefused(link.node, error);
      else await this.#warnUnreachable(link.node);
      throw error;
    }
  }

  async #tellRefused(node: Node, { message }: AuthenticationError): Promise<void> {
    const where = await placeOf(node);
    this.logger.error(
      `${this.#label} Connection to node ${node.id} (${where}) failed authentication due to: ${message}`,
    );
  }

  async #warnUnreachable(node: Node): Promise<void> {
    const where = await placeOf(node);
    this.warn(`Connection to node ${node.id} (${where}) could not be established. Node may not be available.`);
  }

  #candidates(): BrokerLink[] {
    const known = this.metadata.nodes.map((node) => this.#link(node));
    const bootstrap = this.#bootstrap.map(({ host, port }, i) => this.#link({ id: -1 - i, host, port, rack: null }));
    return [...new Set([...known, ...bootstrap])];
  }

  #shortestBackoffMs(): number {
    return Math.max(1, Math.min(...this.#candidates().map((link) => link.backoffMs)));
  }

  #link(node: Node): BrokerLink {
    const key = addressText(node);
    let link = this.#links.get(key);
    if (!link) {
      const options = { clientId: this.clientId, clock: this.clock, transport: this.#transport };
      link = new BrokerLink(node, this.settings, options, node.id < 0 ? undefined : this.#workingBootstrap);
      this.#links.set(key, link);
    }
    // A bootstrap address turns out to be a certain broker's.
    if (node.id >= 0 && link.node.id < 0) link.node = node;
    return link;
  }
}

/** `localhost/127.0.0.1:9092` */
async function placeOf(node: Node): Promise<string> {
  const ip = await resolve(node).then(
    ([address]) => address?.host ?? '',
    () => '<unresolved>',
  );
  const host = node.host === ip ? '' : node.host;
  return `${host}/${addressText({ host: ip, port: node.port })}`;
}

function isWorthRetrying(error: unknown): boolean {
  if (error instanceof ConnectionError && error.isFinal) return false;
  return error instanceof KafkaError && error.retriable && !(error instanceof NoNodeError);
}

async function resolvable(addresses: readonly Address[], logger: Logger): Promise<Address[]> {
  const kept: Address[] = [];
  for (const address of addresses) {
    try {
      await resolve(address);
      kept.push(address);
    } catch {
      const { host } = address;
      logger.warn(
        `Couldn't resolve server ${addressText(address)} from bootstrap.servers as DNS resolution failed for ${host}`,
      );
    }
  }
  if (kept.length === 0) throw new ConfigError('No resolvable bootstrap urls given in bootstrap.servers');
  return kept;
}

/** `adminclient-1`, `producer-1`, counted through the process as Kafka's clients count. */
function nextClientId(kind: string): string {
  const number = (clients.get(kind) ?? 0) + 1;
  clients.set(kind, number);
  return `${kind.toLowerCase()}-${number}`;
}
