// The composition root of one broker: the only place that knows all its parts.
import { guarded } from './authorization/guarded.ts';
import type { BrokerConfig } from './config/broker-config.ts';
import type { Controls } from './controls/controls.ts';
import { configInForce } from './dynamic-config.ts';
import type { FetchPurgatory } from './fetch/fetch-purgatory.ts';
import type { FetchSessions } from './fetch/fetch-sessions.ts';
import { openGroupCoordinator } from './groups/open-group-coordinator.ts';
import { stateStoreOf } from './groups/share/state-store.ts';
import { handlersByKey } from './handlers/index.ts';
import { LoggerName, type Loggers } from './loggers.ts';
import type { AddressRates } from './network/address-rates.ts';
import type { DispatchServices } from './network/dispatch-services.ts';
import type { Network } from './network/network.ts';
import type { Shared } from './open-shared.ts';
import { openQuotas } from './quotas/open-quotas.ts';
import { SaslLogins } from './sasl/sasl-logins.ts';
import { openAuthorizer } from './security/open-authorizer.ts';
import type { Peers } from './services.ts';
import { openShares } from './shares/open-shares.ts';
import { openTelemetry } from './telemetry/open-telemetry.ts';
import { AutoTopicCreation } from './topics/auto-create.ts';
import { openTransactionCoordinator } from './transactions/open-transaction-coordinator.ts';
import type { TransactionCoordinator } from './transactions/transaction-coordinator.ts';

/** What a broker has anew after each of its starts. */
export interface Serving {
  readonly network: Network;
  readonly fetchSessions: FetchSessions;
  readonly fetchPurgatory: FetchPurgatory;
}

interface Parts {
  readonly config: BrokerConfig;
  readonly shared: Shared;
  readonly peers: Peers;
  readonly loggers: Loggers;
  readonly rates: AddressRates;
  readonly controls: Controls;
  /** As it is now. */
  serving(): Serving;
}

export interface OpenedServices {
  readonly services: DispatchServices;
  /**
   * Reads the transactions, when the services of all brokers are there for their markers.
   * @throws RecordError, LogError if the records cannot be read
   */
  openTransactions(): Promise<void>;
}

/**
 * Opens what a broker has for itself.
 * @throws RecordError, LogError if `__consumer_offsets` cannot be read
 */
export async function openServices(given: Parts): Promise<OpenedServices> {
  const { config, shared, peers, loggers, rates, controls, serving } = given;
  const { clock, logs, metadata, producerIds, shareState } = shared;
  const { tokens } = shared.delegation;
  const inForce = configInForce(config, metadata, loggers.named(LoggerName.SERVER));
  const parts = { nodeId: config.nodeId, peers, clock, logs, metadata, config: inForce };
  const groups = await openGroupCoordinator({
    ...parts,
    logger: loggers.named(LoggerName.GROUPS),
    shareState: stateStoreOf(shareState),
  });
  const authorizer = openAuthorizer(config, metadata.acls.index);
  let transactions: TransactionCoordinator | undefined;
  const telemetry = openTelemetry({ ...parts, logger: loggers.named(LoggerName.REQUESTS) });
  const unguarded = handlersByKey({ telemetry: telemetry.isConfigured });
  const handlers = guarded(unguarded, authorizer, loggers.named(LoggerName.AUTHORIZER));
  const services: DispatchServices = {
    ...{ nodeId: config.nodeId, peers, clock, loggers, logs, metadata, groups, producerIds, shareState, controls },
    clusterId: logs.clusterId,
    logger: loggers.named(LoggerName.REQUESTS),
    get config() {
      return inForce();
    },
    get transactions() {
      return transactions!;
    },
    ...openShares({ ...parts, shareState }),
    autoTopicCreation: new AutoTopicCreation({ ...parts, logger: loggers.named(LoggerName.REQUESTS) }),
    authorizer,
    telemetry,
    tokens,
    sasl: new SaslLogins({
      ...{ config: inForce, metadata, tokens, clock, logger: loggers.named(LoggerName.NETWORK) },
      secret: logs.directories.map(({ meta }) => meta.directoryId).join(),
    }),
    quotas: openQuotas({ config, clock, metadata, rates }),
    get fetchSessions() {
      return serving().fetchSessions;
    },
    get fetchPurgatory() {
      return serving().fetchPurgatory;
    },
    handlers,
    apis: [...handlers.values()],
    checkListeners: (values) => serving().network.check(values),
    endpointFor: (connection) => serving().network.endpointFor(connection),
  };
  return {
    services,
    async openTransactions() {
      const logger = loggers.named(LoggerName.TRANSACTIONS);
      transactions = await openTransactionCoordinator({ ...parts, logger, producerIds });
    },
  };
}
