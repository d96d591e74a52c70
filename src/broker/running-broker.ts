import type { Clock } from '../util/clock.ts';
import { ManualClock } from '../util/clock.ts';
import type { Broker } from './broker.ts';
import type { BrokerConfig } from './config/broker-config.ts';
import { advanceClock } from './controls/advance-clock.ts';
import type { Controls } from './controls/controls.ts';
import type { Loggers } from './loggers.ts';
import type { Network } from './network/network.ts';
import type { Services } from './services.ts';
import type { ServicesGate } from './services-gate.ts';

/** Requests in hand have this long to be answered when the broker stops. */
const CLOSE_GRACE_MS = 2_000;

interface Running {
  readonly config: BrokerConfig;
  readonly clock: Clock;
  readonly loggers: Loggers;
  readonly network: Network;
  readonly controls: Controls;
  /** Open. */
  readonly gate: ServicesGate;
  /** Opens everything anew, in memory; undefined if the broker keeps its data elsewhere. */
  readonly openEmpty?: (clusterId: string) => Promise<Services>;
}

export class RunningBroker implements Broker {
  readonly host: string;
  readonly port: number;
  readonly clusterId: string;
  readonly nodeId: number;
  readonly dataDir: string | undefined;
  readonly #running: Running;
  #services: Services;
  #stopping: Promise<void> | undefined;
  /** The last of the resets and advances that were asked for; they follow one another. */
  #turn: Promise<void> = Promise.resolve();

  constructor(running: Running) {
    const { config, network, gate, openEmpty } = running;
    const listenerName = config.interBrokerListenerName;
    ({ host: this.host, port: this.port } = network.endpointFor({
      listenerName,
      localAddress: 'localhost',
      localPort: 0,
    }));
    this.#running = running;
    this.#services = gate.current!;
    this.clusterId = this.#services.clusterId;
    this.nodeId = config.nodeId;
    this.dataDir = openEmpty === undefined ? config.logDirs[0] : undefined;
  }

  get address(): string {
    return `${this.host}:${this.port}`;
  }

  get faults(): Controls {
    return this.#running.controls;
  }

  get requests(): Controls['requests'] {
    return this.#running.controls.requests;
  }

  get services(): Services {
    return this.#services;
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
    await this.#inTurn(() => advanceClock(clock, ms, () => this.#services.logs.settled()));
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

  async #reset(openEmpty: (clusterId: string) => Promise<Services>): Promise<void> {
    const { gate, controls, network, loggers } = this.#running;
    gate.shut();
    controls.reset();
    await this.#closeServices(() => network.closeConnections(0));
    loggers.reset();
    this.#services = await openEmpty(this.clusterId);
    gate.open(this.#services);
  }

  async #stop(): Promise<void> {
    const { controls, network } = this.#running;
    await this.#turn;
    network.stopAccepting();
    controls.close();
    await this.#closeServices(() => network.closeConnections(CLOSE_GRACE_MS));
  }

  async #closeServices(closeConnections: () => Promise<void>): Promise<void> {
    const { fetchPurgatory, shareState, transactions, groups, logs } = this.#services;
    fetchPurgatory.close();
    shareState.close();
    transactions.close();
    groups.close();
    await closeConnections();
    await logs.close();
  }
}
