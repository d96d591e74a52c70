// The ways to all brokers of a cluster, the bootstrap addresses among them: which there are, which of them is the best
// now, and who is told when none can be reached.
import { lookupService } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Clock } from '../util/clock.ts';
import type { Logger } from '../util/logger.ts';
import type { Node } from './admin/types.ts';
import { type Address, addressText } from './bootstrap.ts';
import { type Broker, BrokerLink, type LinkSettings, resolve } from './broker-link.ts';
import { AuthenticationError, ConfigError, ConnectionError } from './errors.ts';
import type { Transport } from './security/transport.ts';

export interface BrokerLinksOptions {
  readonly bootstrap: readonly Address[];
  readonly settings: LinkSettings;
  readonly transport: Transport;
  readonly clientId: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The client's name in front of its log lines: `[AdminClient clientId=adminclient-1]`. */
  readonly label: string;
  /** Whether a bootstrap address that cannot be reached is named once more, as by Kafka's producers and consumers. */
  readonly tellsBootstrap: boolean;
  /** The brokers that metadata has, by rising id. */
  readonly nodes: () => readonly Node[];
  /** Told why, as long as no broker has been reached at the address that the cluster gives for it. */
  readonly onUnreachable: ((error: ConnectionError) => void) | undefined;
}

export class BrokerLinks {
  readonly #options: BrokerLinksOptions;
  /** By `host:port`: a bootstrap address that the cluster advertises is one link, one connection. */
  readonly #links = new Map<string, BrokerLink>();
  #closed = false;
  #lastFailure: unknown;
  #workingBootstrap: string | undefined;

  constructor(options: BrokerLinksOptions) {
    this.#options = options;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** The link to this node, made if there is none yet at its address. */
  of(node: Node): BrokerLink {
    const key = addressText(node);
    let link = this.#links.get(key);
    if (!link) {
      const { settings, clientId, clock, transport } = this.#options;
      link = new BrokerLink(node, settings, { clientId, clock, transport }, this.#advertisedThrough(node));
      this.#links.set(key, link);
    }
    // A bootstrap address turns out to be a certain broker's.
    if (node.id >= 0 && link.node.id < 0) link.node = node;
    return link;
  }

  /** Takes in what metadata says of the brokers. */
  learn(nodes: readonly Node[]): void {
    for (const node of nodes) this.of(node).node = node;
  }

  /** Connected brokers first, the least busy one of them; then the others, each once. @throws ConnectionError of the last */
  async any(): Promise<Broker> {
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
    this.tellUnreachable(failure);
    throw failure;
  }

  /** The connected broker at a node that no other can stand in for. @throws ConnectionError, AuthenticationError */
  async open(node: Node): Promise<Broker> {
    try {
      return await this.#open(this.of(node));
    } catch (error) {
      this.tellUnreachable(error);
      throw error;
    }
  }

  /** Milliseconds until an attempt to connect to one of the brokers may be made, 1 at least. */
  get shortestBackoffMs(): number {
    return Math.max(1, Math.min(...this.#candidates().map((link) => link.backoffMs)));
  }

  /** Says it to `onUnreachable` if this is a failure to connect, and no advertised address has ever worked. */
  tellUnreachable(error: unknown): void {
    if (!(error instanceof ConnectionError) || error.failure === 'closed') return;
    const reached = [...this.#links.values()].some((link) => link.node.id >= 0 && link.hasAnswered);
    if (!reached) this.#options.onUnreachable?.(error);
  }

  close(): void {
    this.#closed = true;
    for (const link of this.#links.values()) link.close();
  }

  async #open(link: BrokerLink): Promise<Broker> {
    if (this.#closed) throw new ConnectionError('closed', 'The client is closed');
    try {
      const broker = await link.open();
      this.#workingBootstrap ??= addressText(link.node);
      return broker;
    } catch (error) {
      this.#lastFailure = error;
      await this.#log(link.node, error);
      throw error;
    }
  }

  async #log(node: Node, error: unknown): Promise<void> {
    const { logger, label, tellsBootstrap } = this.#options;
    const connection = `${label} Connection to node ${node.id}`;
    if (error instanceof AuthenticationError) {
      const place = await placeOf(node, await hostName(node));
      logger.error(`${connection} (${place}) failed authentication due to: ${error.message}`);
    } else logger.warn(`${connection} (${await placeOf(node)}) could not be established. Node may not be available.`);
    if (tellsBootstrap && node.id < 0) {
      const broker = `${addressText(node)} (id: ${node.id} rack: null isFenced: false)`;
      logger.warn(`${label} Bootstrap broker ${broker} disconnected`);
    }
  }

  #advertisedThrough(node: Node): string | undefined {
    return node.id < 0 ? undefined : this.#workingBootstrap;
  }

  #candidates(): BrokerLink[] {
    const known = this.#options.nodes().map((node) => this.of(node));
    const bootstrap = this.#options.bootstrap.map(({ host, port }, i) =>
      this.of({ id: -1 - i, host, port, rack: null }),
    );
    return [...new Set([...known, ...bootstrap])];
  }
}

/** The addresses that have an IP address. @throws ConfigError if none has */
export async function resolvable(addresses: readonly Address[], logger: Logger): Promise<Address[]> {
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

/** Java has asked for the name of an address by the time that a login is refused. */
const hostName = ({ host, port }: Node): Promise<string> =>
  isIP(host) === 0
    ? Promise.resolve(host)
    : lookupService(host, port).then(
        ({ hostname }) => hostname,
        () => host,
      );

/** `localhost/127.0.0.1:9092` */
async function placeOf(node: Node, name = node.host): Promise<string> {
  const ip = await resolve(node).then(
    ([address]) => address?.host ?? '',
    () => '<unresolved>',
  );
  const host = name === ip ? '' : name;
  return `${host}/${addressText({ host: ip, port: node.port })}`;
}
