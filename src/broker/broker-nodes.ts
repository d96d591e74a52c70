// The brokers of one process, which share metadata and data. One stops and starts as a broker of a real cluster does, as far
// as its clients can tell.
import type { Timer } from '../util/clock.ts';
import type { BrokerNode } from './broker-node.ts';
import type { Shared } from './open-shared.ts';
import type { Peers, Services } from './services.ts';

/** Requests in hand have this long to be answered when a broker stops. */
const CLOSE_GRACE_MS = 2_000;

export class BrokerNodes implements Peers {
  readonly #nodes: readonly BrokerNode[];
  readonly #lastSeen = new Map<number, { logEndOffset: number; nowMs: number }>();
  #shared: Shared | undefined;
  #balancing: Timer | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(nodes: readonly BrokerNode[]) {
    this.#nodes = nodes;
  }

  get nodeIds(): readonly number[] {
    return this.#nodes.map(({ nodeId }) => nodeId);
  }

  running(nodeId: number): Services | undefined {
    const node = this.#nodes.find((one) => one.nodeId === nodeId);
    return node?.isRunning ? node.services : undefined;
  }

  lastSeen(nodeId: number): { logEndOffset: number; nowMs: number } | undefined {
    return this.#lastSeen.get(nodeId);
  }

  /** In the order of their ids. */
  get all(): readonly BrokerNode[] {
    return this.#nodes;
  }

  /** What they work with now; undefined before {@link open}. */
  get shared(): Shared | undefined {
    return this.#shared;
  }

  /**
   * Opens the services of all brokers and serves.
   * @throws RecordError, LogError if the coordinators' topics cannot be read
   */
  async open(shared: Shared): Promise<void> {
    this.#shared = shared;
    this.#lastSeen.clear();
    const openTransactions = [];
    for (const node of this.#nodes) openTransactions.push(await node.open(shared, this));
    for (const open of openTransactions) await open();
    for (const node of this.#nodes) node.serve();
    if (this.#nodes.length > 1) this.#balanceLater();
  }

  /** Replaces all data; brokers that were stopped serve again. Connections are closed, requests wait meanwhile. */
  replace(prepare: () => void, open: () => Promise<Shared>): Promise<void> {
    return this.#inTurn(async () => {
      for (const node of this.#nodes) node.shut();
      prepare();
      for (const node of this.#nodes) if (!node.isRunning) await node.listen();
      await this.#closeShared((node) => node.endConnections(0));
      for (const node of this.#nodes) node.loggers.reset();
      await this.open(await open());
    });
  }

  /** Stops one broker: its leaderships move, its requests are answered, its connections end. Nothing if it is stopped. */
  stop(node: BrokerNode): Promise<void> {
    return this.#inTurn(async () => {
      if (!node.isRunning) return;
      const { clock, metadata } = this.#shared!;
      const { nodeId } = node;
      const isRegistered = () => metadata.brokers.has(nodeId);
      this.#lastSeen.set(nodeId, { logEndOffset: metadata.lastOffset + 1, nowMs: clock.nowMs() });
      if (isRegistered()) metadata.replication.startShutdown(nodeId);
      await node.stop(CLOSE_GRACE_MS);
      const next = this.#nodes.find(({ isRunning }) => isRunning);
      if (metadata.controllerId === nodeId && next) metadata.moveController(next.nodeId);
      if (isRegistered()) metadata.replication.fence(nodeId);
    });
  }

  /** Starts a stopped broker again. Nothing if it runs. @throws ListenError if its address is taken */
  start(node: BrokerNode): Promise<void> {
    return this.#inTurn(async () => {
      if (node.isRunning) return;
      const { metadata } = this.#shared!;
      await node.start();
      this.#lastSeen.delete(node.nodeId);
      if (this.running(metadata.controllerId) === undefined) metadata.moveController(node.nodeId);
    });
  }

  /** Ends them all, and what they share. */
  close(graceMs = CLOSE_GRACE_MS): Promise<void> {
    return this.#inTurn(async () => {
      for (const node of this.#nodes) node.stopAccepting();
      await this.#closeShared((node) => node.stop(graceMs));
    });
  }

  async #closeShared(endConnections: (node: BrokerNode) => Promise<void>): Promise<void> {
    this.#balancing?.cancel();
    this.#shared?.shareState.close();
    this.#shared?.delegation.close();
    for (const node of this.#nodes) node.closeCoordinators();
    await Promise.all(this.#nodes.map(endConnections));
    await this.#shared?.logs.close();
  }

  /** Stops and starts come one after the other. */
  #inTurn<T>(action: () => Promise<T>): Promise<T> {
    const done = this.#last.then(action);
    this.#last = done.catch(() => {});
    return done;
  }

  #balanceLater(): void {
    const { clock, metadata } = this.#shared!;
    const { leaderImbalanceCheckIntervalSeconds, autoLeaderRebalanceEnable } = this.#nodes[0]!.config;
    if (!autoLeaderRebalanceEnable) return;
    this.#balancing = clock.setTimer(leaderImbalanceCheckIntervalSeconds * 1000, () => {
      metadata.replication.balance();
      this.#balanceLater();
    });
  }
}
