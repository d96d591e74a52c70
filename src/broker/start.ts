// The composition root: the only place that knows all parts of a broker. No part has module-level state, so a process can
// run as many brokers as it likes.
import { systemClock } from '../util/clock.ts';
import { silentLogger } from '../util/logger.ts';
import { randomUuid } from '../util/uuid.ts';
import { type BrokerOptions, configOf } from './broker-options.ts';
import { handlersByKey } from './handlers/index.ts';
import { dispatch } from './network/dispatch.ts';
import { Network } from './network/network.ts';
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
  let network: Network | undefined;
  const services = {
    nodeId: config.nodeId,
    clusterId: randomUuid(),
    clock,
    logger,
    config,
    handlers: handlersByKey,
    metadata: { features: new Map(), lastOffset: 0 },
    endpointFor: (connection) => network!.endpointFor(connection),
  } as unknown as Services;
  network = await Network.open({ config, clock, logger, dispatch: (frame, from) => dispatch(frame, from, services) });
  const open = network;
  const { host, port } = open.endpointFor({
    listenerName: config.interBrokerListenerName,
    localAddress: '127.0.0.1',
    localPort: 0,
  });
  let closing: Promise<void> | undefined;
  const close = async () => {
    open.stopAccepting();
    await open.closeConnections(CLOSE_GRACE_MS);
  };
  return {
    address: `${host}:${port}`,
    host,
    port,
    clusterId: services.clusterId,
    nodeId: config.nodeId,
    dataDir: options.ephemeral ? undefined : config.logDirs[0],
    services,
    close: () => (closing ??= close()),
  };
}
