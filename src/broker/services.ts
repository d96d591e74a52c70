// What handlers work with. One object per broker, put together in open-services.ts; there is no module-level state, so that
// a process can run many brokers.
import type { Api } from '../protocol/schema.ts';
import type { Logger } from '../util/logger.ts';
import type { BrokerCore, NodeIds } from './broker-core.ts';
import type { FetchPurgatory } from './fetch/fetch-purgatory.ts';
import type { FetchSessions } from './fetch/fetch-sessions.ts';
import type { GroupCoordinator } from './groups/group-coordinator.ts';
import type { Loggers } from './loggers.ts';
import type { ClientQuotas } from './quotas/client-quotas.ts';
import type { SaslLogins } from './sasl/sasl-logins.ts';
import type { Authorizer } from './security/authorizer.ts';
import type { ShareSessions } from './shares/session/share-sessions.ts';
import type { SharePartitions } from './shares/share-partitions.ts';
import type { ShareCoordinator } from './shares/state/share-coordinator.ts';
import type { ClientTelemetry } from './telemetry/client-telemetry.ts';
import type { DelegationTokens } from './tokens/delegation-tokens.ts';
import type { AutoTopicCreation } from './topics/auto-create.ts';
import type { ProducerIds } from './transactions/producer-ids.ts';
import type { TransactionCoordinator } from './transactions/transaction-coordinator.ts';

/** An address of this broker as clients are told it. */
export interface Endpoint {
  readonly listenerName: string;
  readonly host: string;
  readonly port: number;
}

/** What ApiVersions says of an API. */
export interface ServedApi {
  readonly api: Api;
  /** Advertised versions; within `api.versions` except for Produce, which Kafka advertises from 0 (KAFKA-18659). */
  readonly advertised: readonly [min: number, max: number];
}

/** The brokers of one process. */
export interface Peers extends NodeIds {
  /** One that runs. */
  running(nodeId: number): Services | undefined;
  /** When one that was stopped led or followed the metadata log last; undefined while it runs. */
  lastSeen(nodeId: number): { readonly logEndOffset: number; readonly nowMs: number } | undefined;
}

export interface Services extends BrokerCore {
  readonly clusterId: string;
  readonly logger: Logger;
  /** All loggers of the broker, with their levels. */
  readonly loggers: Loggers;
  readonly groups: GroupCoordinator;
  readonly autoTopicCreation: AutoTopicCreation;
  readonly producerIds: ProducerIds;
  readonly transactions: TransactionCoordinator;
  /** What is kept of the partitions that share groups read. */
  readonly shareState: ShareCoordinator;
  readonly sharePartitions: SharePartitions;
  readonly shareSessions: ShareSessions;
  /** Undefined where everybody may do everything. */
  readonly authorizer: Authorizer | undefined;
  /** How clients log in on SASL listeners. */
  readonly sasl: SaslLogins;
  readonly tokens: DelegationTokens;
  readonly quotas: ClientQuotas;
  readonly telemetry: ClientTelemetry;
  readonly fetchSessions: FetchSessions;
  readonly fetchPurgatory: FetchPurgatory;
  /** All that is served. */
  readonly apis: readonly ServedApi[];
  readonly peers: Peers;
  /** Whether the listeners could go on with these values, as BrokerConfig.values has them. @throws Error that says why not */
  checkListeners(values: ReadonlyMap<string, string>): void;
  /** Where a client that came in over `connection` should be sent: advertised.listeners, else the address it used. */
  endpointFor(connection: { listenerName: string; localAddress: string; localPort: number }): Endpoint;
}
