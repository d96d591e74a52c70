// One broker of a process: its addresses and connections, which come and go with its stops and starts, and its services,
// which stay until all of the process's data are replaced.
import type { Clock } from '../util/clock.ts';
import type { BrokerConfig } from './config/broker-config.ts';
import type { Controls } from './controls/controls.ts';
import { FetchPurgatory } from './fetch/fetch-purgatory.ts';
import { FetchSessions } from './fetch/fetch-sessions.ts';
import { LoggerName, type Loggers } from './loggers.ts';
import { AddressRates } from './network/address-rates.ts';
import type { DispatchServices } from './network/dispatch-services.ts';
import { Network } from './network/network.ts';
import { openServices, type Serving } from './open-services.ts';
import { registrationOf, type Shared } from './open-shared.ts';
import { clientWindows } from './quotas/windows.ts';
import type { Peers } from './services.ts';
import { ServicesGate } from './services-gate.ts';

interface NodeParts {
  readonly config: BrokerConfig;
  readonly clock: Clock;
  readonly loggers: Loggers;
  readonly controls: Controls;
}

export class BrokerNode {
  readonly #parts: NodeParts;
  readonly #rates: AddressRates;
  readonly #gate = new ServicesGate();
  /** By listener, once they are known: a stopped broker comes back where it was. */
  readonly #ports = new Map<string, number>();
  #network: Network | undefined;
  #serving: Serving | undefined;
  #services: DispatchServices | undefined;
  #isRunning = false;

  constructor(parts: NodeParts) {
    this.#parts = parts;
    this.#rates = new AddressRates(parts.clock, clientWindows(parts.config));
  }

  get config(): BrokerConfig {
    return this.#parts.config;
  }

  get loggers(): Loggers {
    return this.#parts.loggers;
  }

  get nodeId(): number {
    return this.config.nodeId;
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** Undefined until they are opened. */
  get services(): DispatchServices | undefined {
    return this.#services;
  }

  /** @throws Error before {@link listen} */
  get network(): Network {
    if (!this.#network) throw new Error(`Broker ${this.nodeId} does not listen`);
    return this.#network;
  }

  /** Binds the addresses. @throws ListenError if one cannot be bound */
  async listen(): Promise<void> {
    const { config, clock, loggers } = this.#parts;
    const listeners = config.listeners.map((one) => ({ ...one, port: this.#ports.get(one.name) ?? one.port }));
    const network = await Network.open({
      config: { ...config, listeners },
      clock,
      logger: loggers.named(LoggerName.NETWORK),
      rates: this.#rates,
      values: () => (this.#services?.config ?? config).values,
      dispatch: (frame, connection) => this.#gate.dispatch(frame, connection),
      sent: (buffer) => this.#gate.current?.logs.giveBack(buffer),
    });
    for (const { name } of listeners) this.#ports.set(name, network.portOf(name));
    this.#network = network;
  }

  /** Opens the services; returns what opens their transactions, see openServices. */
  async open(shared: Shared, peers: Peers): Promise<() => Promise<void>> {
    const { config, loggers, controls } = this.#parts;
    this.#serving = this.#serve();
    const { services, openTransactions } = await openServices({
      ...{ config, shared, peers, loggers, controls, rates: this.#rates },
      serving: () => this.#serving!,
    });
    this.#services = services;
    this.#isRunning = true;
    services.metadata.onChange((change) => {
      if (change.kind === 'configs') this.#network?.refresh();
      if (change.kind !== 'partitions') return;
      for (const { topicId, index } of change.changed) {
        const log = services.logs.get(services.metadata.topicById(topicId)?.name ?? '', index);
        if (log) services.fetchPurgatory.wake(log);
      }
    });
    return openTransactions;
  }

  /** From now on requests are served, those first that have waited. */
  serve(): void {
    if (!this.#services) return;
    this.#network?.refresh();
    this.#gate.open(this.#services);
  }

  /** From now on requests wait. */
  shut(): void {
    this.#gate.shut();
  }

  /** Takes no more connections. */
  stopAccepting(): void {
    this.#network?.stopAccepting();
  }

  /** Answers what waits, ends the connections once their requests are answered, after `graceMs` in any case. */
  async endConnections(graceMs: number): Promise<void> {
    this.#serving?.fetchPurgatory.close();
    this.#services?.sharePartitions.close();
    await this.#network?.closeConnections(graceMs);
  }

  /** Ends what the coordinators, and topics that are to come, wait for. */
  closeCoordinators(): void {
    this.#services?.autoTopicCreation.close();
    this.#services?.transactions?.close();
    this.#services?.groups.close();
  }

  /** Stops serving. */
  async stop(graceMs: number): Promise<void> {
    this.#isRunning = false;
    this.stopAccepting();
    await this.endConnections(graceMs);
  }

  /** Serves again, at the same addresses. @throws ListenError if another program has one of them meanwhile */
  async start(): Promise<void> {
    await this.listen();
    this.#serving = this.#serve();
    const { metadata, logs } = this.#services!;
    metadata.replication.register(registrationOf(this, logs));
    this.#isRunning = true;
    metadata.replication.unfence(this.nodeId);
  }

  #serve(): Serving {
    const { config, clock } = this.#parts;
    const maxSlots = () => (this.#services?.config ?? config).maxIncrementalFetchSessionCacheSlots;
    const fetchSessions = new FetchSessions({ clock, maxSlots });
    return { network: this.network, fetchSessions, fetchPurgatory: new FetchPurgatory(clock) };
  }
}
