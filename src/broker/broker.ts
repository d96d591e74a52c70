import type { Faults } from './controls/fault.ts';
import type { Requests } from './controls/request-log.ts';
import type { DispatchServices } from './network/dispatch-services.ts';

/** One of the brokers of a process. */
export interface ClusterBroker {
  /** Host and port that clients are told. */
  readonly address: string;
  readonly host: string;
  readonly port: number;
  readonly nodeId: number;
  readonly isRunning: boolean;
  /** What the broker works with; for those who build on it. Another object after Broker.reset. */
  readonly services: DispatchServices;
  /**
   * Stops this broker while the others go on: its leaderships move to replicas in sync, its requests are answered, its
   * connections end. Nothing if it is stopped already.
   */
  stop(): Promise<void>;
  /** Starts it again, at the same address. Nothing if it runs. @throws ListenError if the address is taken meanwhile */
  start(): Promise<void>;
}

/** A broker that serves, or several that share their data (`brokers`): what is said of one is then said of the first. */
export interface Broker {
  /** Host and port that clients are told: `127.0.0.1:9092`, what `bootstrap.servers` takes. */
  readonly address: string;
  readonly host: string;
  /** The port that is bound, also where 0 was asked for. */
  readonly port: number;
  /** The addresses of all brokers, with commas between. */
  readonly bootstrapServers: string;
  /** All brokers of the process, by their ids. */
  readonly nodes: readonly ClusterBroker[];
  /** Resolves with the reason when the broker stops by itself: its log directories have failed. */
  readonly failed: Promise<string>;
  /** Stays the same over {@link reset}. */
  readonly clusterId: string;
  readonly nodeId: number;
  /** Undefined when everything is in memory. */
  readonly dataDir: string | undefined;
  /** What goes wrong on demand. */
  readonly faults: Faults;
  /** What clients have asked. */
  readonly requests: Requests;
  /** What the broker works with; for those who build on it. Another object after {@link reset}. */
  readonly services: DispatchServices;
  /**
   * Empties a broker that keeps everything in memory, at once: no topics, groups, transactions, quotas, configs, faults or
   * requests are left. Address and cluster id stay; connections are closed, as clients know it from any restart.
   * @throws Error if the broker keeps its data elsewhere or was stopped
   */
  reset(): Promise<void>;
  /**
   * Moves the time of a broker with `clock: 'manual'` on. What falls due is done in order, each at its time: retention,
   * compaction, sessions, time-outs of transactions, waits of fetches and rebalances, delays of faults. Resolves when all of
   * it is done and the answers are on their way.
   * @param ms milliseconds, not negative
   * @throws Error if the broker's time is not its own
   */
  advance(ms: number): Promise<void>;
  /**
   * Stops cleanly: answers the requests in hand, writes everything to disk. Calling it again gives the same promise.
   * Requests that a fault holds up are not answered.
   */
  stop(): Promise<void>;
  /** The same as {@link stop}. */
  close(): Promise<void>;
}
