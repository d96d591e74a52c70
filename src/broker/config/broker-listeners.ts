import { ConfigError } from './config-error.ts';
import { BROKER_CONFIGS } from './definitions/index.ts';
import {
  type AdvertisedListener,
  type Listener,
  parseListeners,
  parseProtocolMap,
  type SecurityProtocol,
} from './listeners.ts';
import { splitList } from './values.ts';

/** The listening side of a broker's configuration. */
export interface ListenerConfig {
  /** In the order given, controller listeners included. */
  readonly listeners: readonly Listener[];
  /** What clients are told, broker listeners only. */
  readonly advertisedListeners: readonly AdvertisedListener[];
  /** The listener whose address stands for the broker itself, e.g. in the metadata log. */
  readonly interBrokerListenerName: string;
}

const EVERY_ADDRESS: readonly string[] = ['', '0.0.0.0', '::', '0:0:0:0:0:0:0:0'];

const NO_BROKER_LISTENER =
  'There must be at least one broker advertised listener. Perhaps all listeners appear in controller.listener.names?';
const CONTROLLER_ALONE =
  "process.roles=controller: ktool's broker is its own controller, and none runs alone. Start the file of the broker, it needs no other";

/**
 * Listeners and what is advertised of them, with the rules of KafkaConfig.validateValues. Two things are easier than in
 * Kafka: a listener on every address needs no advertised.listeners (clients are told the address they connected to), and
 * inter.broker.listener.name is the first listener if PLAINTEXT is not among them.
 * @throws ConfigError with Kafka's texts
 */
export function listenersOf(given: ReadonlyMap<string, string>): ListenerConfig {
  const controllers = new Set(
    splitList(given.get('controller.listener.names') ?? '').map((name) => name.toUpperCase()),
  );
  const protocols = protocolsOf(given, controllers);
  const listeners = parseListeners(splitList(given.get('listeners') ?? 'PLAINTEXT://:9092'), protocols, controllers);
  checkEarly(splitList(given.get('early.start.listeners') ?? ''), [
    ...listeners.map(({ name }) => name),
    ...controllers,
  ]);
  const advertisedListeners = advertisedOf(given.get('advertised.listeners'), listeners, protocols, controllers);
  if (advertisedListeners.length === 0)
    throw new ConfigError(given.get('process.roles') === 'controller' ? CONTROLLER_ALONE : NO_BROKER_LISTENER);
  return {
    listeners,
    advertisedListeners,
    interBrokerListenerName: interBrokerOf(given, advertisedListeners, protocols),
  };
}

/** Where Kafka would serve before its authorizer is ready; here it is before any listener is opened. */
function checkEarly(early: readonly string[], names: readonly string[]): void {
  const unknown = early.find((name) => !names.includes(name));
  if (unknown === undefined) return;
  throw new ConfigError(
    `early.start.listeners contains listener ${unknown}, but this is not contained in listeners or controller.listener.names`,
  );
}

/** The protocol of each listener name; controller listeners are PLAINTEXT if no map was given (KIP-631). */
function protocolsOf(
  given: ReadonlyMap<string, string>,
  controllers: ReadonlySet<string>,
): Map<string, SecurityProtocol> {
  const map = given.get('listener.security.protocol.map');
  if (map !== undefined) return parseProtocolMap(map);
  const protocols = parseProtocolMap(BROKER_CONFIGS.get('listener.security.protocol.map')?.default ?? '');
  for (const name of controllers) if (!protocols.has(name)) protocols.set(name, 'PLAINTEXT');
  return protocols;
}

function advertisedOf(
  text: string | undefined,
  listeners: readonly Listener[],
  protocols: ReadonlyMap<string, SecurityProtocol>,
  controllers: ReadonlySet<string>,
): AdvertisedListener[] {
  const endpoints = text === undefined ? listeners : parseListeners(splitList(text), protocols, controllers, true);
  const names = listeners.map(({ name }) => name);
  if (endpoints.some(({ name }) => !names.includes(name)))
    throw new ConfigError(
      `advertised.listeners listener names must be equal to or a subset of the ones defined in listeners. Found ${endpoints.map(({ name }) => name)}. The valid options based on the current configuration are ${names}`,
    );
  if (text !== undefined && endpoints.some(({ host }) => host === '0.0.0.0'))
    throw new ConfigError(
      'advertised.listeners cannot use the nonroutable meta-address 0.0.0.0. Use a routable IP address.',
    );
  return endpoints
    .filter(({ controller }) => !controller)
    .map(({ name, protocol, host, port }) => ({
      name,
      protocol,
      port,
      host: EVERY_ADDRESS.includes(host) ? null : host,
    }));
}

function interBrokerOf(
  given: ReadonlyMap<string, string>,
  advertised: readonly AdvertisedListener[],
  protocols: ReadonlyMap<string, SecurityProtocol>,
): string {
  const named = given.get('inter.broker.listener.name')?.toUpperCase();
  const protocol = given.get('security.inter.broker.protocol');
  if (named !== undefined && protocol !== undefined)
    throw new ConfigError('Only one of inter.broker.listener.name and security.inter.broker.protocol should be set.');
  if (named !== undefined && !protocols.has(named))
    throw new ConfigError(
      `Listener with name ${named} defined in inter.broker.listener.name not found in listener.security.protocol.map.`,
    );
  const names = advertised.map(({ name }) => name);
  const wanted = named ?? protocol;
  if (wanted === undefined) return names.includes('PLAINTEXT') ? 'PLAINTEXT' : (names[0] ?? 'PLAINTEXT');
  if (!names.includes(wanted)) {
    const key = named === undefined ? 'security.inter.broker.protocol' : 'inter.broker.listener.name';
    throw new ConfigError(
      `${key} must be a listener name defined in advertised.listeners. The valid options based on currently configured listeners are ${names}`,
    );
  }
  return wanted;
}
