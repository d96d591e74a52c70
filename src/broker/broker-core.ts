// What all parts of a broker stand on: they are given what they need of it, and Services adds the parts themselves.
import type { LogManager } from '../log/log-manager.ts';
import type { Clock } from '../util/clock.ts';
import type { BrokerConfig } from './config/broker-config.ts';
import type { MetadataStore } from './metadata/metadata-store.ts';

export interface BrokerCore {
  readonly nodeId: number;
  readonly clock: Clock;
  /** The configuration in force: static values with the dynamic ones on top; read it anew each time. */
  readonly config: BrokerConfig;
  readonly logs: LogManager;
  readonly metadata: MetadataStore;
  /** The brokers of this process, which share metadata and data. */
  readonly peers: NodeIds;
}

export interface NodeIds {
  /** All ids, those of stopped brokers too, in order. */
  readonly nodeIds: readonly number[];
}
