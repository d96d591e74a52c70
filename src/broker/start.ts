// A broker's life: addresses bound, parts opened, requests served, all closed again. Nothing has module-level state, so a
// process can run as many brokers as it likes.
import { nodeFiles } from '../log/files.ts';
import { memoryFiles } from '../log/memory-files.ts';
import { systemClock } from '../util/clock.ts';
import { silentLogger } from '../util/logger.ts';
import type { Broker } from './broker.ts';
import { type BrokerOptions, configOf, isEphemeral } from './broker-options.ts';
import { Controls } from './controls/controls.ts';
import { OwnedClock } from './controls/owned-clock.ts';
import { LoggerName, Loggers } from './loggers.ts';
import { AddressRates } from './network/address-rates.ts';
import { Network } from './network/network.ts';
import { openServices } from './open-services.ts';
import { clientWindows } from './quotas/windows.ts';
import { RunningBroker } from './running-broker.ts';
import { ServicesGate } from './services-gate.ts';

export type { Broker } from './broker.ts';

/**
 * Starts a broker and resolves when it serves.
 * @throws ConfigError on a bad setting, ListenError on an address that cannot be bound, Error on a data directory in use
 */
export async function startBroker(options: BrokerOptions = {}): Promise<Broker> {
  const config = configOf(options);
  const clock = options.clock === 'manual' ? new OwnedClock(Date.now()) : (options.clock ?? systemClock);
  const loggers = new Loggers(options.logger ?? silentLogger, options.logLevel ?? 'INFO');
  const server = loggers.named(LoggerName.SERVER);
  for (const note of config.notes) server.warn(note);
  const controls = new Controls(options.recordRequests);
  const gate = new ServicesGate();
  const rates = new AddressRates(clock, clientWindows(config));
  // The addresses are bound first: they are part of the broker's registration. Requests that come early wait.
  const network = await Network.open({
    config,
    clock,
    logger: loggers.named(LoggerName.NETWORK),
    rates,
    dispatch: (frame, connection) => gate.dispatch(frame, connection),
    sent: (buffer) => gate.current?.logs.giveBack(buffer),
  });
  const parts = { config, clock, loggers, network, rates, controls };
  const inMemory = isEphemeral(options);
  try {
    const files = options.files ?? (inMemory ? memoryFiles() : nodeFiles);
    gate.open(await openServices({ ...parts, files }));
  } catch (error) {
    network.stopAccepting();
    await network.closeConnections(0);
    throw error;
  }
  const openEmpty = (clusterId: string) => openServices({ ...parts, files: memoryFiles(), clusterId });
  return new RunningBroker({ ...parts, gate, ...(inMemory ? { openEmpty } : {}) });
}
