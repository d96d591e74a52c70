// A listening socket and its connections.
import net from 'node:net';
import type { Timer } from '../../util/clock.ts';
import { isTls, type Listener as ListenerAddress } from '../config/listeners.ts';
import { plainAddress } from './addresses.ts';
import { Connection } from './connection.ts';
import type { ConnectionQuota } from './connection-quota.ts';
import type { ConnectionSettings } from './settings.ts';
import type { TlsServer, TlsServerSettings } from './tls/tls-server.ts';
import type { Unauthenticated } from './unauthenticated.ts';

/** Connections are looked over this often for idle ones and unfinished requests. */
const LONGEST_SWEEP_MS = 5_000;
/** Answers up to this size are handed to the socket without waiting for the client to take them. */
const WRITE_MARK_BYTES = 1024 * 1024;

export interface ListenerSettings extends ConnectionSettings {
  readonly address: ListenerAddress;
  /** Connections that may wait to be accepted. */
  readonly backlog: number;
  readonly quota: ConnectionQuota;
  readonly unauthenticated: Unauthenticated;
  /** BrokerConfig.values, as they are now. */
  readonly values: () => ReadonlyMap<string, string>;
}

export class Listener {
  readonly #settings: ListenerSettings;
  readonly #server: net.Server;
  readonly #connections = new Set<Connection>();
  /** Accepted, and no connections yet or ever: in their TLS handshake, or to be closed later for coming too early. */
  readonly #unserved = new Set<net.Socket>();
  readonly #tls: TlsServer | undefined;
  #sweepTimer: Timer | undefined;
  #nextId = 0;

  private constructor(settings: ListenerSettings, tls?: TlsServer) {
    this.#settings = settings;
    this.#tls = tls;
    // Nothing is read of who has to wait for room.
    const options = { noDelay: true, keepAlive: true, highWaterMark: WRITE_MARK_BYTES, pauseOnConnect: true };
    this.#server = net.createServer(options, (socket) => this.#accept(socket));
  }

  /**
   * Binds the address and takes connections.
   * @throws ConfigError for ssl.* settings that cannot be used
   * @throws NodeJS.ErrnoException of listen(2): EADDRINUSE, EADDRNOTAVAIL, EACCES, ENOTFOUND
   */
  static async open(settings: ListenerSettings): Promise<Listener> {
    const { address, values, logger, clock } = settings;
    const tls = isTls(address.protocol) ? await openTls({ listener: address, values, logger, clock }) : undefined;
    const listener = new Listener(settings, tls);
    await listener.#listen();
    listener.#sweepLater();
    return listener;
  }

  get name(): string {
    return this.#settings.address.name;
  }

  /** The port that is bound: the configured one, or the system's choice for 0. */
  get port(): number {
    const bound = this.#server.address();
    return bound !== null && typeof bound === 'object' ? bound.port : 0;
  }

  get connectionCount(): number {
    return this.#connections.size;
  }

  /** The connection that was quiet for longest. */
  get quietest(): Connection | undefined {
    let found: Connection | undefined;
    for (const one of this.#connections)
      if (found === undefined || one.lastActivityMs < found.lastActivityMs) found = one;
    return found;
  }

  /** Takes up key stores and trust stores that have changed. */
  refresh(): void {
    this.#tls?.refresh();
  }

  /** @throws TlsError if the listener could not go on with these values */
  check(values: ReadonlyMap<string, string>): void {
    this.#tls?.check(values);
  }

  /** Takes no more connections; those that are open go on. */
  stopAccepting(): void {
    this.#sweepTimer?.cancel();
    this.#server.close();
  }

  /**
   * Ends all connections, those with a request in hand when it is answered.
   * @returns when all are gone, those that are not after `graceMs` having been cut
   */
  async closeConnections(graceMs: number): Promise<void> {
    const gone = [...this.#connections].map(
      (connection) => new Promise<void>((resolve) => void connection.onClose(resolve)),
    );
    for (const socket of this.#unserved) socket.destroy();
    for (const connection of this.#connections) connection.closeWhenServed();
    const cut = setTimeout(() => {
      for (const connection of this.#connections) connection.destroy();
    }, graceMs);
    await Promise.all(gone);
    clearTimeout(cut);
  }

  #listen(): Promise<void> {
    const { address, backlog } = this.#settings;
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      const place = { port: address.port, backlog, ...(address.host === '' ? {} : { host: address.host }) };
      this.#server.listen(place, () => {
        this.#server.off('error', reject);
        // Out of file descriptors, for example: what is open stays open.
        this.#server.on('error', (error) => this.#settings.logger.error('Error while accepting connection', error));
        resolve();
      });
    });
  }

  #accept(socket: net.Socket): void {
    const { address, quota, clock, logger } = this.#settings;
    // Gone before it was accepted.
    if (socket.remoteAddress === undefined) {
      socket.destroy();
      return;
    }
    const client = plainAddress(socket.remoteAddress);
    // Whatever becomes of it: an error that nobody listens for would end the process.
    socket.on('error', () => {});
    quota.enter(address.name, {
      address: client,
      admit: () => this.#admit(socket, client),
      refuse: (line) => {
        logger.info(line);
        socket.destroy();
      },
      throttle: (ms) => {
        logger.debug(`Connection from /${client} comes too early: closed in ${ms} ms`);
        const timer = clock.setTimer(ms, () => socket.destroy());
        this.#unserved.add(socket);
        socket.once('close', () => {
          timer.cancel();
          this.#unserved.delete(socket);
        });
      },
    });
  }

  #admit(socket: net.Socket, client: string): void {
    const { address, quota, unauthenticated } = this.#settings;
    if (socket.destroyed) {
      quota.release(address.name, client);
      return;
    }
    socket.once('close', () => {
      quota.release(address.name, client);
      unauthenticated.delete(socket);
      this.#unserved.delete(socket);
    });
    if (address.protocol !== 'PLAINTEXT') unauthenticated.add(socket);
    if (this.#tls === undefined) {
      this.#serve(socket, socket);
      return;
    }
    this.#unserved.add(socket);
    this.#tls.accept(socket, (secured, principal) => {
      this.#unserved.delete(socket);
      this.#serve(secured, socket, principal);
    });
  }

  /** @param accepted the socket under `socket`, the same without TLS */
  #serve(socket: net.Socket, accepted: net.Socket, principal?: string): void {
    const { address, unauthenticated } = this.#settings;
    const connection = new Connection(socket, this.#nextId++, address, this.#settings, principal);
    const { authentication } = connection;
    if (authentication.isComplete) unauthenticated.delete(accepted);
    else authentication.onComplete = () => unauthenticated.delete(accepted);
    this.#connections.add(connection);
    connection.onClose(() => void this.#connections.delete(connection));
    socket.resume();
  }

  #sweepLater(): void {
    const { clock, maxIdleMs } = this.#settings;
    const everyMs = Math.max(100, Math.min(LONGEST_SWEEP_MS, maxIdleMs / 4));
    this.#sweepTimer = clock.setTimer(everyMs, () => {
      this.refresh();
      const nowMs = clock.monotonicMs();
      for (const connection of this.#connections) connection.reap(nowMs);
      this.#sweepLater();
    });
  }
}

/** Loaded where it is needed: most brokers do without. */
async function openTls(settings: TlsServerSettings): Promise<TlsServer> {
  const { TlsServer } = await import('./tls/tls-server.ts');
  return new TlsServer(settings);
}
