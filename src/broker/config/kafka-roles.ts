// The roles of a node, and which listeners and voters they need (KafkaConfig.validateValues).
import { ConfigError } from './config-error.ts';
import { BROKER_CONFIGS } from './definitions/index.ts';
import { configException, KafkaConfigError, unmet } from './kafka-config-error.ts';
import { type Listener, parseListeners, parseProtocolMap, type SecurityProtocol } from './listeners.ts';
import { splitList } from './values.ts';

type Given = ReadonlyMap<string, string>;

const CONTROLLER_NAMES = 'controller.listener.names';
const APPEARING = `a value appearing in the 'listeners' configuration when running KRaft with just the broker role`;
const IN_LISTENERS = "appearing in the 'listeners' configuration when running the KRaft controller role";

const list = (given: Given, key: string): string[] => splitList(given.get(key) ?? '').filter((item) => item !== '');

/** @throws KafkaConfigError with Kafka's text */
export function checkRoles(given: Given): void {
  const roles = new Set(list(given, 'process.roles'));
  const nodeId = Number(given.get('node.id'));
  const voters = list(given, 'controller.quorum.voters');
  if (voters.length === 0 && list(given, 'controller.quorum.bootstrap.servers').length === 0)
    throw configException(
      'If using process.roles, either controller.quorum.bootstrap.servers must contain the set of bootstrap controllers or controller.quorum.voters must contain a parseable set of controllers.',
    );
  const ids = [...new Set(voters.map((voter) => Number(voter.split('@')[0])))];
  const listeners = new Listeners(given);
  if (roles.has('controller')) checkController(listeners, { nodeId, ids, alone: !roles.has('broker') });
  else checkBrokerOnly(listeners, nodeId, ids);
  if (roles.has('broker')) checkAdvertised(listeners, given);
  if (listeners.advertised.some(({ host }) => host === '0.0.0.0'))
    throw unmet('advertised.listeners cannot use the nonroutable meta-address 0.0.0.0. Use a routable IP address.');
}

interface ControllerNode {
  readonly nodeId: number;
  /** Of the static voters. */
  readonly ids: readonly number[];
  /** It is no broker. */
  readonly alone: boolean;
}

function checkController({ controllers, all, names }: Listeners, { nodeId, ids, alone }: ControllerNode): void {
  if (alone && controllers().length !== all().length)
    throw new KafkaConfigError(
      'java.lang.IllegalArgumentException',
      `requirement failed: The listeners config must only contain KRaft controller listeners from ${CONTROLLER_NAMES} when process.roles=controller`,
    );
  if (ids.length > 0 && !ids.includes(nodeId))
    throw unmet(
      `If process.roles contains the 'controller' role, the node id ${nodeId} must be included in the set of voters controller.quorum.voters=Set(${ids.join(', ')})`,
    );
  if (controllers().length === 0) throw unmet(`${CONTROLLER_NAMES} must contain at least one value ${IN_LISTENERS}`);
  const there = all().map(({ name }) => name);
  if (names.some((name) => !there.includes(name)))
    throw unmet(`${CONTROLLER_NAMES} must only contain values ${IN_LISTENERS}`);
}

function checkBrokerOnly(listeners: Listeners, nodeId: number, ids: readonly number[]): void {
  if (ids.includes(nodeId))
    throw unmet(
      `If process.roles contains just the 'broker' role, the node id ${nodeId} must not be included in the set of voters controller.quorum.voters=Set(${ids.join(', ')})`,
    );
  if (listeners.controllers().length > 0) throw unmet(`${CONTROLLER_NAMES} must not contain ${APPEARING}`);
  const unknown = listeners.names.find((name) => !listeners.protocols.has(name));
  if (unknown !== undefined)
    throw configException(
      `Controller listener with name ${unknown} defined in ${CONTROLLER_NAMES} not found in listener.security.protocol.map  (an explicit security mapping for each controller listener is required if listener.security.protocol.map is non-empty, or if there are security protocols other than PLAINTEXT in use)`,
    );
}

function checkAdvertised(listeners: Listeners, given: Given): void {
  const advertised = listeners.advertised.map(({ name }) => name);
  if (advertised.length === 0)
    throw unmet(
      `There must be at least one broker advertised listener. Perhaps all listeners appear in ${CONTROLLER_NAMES}?`,
    );
  const interBroker = interBrokerListener(given, listeners.protocols);
  if (!advertised.includes(interBroker))
    throw unmet(
      `inter.broker.listener.name must be a listener name defined in advertised.listeners. The valid options based on currently configured listeners are ${advertised.join(',')}`,
    );
  const there = listeners.all().map(({ name }) => name);
  if (advertised.some((name) => !there.includes(name)))
    throw unmet(
      `advertised.listeners listener names must be equal to or a subset of the ones defined in listeners. Found ${advertised.join(',')}. The valid options based on the current configuration are ${there.join(',')}`,
    );
}

function interBrokerListener(given: Given, protocols: ReadonlyMap<string, SecurityProtocol>): string {
  const name = given.get('inter.broker.listener.name')?.toUpperCase();
  const protocol = given.get('security.inter.broker.protocol');
  if (name === undefined) return protocol ?? 'PLAINTEXT';
  if (protocol !== undefined)
    throw configException('Only one of inter.broker.listener.name and security.inter.broker.protocol should be set.');
  if (!protocols.has(name))
    throw configException(
      `Listener with name ${name} defined in inter.broker.listener.name not found in listener.security.protocol.map.`,
    );
  return name;
}

/** The listeners of a configuration, read when they are first asked for, as Kafka does. */
class Listeners {
  /** Of controller.listener.names. */
  readonly names: readonly string[];
  readonly #given: Given;

  constructor(given: Given) {
    this.#given = given;
    this.names = list(given, CONTROLLER_NAMES).map((name) => name.toUpperCase());
  }

  readonly all = (): Listener[] => this.#parse(this.#given.get('listeners') ?? 'PLAINTEXT://:9092', false);

  readonly controllers = (): Listener[] => this.all().filter(({ controller }) => controller);

  /** What brokers advertise. */
  get advertised(): Listener[] {
    const text = this.#given.get('advertised.listeners');
    return (text === undefined ? this.all() : this.#parse(text, true)).filter(({ controller }) => !controller);
  }

  /** Without a map of their own, controller listeners are PLAINTEXT where nothing else is in use. */
  get protocols(): ReadonlyMap<string, SecurityProtocol> {
    const map = this.#given.get('listener.security.protocol.map');
    if (map !== undefined) return parseProtocolMap(map);
    const protocols = parseProtocolMap(BROKER_CONFIGS.get('listener.security.protocol.map')?.default ?? '');
    const used = splitList(this.#given.get('listeners') ?? 'PLAINTEXT://:9092').map(listenerName);
    const isSecure = (name: string) => /^(SSL|SASL_SSL|SASL_PLAINTEXT)$/.test(name);
    if ([...this.names, ...used].some(isSecure)) return protocols;
    return new Map([...this.names.map((name) => [name, 'PLAINTEXT'] as const), ...protocols]);
  }

  #parse(text: string, advertised: boolean): Listener[] {
    try {
      return parseListeners(splitList(text), this.protocols, new Set(this.names), advertised);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      throw new KafkaConfigError('java.lang.IllegalArgumentException', error.message);
    }
  }
}

function listenerName(listener: string): string {
  const colon = listener.indexOf(':');
  if (colon > 0) return listener.slice(0, colon).toUpperCase();
  throw new KafkaConfigError(
    'org.apache.kafka.common.KafkaException',
    `Unable to parse a listener name from ${listener}`,
  );
}
