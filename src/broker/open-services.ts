// The composition root: the only place that knows all parts of a broker.
import type { Files } from '../log/files.ts';
import type { LogManager } from '../log/log-manager.ts';
import type { Clock } from '../util/clock.ts';
import { randomUuid } from '../util/uuid.ts';
import type { BrokerConfig } from './config/broker-config.ts';
import { effectiveTopicConfig } from './config/topic-config.ts';
import type { Controls } from './controls/controls.ts';
import { configInForce } from './dynamic-config.ts';
import { FetchPurgatory } from './fetch/fetch-purgatory.ts';
import { FetchSessions } from './fetch/fetch-sessions.ts';
import { openGroupCoordinator } from './groups/open-group-coordinator.ts';
import { stateStoreOf } from './groups/share/state-store.ts';
import { handlersByKey } from './handlers/index.ts';
import { LoggerName, type Loggers } from './loggers.ts';
import type { Registration } from './metadata/bootstrap.ts';
import type { MetadataStore } from './metadata/metadata-store.ts';
import { openMetadataStore } from './metadata/open-metadata-store.ts';
import type { AddressRates } from './network/address-rates.ts';
import type { Network } from './network/network.ts';
import { openLogs } from './open-logs.ts';
import { openQuotas } from './quotas/open-quotas.ts';
import type { Services } from './services.ts';
import { openShareCoordinator } from './shares/state/open-share-coordinator.ts';
import { openTransactionCoordinator } from './transactions/open-transaction-coordinator.ts';
import { ProducerIds } from './transactions/producer-ids.ts';

interface Parts {
  readonly config: BrokerConfig;
  readonly files: Files;
  readonly clock: Clock;
  readonly loggers: Loggers;
  /** With its addresses bound. */
  readonly network: Network;
  readonly rates: AddressRates;
  readonly controls: Controls;
  /** That new data directories are to have; undefined for one of their own. */
  readonly clusterId?: string | undefined;
}

const NONE: ReadonlyMap<string, string> = new Map();

/** SecurityProtocol.id, as brokers register their listeners. */
const SECURITY_PROTOCOL_IDS = { PLAINTEXT: 0, SSL: 1, SASL_PLAINTEXT: 2, SASL_SSL: 3 } as const;

/**
 * Opens logs, metadata and coordinators in the order in which they need each other.
 * @throws Error if a data directory cannot be used; nothing is left open then
 */
export async function openServices(given: Parts): Promise<Services> {
  const { config, files, clock, loggers, network, rates, controls, clusterId } = given;
  let metadata: MetadataStore | undefined;
  const beforeMetadata = effectiveTopicConfig(NONE, { given: config.given, dynamicDefault: NONE, dynamicBroker: NONE });
  const configFor = (topic: string) => metadata?.logConfig(topic) ?? beforeMetadata;
  let inForce = () => config;
  const currentConfig = () => inForce();
  const logs = await openLogs(config, {
    files,
    clock,
    logger: loggers.named(LoggerName.LOGS),
    configFor,
    currentConfig,
    clusterId,
  });
  try {
    metadata = await openMetadataStore({
      logs,
      files,
      clock,
      logger: loggers.named(LoggerName.REPLICAS),
      given: config.given,
      broker: registration(config, network, logs),
      newLeaderEpochs: !logs.wasClean,
    });
    inForce = configInForce(config, metadata);
    logs.startCleaner();
    const parts = { nodeId: config.nodeId, clock, logs, metadata, config: inForce };
    const shareState = await openShareCoordinator({ ...parts, logger: loggers.named(LoggerName.SHARES) });
    const groups = await openGroupCoordinator({
      ...parts,
      logger: loggers.named(LoggerName.GROUPS),
      shareState: stateStoreOf(shareState),
    });
    const producerIds = new ProducerIds(metadata);
    const transactions = await openTransactionCoordinator({
      ...parts,
      logger: loggers.named(LoggerName.TRANSACTIONS),
      groups,
      producerIds,
    });
    return {
      nodeId: config.nodeId,
      clusterId: logs.clusterId,
      clock,
      logger: loggers.named(LoggerName.REQUESTS),
      loggers,
      get config() {
        return inForce();
      },
      logs,
      metadata,
      groups,
      producerIds,
      transactions,
      shareState,
      quotas: openQuotas({ config, clock, metadata, rates }),
      fetchSessions: new FetchSessions({ clock, maxSlots: () => inForce().maxIncrementalFetchSessionCacheSlots }),
      fetchPurgatory: new FetchPurgatory(clock),
      controls,
      handlers: handlersByKey,
      endpointFor: (connection) => network.endpointFor(connection),
    };
  } catch (error) {
    await logs.close();
    throw error;
  }
}

function registration(config: BrokerConfig, network: Network, logs: LogManager): Registration {
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
