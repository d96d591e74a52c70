// A broker's life: addresses bound, parts opened, requests served, all closed again. Nothing has module-level state, so a
// process can run as many brokers as it likes.
import { nodeFiles } from '../log/files.ts';
import { memoryFiles } from '../log/memory-files.ts';
import { systemClock } from '../util/clock.ts';
import { deferred } from '../util/deferred.ts';
import { silentLogger } from '../util/logger.ts';
import { isUuid } from '../util/uuid.ts';
import type { Broker } from './broker.ts';
import { BrokerNode } from './broker-node.ts';
import { BrokerNodes } from './broker-nodes.ts';
import { type BrokerOptions, isEphemeral, settingsFile } from './broker-options.ts';
import { ConfigError } from './config/config-error.ts';
import { readableSecrets } from './config/readable-secrets.ts';
import { Controls } from './controls/controls.ts';
import { OwnedClock } from './controls/owned-clock.ts';
import { LoggerName, Loggers } from './loggers.ts';
import { nodeConfigs } from './node-configs.ts';
import { openShared } from './open-shared.ts';
import { RunningBroker } from './running-broker.ts';

export type { Broker, ClusterBroker } from './broker.ts';

/**
 * Starts a broker, or as many as `brokers` says, and resolves when it serves.
 * @throws ConfigError on a bad setting, ListenError on an address that cannot be bound, Error on a data directory in use
 */
export async function startBroker(options: BrokerOptions = {}): Promise<Broker> {
  if (options.clusterId !== undefined && !isUuid(options.clusterId)) throw badClusterId(options.clusterId);
  const clock = options.clock === 'manual' ? new OwnedClock(Date.now()) : (options.clock ?? systemClock);
  const controls = new Controls(options.recordRequests);
  const nodes = nodeConfigs(options).map((config) => {
    const loggers = new Loggers(options.logger ?? silentLogger, options.logLevel ?? 'INFO');
    return new BrokerNode({ config, clock, loggers, controls });
  });
  const { config, loggers } = nodes[0]!;
  for (const note of [...config.notes, ...readableSecrets(config, settingsFile(options))])
    loggers.named(LoggerName.SERVER).warn(note);
  const brokers = new BrokerNodes(nodes);
  const inMemory = isEphemeral(options);
  const failure = deferred<string>();
  const { clusterId } = options;
  const parts = { nodes, peers: brokers, clusterId, clock, loggers, onFatal: failure.resolve };
  try {
    // The addresses are bound first: they are part of the brokers' registrations. Requests that come early wait.
    for (const node of nodes) await node.listen();
    const files = options.files ?? (inMemory ? memoryFiles() : nodeFiles);
    await brokers.open(await openShared({ ...parts, files }));
  } catch (error) {
    await brokers.close(0);
    throw error;
  }
  const openEmpty = (clusterId: string) => openShared({ ...parts, files: memoryFiles(), clusterId });
  const failed = failure.promise;
  const broker = new RunningBroker({ clock, controls, brokers, failed, ...(inMemory ? { openEmpty } : {}) });
  void failed.then((message) => {
    loggers.named(LoggerName.SERVER).error(message);
    return broker.close();
  });
  return broker;
}

const badClusterId = (id: string): Error =>
  new ConfigError(`${id} is no cluster id: it has 22 characters of base64, as kafka-storage random-uuid prints them`);
