// The way to one broker: at most one connection, opened when it is first needed and again when it was lost, with the
// pauses between attempts that Kafka's clients make.
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Api, RequestInput, ResponseOf } from '../protocol/schema.ts';
import type { Node } from './admin/types.ts';
import type { Address } from './bootstrap.ts';
import { addressText } from './bootstrap.ts';
import { Connection, type ConnectionOptions } from './connection.ts';
import { cannotConnect } from './connection-failures.ts';
import { BrokerVersions, negotiate } from './negotiation.ts';
import type { Peer } from './peer.ts';
import type { Transport } from './security/transport.ts';
import { checkLimits } from './version-limits.ts';

export interface LinkSettings {
  readonly connectTimeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly reconnectBackoffMs: number;
  readonly reconnectBackoffMaxMs: number;
}

export interface SendOptions {
  /** Highest version to use. */
  readonly maxVersion?: number;
  /** Lowest version that can say what is asked. */
  readonly minVersion?: number;
  /** Milliseconds, default `request.timeout.ms`. */
  readonly timeoutMs?: number;
}

/** A connection's, but for the name that each link knows its broker by. */
export interface LinkOptions extends Omit<ConnectionOptions, 'host'> {
  readonly transport: Transport;
}

/** A broker that is connected and whose versions are known. */
export class Broker {
  readonly connection: Connection;
  readonly versions: BrokerVersions;
  readonly #requestTimeoutMs: number;

  readonly #link: { readonly node: Node };

  constructor(
    link: { readonly node: Node },
    connection: Connection,
    versions: BrokerVersions,
    requestTimeoutMs: number,
  ) {
    this.#link = link;
    this.connection = connection;
    this.versions = versions;
    this.#requestTimeoutMs = requestTimeoutMs;
  }

  get node(): Node {
    return this.#link.node;
  }

  /** The same broker for a caller with less time than `request.timeout.ms`. */
  within(timeoutMs: number): Broker {
    if (timeoutMs >= this.#requestTimeoutMs) return this;
    return new Broker(this.#link, this.connection, this.versions, Math.max(1, timeoutMs));
  }

  /** Sends at the best common version. @throws UnsupportedVersionError, ConnectionError, TimeoutError */
  async send<A extends Api>(api: A, body: RequestInput<A>, options: SendOptions = {}): Promise<ResponseOf<A>> {
    const version = this.versions.best(api, options.maxVersion, options.minVersion);
    // The newest version can say all; that is every request to a broker of today, those of each batch too.
    if (version < api.versions[1]) checkLimits(api.name, version, body);
    return this.connection.send(api, version, body, options.timeoutMs ?? this.#requestTimeoutMs);
  }
}

export class BrokerLink {
  /** The best that is known of the broker: its id once metadata told it. */
  node: Node;
  readonly #peer: Peer;
  readonly #settings: LinkSettings;
  readonly #options: LinkOptions;
  #broker: Broker | undefined;
  #opening: Promise<Broker> | undefined;
  #failures = 0;
  #notBeforeMs = 0;
  #closed = false;

  constructor(node: Node, settings: LinkSettings, options: LinkOptions, advertisedThrough?: string) {
    this.node = node;
    this.#settings = settings;
    this.#options = options;
    const text = addressText(node);
    const { tls } = options.transport;
    this.#peer = advertisedThrough
      ? { text, tls, advertisedBy: { brokerId: node.id, bootstrap: advertisedThrough } }
      : { text, tls };
  }

  /** The broker if it is connected now. */
  get connected(): Broker | undefined {
    return this.#broker?.connection.failure === undefined ? this.#broker : undefined;
  }

  /** Whether the broker was connected at least once. */
  get hasAnswered(): boolean {
    return this.#broker !== undefined;
  }

  /** Milliseconds until the next attempt may be made; 0 for now. */
  get backoffMs(): number {
    return Math.max(0, this.#notBeforeMs - this.#options.clock.monotonicMs());
  }

  /**
   * Connects and negotiates, unless that is done or under way.
   * @throws ConnectionError
   */
  open(): Promise<Broker> {
    const connected = this.connected;
    if (connected) return Promise.resolve(connected);
    this.#opening ??= this.#connect().finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  close(): void {
    this.#closed = true;
    this.#broker?.connection.close();
  }

  async #connect(): Promise<Broker> {
    const { requestTimeoutMs } = this.#settings;
    try {
      const connection = await this.#openSocket();
      if (this.#closed) connection.close();
      const versions = new BrokerVersions(await negotiate(connection, requestTimeoutMs));
      await this.#login(connection, versions);
      this.#failures = 0;
      this.#broker = new Broker(this, connection, versions, requestTimeoutMs);
      return this.#broker;
    } catch (error) {
      this.#backOff();
      throw error;
    }
  }

  async #login(connection: Connection, versions: BrokerVersions): Promise<void> {
    const { login } = this.#options.transport;
    try {
      await login?.({
        connection,
        versions,
        host: this.node.host,
        timeoutMs: this.#settings.requestTimeoutMs,
        clock: this.#options.clock,
      });
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  /** Tries every address that the name has (client.dns.lookup=use_all_dns_ips). */
  async #openSocket(): Promise<Connection> {
    const options = { ...this.#options, host: this.node.host };
    try {
      let failure: unknown;
      for (const address of await resolve(this.node)) {
        try {
          return await Connection.open(address, this.#peer, this.#settings.connectTimeoutMs, options);
        } catch (error) {
          failure ??= error;
        }
      }
      throw failure;
    } catch (error) {
      throw cannotConnect(this.#peer, error);
    }
  }

  /** Doubles with every failure in a row, up to reconnect.backoff.max.ms. */
  #backOff(): void {
    const { reconnectBackoffMs, reconnectBackoffMaxMs } = this.#settings;
    const pause = Math.min(reconnectBackoffMs * 2 ** this.#failures, reconnectBackoffMaxMs);
    this.#failures++;
    this.#notBeforeMs = this.#options.clock.monotonicMs() + pause;
  }
}

/** RFC 6761, 6.3. Node's test whether a name is an address is left out: its regular expression takes 5 ms to compile. */
const LOOPBACK = ['127.0.0.1', '::1'];

/** The addresses behind a host name, IPv4 first as in Java. @throws the resolver's error */
export async function resolve({ host, port }: Address): Promise<Address[]> {
  if (host === 'localhost') return LOOPBACK.map((address) => ({ host: address, port }));
  if (isIP(host) !== 0) return [{ host, port }];
  const found = await lookup(host, { all: true, verbatim: false });
  return found.map(({ address }) => ({ host: address, port }));
}
