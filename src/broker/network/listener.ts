// A listening socket and its connections.
import net from 'node:net';
import type { Timer } from '../../util/clock.ts';
import type { Listener as ListenerAddress } from '../config/listeners.ts';
import type { AddressRates } from './address-rates.ts';
import { plainAddress } from './addresses.ts';
import { Connection } from './connection.ts';
import type { ConnectionQuota } from './connection-quota.ts';
import type { ConnectionSettings } from './settings.ts';

/** Connections are looked over this often for idle ones and unfinished requests. */
const LONGEST_SWEEP_MS = 5_000;
/** Answers up to this size are handed to the socket without waiting for the client to take them. */
const WRITE_MARK_BYTES = 1024 * 1024;

export interface ListenerSettings extends ConnectionSettings {
  readonly address: ListenerAddress;
  /** Connections that may wait to be accepted. */
  readonly backlog: number;
  readonly quota: ConnectionQuota;
  readonly rates: AddressRates;
}

export class Listener {
  readonly #settings: ListenerSettings;
  readonly #server: net.Server;
  readonly #connections = new Set<Connection>();
  #sweepTimer: Timer | undefined;
  #nextId = 0;

  private constructor(settings: ListenerSettings) {
    this.#settings = settings;
    const options = { noDelay: true, keepAlive: true, highWaterMark: WRITE_MARK_BYTES };
    this.#server = net.createServer(options, (socket) => this.#accept(socket));
  }

  /**
   * Binds the address and takes connections.
   * @throws NodeJS.ErrnoException of listen(2): EADDRINUSE, EADDRNOTAVAIL, EACCES, ENOTFOUND
   */
  static async open(settings: ListenerSettings): Promise<Listener> {
    const listener = new Listener(settings);
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
    const { address, quota, rates, clock, logger } = this.#settings;
    // Gone before it was accepted.
    if (socket.remoteAddress === undefined) {
      socket.destroy();
      return;
    }
    const client = plainAddress(socket.remoteAddress);
    const throttleMs = rates.take(client);
    if (throttleMs > 0) {
      logger.debug(`Connection from /${client} comes too early: closed in ${throttleMs} ms`);
      clock.setTimer(throttleMs, () => socket.destroy());
      return;
    }
    const refusal = quota.take(client);
    if (refusal !== undefined) {
      logger.info(refusal);
      socket.destroy();
      return;
    }
    const connection = new Connection(socket, this.#nextId++, address, this.#settings);
    this.#connections.add(connection);
    connection.onClose(() => {
      this.#connections.delete(connection);
      quota.release(client);
    });
  }

  #sweepLater(): void {
    const { clock, maxIdleMs } = this.#settings;
    const everyMs = Math.max(100, Math.min(LONGEST_SWEEP_MS, maxIdleMs / 4));
    this.#sweepTimer = clock.setTimer(everyMs, () => {
      const nowMs = clock.monotonicMs();
      for (const connection of this.#connections) connection.reap(nowMs);
      this.#sweepLater();
    });
  }
}
