// What the brokers of one process share: the data, the metadata, the producer ids.
import type { Files } from '../log/files.ts';
import type { LogManager } from '../log/log-manager.ts';
import type { Clock } from '../util/clock.ts';
import { randomUuid } from '../util/uuid.ts';
import type { BrokerConfig } from './config/broker-config.ts';
import { effectiveTopicConfig } from './config/topic-config.ts';
import { configInForce } from './dynamic-config.ts';
import { LoggerName, type Loggers } from './loggers.ts';
import type { Registration } from './metadata/bootstrap.ts';
import type { MetadataStore } from './metadata/metadata-store.ts';
import { openMetadataStore } from './metadata/open-metadata-store.ts';
import type { Network } from './network/network.ts';
import { openLogs } from './open-logs.ts';
import type { Peers } from './services.ts';
import { openShareCoordinator } from './shares/state/open-share-coordinator.ts';
import type { ShareCoordinator } from './shares/state/share-coordinator.ts';
import { type OpenedTokens, openTokens } from './tokens/open-tokens.ts';
import { ProducerIds } from './transactions/producer-ids.ts';

export interface Shared {
  readonly clock: Clock;
  readonly logs: LogManager;
  readonly metadata: MetadataStore;
  readonly producerIds: ProducerIds;
  readonly shareState: ShareCoordinator;
  readonly delegation: OpenedTokens;
}

interface NodeAddress {
  readonly config: BrokerConfig;
  /** With its addresses bound. */
  readonly network: Network;
}

interface Parts {
  readonly peers: Peers;
  /** The first one's configuration is that of the data. */
  readonly nodes: readonly NodeAddress[];
  readonly files: Files;
  /** That new data directories are to have; undefined for one of their own. */
  readonly clusterId?: string | undefined;
  readonly clock: Clock;
  readonly loggers: Loggers;
  /** Told that the brokers cannot go on, because their log directories have failed. */
  onFatal(message: string): void;
}

const NONE: ReadonlyMap<string, string> = new Map();

/** SecurityProtocol.id, as brokers register their listeners. */
const SECURITY_PROTOCOL_IDS = { PLAINTEXT: 0, SSL: 1, SASL_PLAINTEXT: 2, SASL_SSL: 3 } as const;

/**
 * Opens logs and metadata, in which the brokers register.
 * @throws Error if a data directory cannot be used; nothing is left open then
 */
export async function openShared(parts: Parts): Promise<Shared> {
  const { nodes, peers, files, clusterId, clock, loggers, onFatal } = parts;
  const { config } = nodes[0]!;
  let metadata: MetadataStore | undefined;
  const beforeMetadata = effectiveTopicConfig(NONE, { given: config.given, dynamicDefault: NONE, dynamicBroker: NONE });
  const configFor = (topic: string) => metadata?.logConfig(topic) ?? beforeMetadata;
  let inForce = () => config;
  const currentConfig = () => inForce();
  const logger = loggers.named(LoggerName.LOGS);
  const logs = await openLogs(config, { files, clock, logger, configFor, currentConfig, clusterId, onFatal });
  try {
    const [broker, ...others] = nodes.map((node) => registrationOf(node, logs));
    metadata = await openMetadataStore({
      ...{ logs, files, clock, others, broker: broker! },
      logger: loggers.named(LoggerName.REPLICAS),
      given: config.given,
      newLeaderEpochs: !logs.wasClean,
      segments: { segmentBytes: config.metadataLogSegmentBytes, segmentMs: config.metadataLogSegmentMs },
      snapshots: {
        maxBytes: config.metadataLogMaxRecordBytesBetweenSnapshots,
        maxIntervalMs: config.metadataLogMaxSnapshotIntervalMs,
        retentionBytes: config.metadataMaxRetentionBytes,
        retentionMs: config.metadataMaxRetentionMs,
      },
    });
    inForce = configInForce(config, metadata, loggers.named(LoggerName.SERVER));
    logs.startCleaner();
    logs.startMoves();
    // One for all: brokers ask it of one another, never clients.
    const shareState = await openShareCoordinator({
      ...{ nodeId: config.nodeId, peers, clock, logs, metadata, config: inForce },
      logger: loggers.named(LoggerName.SHARES),
    });
    const delegation = openTokens({ config: inForce, metadata, clock, logger: loggers.named(LoggerName.SERVER) });
    return { clock, logs, metadata, producerIds: new ProducerIds(metadata), shareState, delegation };
  } catch (error) {
    await logs.close();
    throw error;
  }
}

/** How a broker registers. All of them have the same directories: that is how a later start knows that they share data. */
export function registrationOf({ config, network }: NodeAddress, logs: LogManager): Registration {
  return {
    nodeId: config.nodeId,
    rack: config.rack,
    endPoints: config.advertisedListeners.map(({ name, protocol }) => {
      const { host, port } = network.endpointFor({ listenerName: name, localAddress: 'localhost', localPort: 0 });
      return { name, host, port, securityProtocol: SECURITY_PROTOCOL_IDS[protocol] };
    }),
    controllerEndPoints: config.listeners
      .filter(({ controller }) => controller)
      .map(({ name, host, protocol }) => ({
        name,
        host: host || 'localhost',
        port: network.portOf(name),
        securityProtocol: SECURITY_PROTOCOL_IDS[protocol],
      })),
    directoryIds: logs.directories.map(({ meta }) => meta.directoryId),
    incarnationId: randomUuid(),
  };
}
