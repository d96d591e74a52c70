// A broker's life: addresses bound, parts opened, requests served, all closed again. Nothing has module-level state, so a
// process can run as many brokers as it likes.
import { nodeFiles } from '../log/files.ts';
import { memoryFiles } from '../log/memory-files.ts';
import { systemClock } from '../util/clock.ts';
import { deferred } from '../util/deferred.ts';
import { silentLogger } from '../util/logger.ts';
import { type BrokerOptions, configOf, isEphemeral } from './broker-options.ts';
import type { BrokerConfig } from './config/broker-config.ts';
import { LoggerName, Loggers } from './loggers.ts';
import { AddressRates } from './network/address-rates.ts';
import { dispatch } from './network/dispatch.ts';
import { Network } from './network/network.ts';
import { openServices } from './open-services.ts';
import { clientWindows } from './quotas/windows.ts';
import type { Services } from './services.ts';

/** A broker that serves. */
export interface Broker {
  /** Host and port that clients are told. */
  readonly address: string;
  readonly host: string;
  readonly port: number;
  readonly clusterId: string;
  readonly nodeId: number;
  /** Undefined when everything is in memory. */
  readonly dataDir: string | undefined;
  /** What the broker works with; for tests and for those who build on it. */
  readonly services: Services;
  /** Stops cleanly: answers the requests in hand, writes everything to disk. Calling it again gives the same promise. */
  close(): Promise<void>;
}

/** Requests in hand have this long to be answered when the broker stops. */
const CLOSE_GRACE_MS = 2_000;

/**
 * Starts a broker and resolves when it serves.
 * @throws ConfigError on a bad setting, ListenError on an address that cannot be bound, Error on a data directory in use
 */
export async function startBroker(options: BrokerOptions = {}): Promise<Broker> {
  const config = configOf(options);
  const { clock = systemClock, logger = silentLogger } = options;
  const loggers = new Loggers(logger, options.logLevel ?? 'INFO');
  const server = loggers.named(LoggerName.SERVER);
  for (const note of config.notes) server.warn(note);
  // The addresses are bound first: they are part of the broker's registration. Requests that come early wait.
  const ready = deferred<Services>();
  let services: Services | undefined;
  const rates = new AddressRates(clock, clientWindows(config));
  const network = await Network.open({
    config,
    clock,
    logger: loggers.named(LoggerName.NETWORK),
    rates,
    dispatch: (frame, connection) =>
      services === undefined
        ? ready.promise.then((opened) => dispatch(frame, connection, opened))
        : dispatch(frame, connection, services),
    sent: (buffer) => services?.logs.giveBack(buffer),
  });
  try {
    const files = options.files ?? (isEphemeral(options) ? memoryFiles() : nodeFiles);
    services = await openServices({ config, files, clock, loggers, network, rates });
  } catch (error) {
    network.stopAccepting();
    await network.closeConnections(0);
    throw error;
  }
  ready.resolve(services);
  return running(config, options, network, services);
}

function running(config: BrokerConfig, options: BrokerOptions, network: Network, services: Services): Broker {
  const { host, port } = network.endpointFor({
    listenerName: config.interBrokerListenerName,
    localAddress: 'localhost',
    localPort: 0,
  });
  let closing: Promise<void> | undefined;
  const close = async () => {
    network.stopAccepting();
    services.fetchPurgatory.close();
    services.shareState.close();
    services.transactions.close();
    services.groups.close();
    await network.closeConnections(CLOSE_GRACE_MS);
    await services.logs.close();
  };
  return {
    address: `${host}:${port}`,
    host,
    port,
    clusterId: services.clusterId,
    nodeId: config.nodeId,
    dataDir: isEphemeral(options) ? undefined : config.logDirs[0],
    services,
    close: () => (closing ??= close()),
  };
}
