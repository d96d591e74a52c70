// What the parts of a client have in common, whatever they ask of the cluster.
import type { Clock } from '../util/clock.ts';
import type { ClusterSettings } from './settings/common.ts';

export interface CallContext {
  readonly settings: ClusterSettings;
  readonly clock: Clock;
  /** ClusterOptions.failFast. */
  readonly failFast: boolean;
  readonly closed: boolean;
  /** Whether controllers are asked, not brokers: they know no topics, and each is asked for its peers (KIP-919). */
  readonly toControllers: boolean;
  /** Waits; the process stays alive meanwhile. */
  sleep(ms: number): Promise<void>;
  /** Pause before attempt n + 1: exponential with jitter (ExponentialBackoff). */
  retryBackoffMs(attempt: number): number;
  /** Logs that the nodes that this client was given are of no use to it; only Kafka's admin client says that. */
  tellUnusable(...reasons: readonly string[]): void;
}
