// All listeners of a broker.
import type { Clock } from '../../util/clock.ts';
import type { Logger } from '../../util/logger.ts';
import type { BrokerConfig } from '../config/broker-config.ts';
import { ConfigError } from '../config/config-error.ts';
import type { Listener as ListenerAddress } from '../config/listeners.ts';
import { clientWindows } from '../quotas/windows.ts';
import type { Endpoint } from '../services.ts';
import type { AddressRates } from './address-rates.ts';
import { ConnectionLimits } from './connection-limits.ts';
import { ConnectionQuota } from './connection-quota.ts';
import { Listener } from './listener.ts';
import type { ConnectionSettings } from './settings.ts';
import { Unauthenticated } from './unauthenticated.ts';

export interface NetworkSettings {
  readonly config: BrokerConfig;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly dispatch: ConnectionSettings['dispatch'];
  readonly rates: AddressRates;
  readonly sent: ConnectionSettings['sent'];
  /** BrokerConfig.values, as they are now; those of `config` by default. */
  readonly values?: () => ReadonlyMap<string, string>;
}

// Kafka's default of 50 fills up when clients come faster than one thread is given the processor; they then wait for a
// retransmission.
const SHORTEST_BACKLOG = 511;

export class Network {
  readonly #config: BrokerConfig;
  readonly #listeners: readonly Listener[];
  readonly #quotas: readonly ConnectionQuota[];

  private constructor(config: BrokerConfig, listeners: readonly Listener[], quotas: readonly ConnectionQuota[]) {
    this.#config = config;
    this.#listeners = listeners;
    this.#quotas = quotas;
  }

  /**
   * Binds every listener of the configuration, or none.
   * @throws ListenError if an address cannot be bound
   */
  static async open({ config, clock, logger, dispatch, sent, rates, values }: NetworkSettings): Promise<Network> {
    const current = values ?? (() => config.values);
    const backlog = Math.max(SHORTEST_BACKLOG, config.socketListenBacklogSize);
    const open: Listener[] = [];
    const limits = new ConnectionLimits(current);
    const [unknown] = await limits.unknownHosts;
    if (unknown !== undefined)
      throw new ConfigError(`max.connections.per.ip.overrides: the host ${unknown} is not known`);
    // Controllers have limits of their own, of the same size.
    const quotas = [false, true].map(
      (controller) =>
        new ConnectionQuota({
          clock,
          rates,
          backlog,
          limits,
          windows: clientWindows(config),
          listeners: config.listeners.filter((one) => one.controller === controller).map(({ name }) => name),
          interBroker: controller ? undefined : config.interBrokerListenerName,
          closeQuietest: (names) => closeQuietest(open.filter(({ name }) => names.includes(name))),
        }),
    );
    const common = {
      clock,
      logger,
      dispatch,
      sent,
      unauthenticated: new Unauthenticated(),
      values: current,
      maxFrameBytes: config.socketRequestMaxBytes,
      maxLoginFrameBytes: config.saslServerMaxReceiveSize,
      maxIdleMs: config.connectionsMaxIdleMs < 0 ? Number.POSITIVE_INFINITY : config.connectionsMaxIdleMs,
      backlog,
    };
    for (const address of config.listeners) {
      try {
        open.push(await openListener(address, { ...common, quota: quotas[Number(address.controller)]! }));
      } catch (error) {
        for (const listener of open) listener.stopAccepting();
        throw error;
      }
    }
    return new Network(config, open, quotas);
  }

  /** The port that a listener is bound to. */
  portOf(listenerName: string): number {
    return this.#listeners.find(({ name }) => name === listenerName)?.port ?? 0;
  }

  get connectionCount(): number {
    return this.#listeners.reduce((count, listener) => count + listener.connectionCount, 0);
  }

  /** See Services.endpointFor. */
  endpointFor(connection: { listenerName: string; localAddress: string; localPort: number }): Endpoint {
    const { advertisedListeners, interBrokerListenerName } = this.#config;
    const named = (wanted: string) => advertisedListeners.find(({ name }) => name === wanted);
    // A client of the controller listener is sent where brokers would go.
    const listener = named(connection.listenerName) ?? named(interBrokerListenerName);
    if (listener === undefined)
      return { listenerName: connection.listenerName, host: connection.localAddress, port: connection.localPort };
    const { name, host, port } = listener;
    return { listenerName: name, host: host ?? connection.localAddress, port: port || this.portOf(name) };
  }

  /** Takes up what has changed: key stores and trust stores, files or settings, and how many connections there may be. */
  refresh(): void {
    for (const quota of this.#quotas) quota.refresh();
    for (const listener of this.#listeners) listener.refresh();
  }

  /** @throws TlsError if a listener could not go on with these values, which are as BrokerConfig.values */
  check(values: ReadonlyMap<string, string>): void {
    for (const listener of this.#listeners) listener.check(values);
  }

  stopAccepting(): void {
    for (const quota of this.#quotas) quota.close();
    for (const listener of this.#listeners) listener.stopAccepting();
  }

  /** Ends all connections once their requests are answered, after `graceMs` in any case. */
  async closeConnections(graceMs: number): Promise<void> {
    await Promise.all(this.#listeners.map((listener) => listener.closeConnections(graceMs)));
  }
}

function closeQuietest(listeners: readonly Listener[]): void {
  const each = listeners.flatMap(({ quietest }) => quietest ?? []);
  each.sort((a, b) => a.lastActivityMs - b.lastActivityMs)[0]?.destroy();
}

/** An address that cannot be listened on; the message says which and what to do. */
export class ListenError extends Error {
  override name = 'ListenError';
}

async function openListener(
  address: ListenerAddress,
  common: Omit<Parameters<typeof Listener.open>[0], 'address'>,
): Promise<Listener> {
  const { host, port } = address;
  try {
    return await Listener.open({ address, ...common });
  } catch (error) {
    if (!(error instanceof Error) || error instanceof ConfigError) throw error;
    throw new ListenError(listenFailure(error, host === '' ? `port ${port}` : `${host}:${port}`, port), {
      cause: error,
    });
  }
}

function listenFailure(error: NodeJS.ErrnoException, place: string, port: number): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return `Cannot listen on ${place}: Address already in use. Stop the program that listens there, or choose another port with --port`;
    case 'EADDRNOTAVAIL':
      return `${place} is no address of this machine: choose another with --host`;
    case 'EACCES':
      return `Port ${port} needs more rights than this user has: choose one above 1023 with --port`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `The host of ${place} is not known: choose another with --host`;
    default:
      return `Cannot listen on ${place}: ${error.message}`;
  }
}
