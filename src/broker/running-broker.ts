import type { Clock } from '../util/clock.ts';
import { ManualClock } from '../util/clock.ts';
import type { Broker, ClusterBroker } from './broker.ts';
import type { BrokerNode } from './broker-node.ts';
import type { BrokerNodes } from './broker-nodes.ts';
import { advanceClock } from './controls/advance-clock.ts';
import type { Controls } from './controls/controls.ts';
import type { DispatchServices } from './network/dispatch-services.ts';
import type { Shared } from './open-shared.ts';

interface Running {
  readonly clock: Clock;
  readonly controls: Controls;
  /** Open. */
  readonly brokers: BrokerNodes;
  readonly failed: Promise<string>;
  /** Opens everything anew, in memory; undefined if the broker keeps its data elsewhere. */
  readonly openEmpty?: (clusterId: string) => Promise<Shared>;
}

export class RunningBroker implements Broker {
  readonly host: string;
  readonly port: number;
  readonly clusterId: string;
  readonly nodeId: number;
  readonly dataDir: string | undefined;
  readonly nodes: readonly ClusterBroker[];
  readonly #running: Running;
  #stopping: Promise<void> | undefined;
  /** The last of the resets and advances that were asked for; they follow one another. */
  #turn: Promise<void> = Promise.resolve();

  constructor(running: Running) {
    const { brokers, openEmpty } = running;
    this.#running = running;
    this.nodes = brokers.all.map((node) => new RunningNode(node, brokers));
    const [first] = this.nodes;
    ({ host: this.host, port: this.port, nodeId: this.nodeId } = first!);
    this.clusterId = this.services.clusterId;
    this.dataDir = openEmpty === undefined ? brokers.all[0]!.config.logDirs[0] : undefined;
  }

  get address(): string {
    return this.nodes[0]!.address;
  }

  get bootstrapServers(): string {
    return this.nodes.map(({ address }) => address).join(',');
  }

  get failed(): Promise<string> {
    return this.#running.failed;
  }

  get faults(): Controls {
    return this.#running.controls;
  }

  get requests(): Controls['requests'] {
    return this.#running.controls.requests;
  }

  get services(): DispatchServices {
    return this.nodes[0]!.services;
  }

  async reset(): Promise<void> {
    const { openEmpty } = this.#running;
    if (openEmpty === undefined)
      throw new Error(`Only a broker in memory can be reset; this one keeps its data in ${this.dataDir}`);
    await this.#inTurn(() => this.#reset(openEmpty));
  }

  async advance(ms: number): Promise<void> {
    const { clock } = this.#running;
    if (!(clock instanceof ManualClock))
      throw new Error("The time of this broker is not its own: start it with clock: 'manual'");
    if (!(ms >= 0)) throw new Error(`Time goes on by a number of milliseconds that is not negative, not by ${ms}`);
    await this.#inTurn(() => advanceClock(clock, ms, () => this.services.logs.settled()));
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  close(): Promise<void> {
    return this.stop();
  }

  #inTurn(action: () => Promise<void>): Promise<void> {
    if (this.#stopping !== undefined) return Promise.reject(new Error('This broker was stopped'));
    const done = this.#turn.then(action);
    this.#turn = done.catch(() => {});
    return done;
  }

  #reset(openEmpty: (clusterId: string) => Promise<Shared>): Promise<void> {
    const { brokers, controls } = this.#running;
    return brokers.replace(
      () => controls.reset(),
      () => openEmpty(this.clusterId),
    );
  }

  async #stop(): Promise<void> {
    const { brokers, controls } = this.#running;
    await this.#turn;
    for (const node of brokers.all) node.stopAccepting();
    controls.close();
    await brokers.close();
  }
}

class RunningNode implements ClusterBroker {
  readonly host: string;
  readonly port: number;
  readonly #node: BrokerNode;
  readonly #brokers: BrokerNodes;

  constructor(node: BrokerNode, brokers: BrokerNodes) {
    const listenerName = node.config.interBrokerListenerName;
    const connection = { listenerName, localAddress: 'localhost', localPort: 0 };
    ({ host: this.host, port: this.port } = node.network.endpointFor(connection));
    this.#node = node;
    this.#brokers = brokers;
  }

  get address(): string {
    return `${this.host}:${this.port}`;
  }

  get nodeId(): number {
    return this.#node.nodeId;
  }

  get isRunning(): boolean {
    return this.#node.isRunning;
  }

  get services(): DispatchServices {
    return this.#node.services!;
  }

  stop(): Promise<void> {
    return this.#brokers.stop(this.#node);
  }

  start(): Promise<void> {
    return this.#brokers.start(this.#node);
  }
}
