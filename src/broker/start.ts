// The composition root: the only place that knows all parts of a broker. No part has module-level state, so a process can
// run as many brokers as it likes.
import { nodeFiles } from '../log/files.ts';
import type { LogManager } from '../log/log-manager.ts';
import { memoryFiles } from '../log/memory-files.ts';
import { systemClock } from '../util/clock.ts';
import { deferred } from '../util/deferred.ts';
import { silentLogger } from '../util/logger.ts';
import { randomUuid } from '../util/uuid.ts';
import { type BrokerOptions, configOf, isEphemeral } from './broker-options.ts';
import type { BrokerConfig } from './config/broker-config.ts';
import { effectiveTopicConfig } from './config/topic-config.ts';
import { configInForce } from './dynamic-config.ts';
import { FetchPurgatory } from './fetch/fetch-purgatory.ts';
import { FetchSessions } from './fetch/fetch-sessions.ts';
import { openGroupCoordinator } from './groups/open-group-coordinator.ts';
import { handlersByKey } from './handlers/index.ts';
import type { MetadataStore } from './metadata/metadata-store.ts';
import { openMetadataStore } from './metadata/open-metadata-store.ts';
import { dispatch } from './network/dispatch.ts';
import { Network } from './network/network.ts';
import { openLogs } from './open-logs.ts';
import type { Services } from './services.ts';
import { ProducerIds } from './transactions/producer-ids.ts';

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

const NONE: ReadonlyMap<string, string> = new Map();

/** Requests in hand have this long to be answered when the broker stops. */
const CLOSE_GRACE_MS = 2_000;

/** SecurityProtocol.id, as brokers register their listeners. */
const SECURITY_PROTOCOL_IDS = { PLAINTEXT: 0, SSL: 1, SASL_PLAINTEXT: 2, SASL_SSL: 3 } as const;

/**
 * Starts a broker and resolves when it serves.
 * @throws ConfigError on a bad setting, ListenError on an address that cannot be bound, Error on a data directory in use
 */
export async function startBroker(options: BrokerOptions = {}): Promise<Broker> {
  const config = configOf(options);
  const { clock = systemClock, logger = silentLogger } = options;
  for (const note of config.notes) logger.warn(note);
  // The addresses are bound first: they are part of the broker's registration. Requests that come early wait.
  const ready = deferred<Services>();
  let services: Services | undefined;
  const network = await Network.open({
    config,
    clock,
    logger,
    dispatch: (frame, connection) =>
      services === undefined
        ? ready.promise.then((opened) => dispatch(frame, connection, opened))
        : dispatch(frame, connection, services),
  });
  try {
    services = await openServices(config, options, network);
  } catch (error) {
    network.stopAccepting();
    await network.closeConnections(0);
    throw error;
  }
  ready.resolve(services);
  return running(config, options, network, services);
}

async function openServices(config: BrokerConfig, options: BrokerOptions, network: Network): Promise<Services> {
  const { clock = systemClock, logger = silentLogger } = options;
  const files = options.files ?? (isEphemeral(options) ? memoryFiles() : nodeFiles);
  let metadata: MetadataStore | undefined;
  const beforeMetadata = effectiveTopicConfig(NONE, { given: config.given, dynamicDefault: NONE, dynamicBroker: NONE });
  const configFor = (topic: string) => metadata?.logConfig(topic) ?? beforeMetadata;
  const logs = await openLogs(config, { files, clock, logger, configFor });
  try {
    metadata = await openMetadataStore({
      logs,
      files,
      clock,
      logger,
      given: config.given,
      broker: registration(config, network, logs),
      newLeaderEpochs: !logs.wasClean,
    });
    const inForce = configInForce(config, metadata);
    return {
      nodeId: config.nodeId,
      clusterId: logs.clusterId,
      clock,
      logger,
      get config() {
        return inForce();
      },
      logs,
      metadata,
      groups: await openGroupCoordinator({ nodeId: config.nodeId, clock, logger, logs, metadata, config: inForce }),
      producerIds: new ProducerIds(metadata),
      fetchSessions: new FetchSessions({ clock, maxSlots: () => inForce().maxIncrementalFetchSessionCacheSlots }),
      fetchPurgatory: new FetchPurgatory(clock),
      handlers: handlersByKey,
      endpointFor: (connection: Parameters<Services['endpointFor']>[0]) => network.endpointFor(connection),
    } as unknown as Services;
  } catch (error) {
    await logs.close();
    throw error;
  }
}

function registration(config: BrokerConfig, network: Network, logs: LogManager) {
  return {
    nodeId: config.nodeId,
    rack: config.rack,
    endPoints: config.advertisedListeners.map(({ name, protocol }) => {
      const { host, port } = network.endpointFor({ listenerName: name, localAddress: 'localhost', localPort: 0 });
      return { name, host, port, securityProtocol: SECURITY_PROTOCOL_IDS[protocol] };
    }),
    directoryIds: logs.directories.map(({ meta }) => meta.directoryId),
    incarnationId: randomUuid(),
  };
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
