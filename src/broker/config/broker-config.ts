import { ConfigProviderError, withProvidedValues } from '../../security/config-providers.ts';
import { checkBrokerConfig } from './broker-checks.ts';
import { BROKER_FIELDS, type BrokerFields } from './broker-fields.ts';
import { type ListenerConfig, listenersOf } from './broker-listeners.ts';
import { notesOn } from './broker-notes.ts';
import { ConfigError } from './config-error.ts';
import { BROKER_CONFIGS, DYNAMIC_BROKER_CONFIGS } from './definitions/index.ts';
import { mergeLayers } from './layers.ts';
import { withoutOldAddresses } from './old-addresses.ts';
import type { ConfigValue } from './parsed-value.ts';
import { parseValue } from './values.ts';

/** What a broker was started with. Everything is validated; times and sizes are in the unit of their key. */
export interface BrokerConfig extends BrokerFields, ListenerConfig {
  /** node.id, or broker.id of older files. */
  readonly nodeId: number;
  /** log.dirs, or log.dir; at least one. */
  readonly logDirs: readonly string[];
  /** Every value that was given, ktool's own defaults included, as text: DescribeConfigs calls them STATIC_BROKER_CONFIG. */
  readonly given: ReadonlyMap<string, string>;
  /** Every value in force, dynamic ones included, as text by key; what a listener has of them is for listenerConfig. */
  readonly values: ReadonlyMap<string, string>;
  /** Sentences to log once at start: settings without effect here, unknown ones. */
  readonly notes: readonly string[];
}

/**
 * Where ktool differs from Kafka's defaults: a broker for one machine that starts from nothing and is reached from that
 * machine only. They count as given values, so DescribeConfigs shows them beside Kafka's defaults.
 */
export const KTOOL_DEFAULTS: ReadonlyMap<string, string> = new Map([
  ['process.roles', 'broker,controller'],
  ['node.id', '1'],
  ['controller.listener.names', 'CONTROLLER'],
  ['listeners', 'PLAINTEXT://127.0.0.1:9092'],
  ['group.initial.rebalance.delay.ms', '0'],
  ['offsets.topic.replication.factor', '1'],
  ['transaction.state.log.replication.factor', '1'],
  ['transaction.state.log.min.isr', '1'],
  ['share.coordinator.state.topic.replication.factor', '1'],
  ['share.coordinator.state.topic.min.isr', '1'],
]);

/** How many replicas the topics of coordinators have where there are enough brokers: as many as Kafka's defaults say. */
const KAFKA_REPLICATION = 3;

/** The defaults for several brokers: their coordinators move when one stops. */
export function defaultsFor(brokers: number): ReadonlyMap<string, string> {
  if (brokers === 1) return KTOOL_DEFAULTS;
  const replication = String(Math.min(brokers, KAFKA_REPLICATION));
  // Two replicas must be in sync where one of three may be missing.
  const minIsr = brokers < KAFKA_REPLICATION ? '1' : '2';
  return new Map([
    ...KTOOL_DEFAULTS,
    ['offsets.topic.replication.factor', replication],
    ['transaction.state.log.replication.factor', replication],
    ['transaction.state.log.min.isr', minIsr],
    ['share.coordinator.state.topic.replication.factor', replication],
    ['share.coordinator.state.topic.min.isr', minIsr],
  ]);
}

const NODE_ID = ['node.id', 'broker.id'];

/** Keys of which one given makes ktool's default for the other go away. */
const SAME_SETTING: readonly (readonly [string, string])[] = [
  ['node.id', 'broker.id'],
  ['log.dirs', 'log.dir'],
];

export interface ParseBrokerConfigOptions {
  /** How error messages name the properties file. */
  readonly fileName?: string;
  /** Values for keys that are not given (default: KTOOL_DEFAULTS); e.g. with log.dirs of the default data directory. */
  readonly defaults?: ReadonlyMap<string, string>;
}

/**
 * The configuration of a broker from a server.properties file and overrides, which win.
 * Every key of Kafka 4.3.1 and of ZooKeeper times is accepted; unknown ones are kept and noted.
 * @throws ConfigError with Kafka's text for the first bad value, followed by where it was given
 */
export function parseBrokerConfig(
  properties: ReadonlyMap<string, string>,
  overrides: ReadonlyMap<string, string> = new Map(),
  options: ParseBrokerConfigOptions = {},
): BrokerConfig {
  const { fileName = 'server.properties', defaults = KTOOL_DEFAULTS } = options;
  const { settings, notes } = withoutOldAddresses(merged(properties, overrides));
  const explicit = provided(settings);
  const given = new Map([...applicable(defaults, explicit), ...explicit]);
  const values = new Map<string, ConfigValue>();
  for (const [name, text] of given) {
    const definition = BROKER_CONFIGS.get(name);
    if (definition)
      values.set(
        name,
        located(() => parseValue(definition, text).value, { name, text, overrides, fileName }),
      );
  }
  const nodeId = nodeIdOf(values);
  given.set('node.id', String(nodeId)).set('broker.id', String(nodeId));
  const fields = fieldsOf(given);
  checkBrokerConfig(given, fields);
  return {
    ...fields,
    ...listenersOf(given),
    nodeId,
    logDirs: logDirsOf(given),
    given,
    values: given,
    notes: [...notes, ...notesOn(explicit)],
  };
}

/**
 * The same broker after changes of its dynamic configuration (KIP-226). Listeners, node id and data directories stay.
 * @throws ConfigError if a dynamic value is bad; those that alterBrokerConfigs let through are not
 */
export function withDynamicConfigs(
  config: BrokerConfig,
  dynamicDefault: ReadonlyMap<string, string>,
  dynamicBroker: ReadonlyMap<string, string>,
): BrokerConfig {
  const values = provided(mergeLayers({ given: config.given, dynamicDefault, dynamicBroker }));
  return { ...config, ...fieldsOf(values), values };
}

/** The node has one number: an override of broker.id, as guides of ZooKeeper's time have it, wins over node.id of the file. */
function merged(
  properties: ReadonlyMap<string, string>,
  overrides: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const numbered = NODE_ID.some((name) => overrides.has(name));
  const file = numbered ? [...properties].filter(([name]) => !NODE_ID.includes(name)) : properties;
  return new Map([...file, ...overrides]);
}

function applicable(defaults: ReadonlyMap<string, string>, explicit: ReadonlyMap<string, string>): [string, string][] {
  const replaced = SAME_SETTING.filter(([, other]) => explicit.has(other)).map(([name]) => name);
  return [...defaults].filter(([name]) => !replaced.includes(name));
}

/** What config.providers have in the place of variables. @throws ConfigError */
export function provided(properties: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  try {
    return withProvidedValues(properties);
  } catch (error) {
    throw error instanceof ConfigProviderError ? new ConfigError(error.message) : error;
  }
}

interface Location {
  readonly name: string;
  readonly text: string;
  readonly overrides: ReadonlyMap<string, string>;
  readonly fileName: string;
}

/** Adds to a ConfigError where the value was given. */
function located<T>(parse: () => T, { name, text, overrides, fileName }: Location): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const place = overrides.has(name) ? `--override ${name}=${overrides.get(name)}` : fileName;
    const comment = /\s#/.test(text) ? '; a comment has a line of its own' : '';
    throw new ConfigError(`${error.message} (in ${place}${comment})`, error.code);
  }
}

/** broker.id=-1 asked ZooKeeper for a number: here it counts as not given. */
function nodeIdOf(values: ReadonlyMap<string, ConfigValue>): number {
  const nodeId = values.get('node.id');
  const brokerId = values.get('broker.id') === -1 ? undefined : values.get('broker.id');
  if (typeof nodeId === 'number' && typeof brokerId === 'number' && nodeId !== brokerId)
    throw new ConfigError('You must set `node.id` to the same value as `broker.id`.');
  const id = nodeId ?? brokerId ?? Number(KTOOL_DEFAULTS.get('node.id'));
  if (Number(id) < 0)
    throw new ConfigError(`Invalid value ${id} for configuration broker.id: Value must be at least 0`);
  return Number(id);
}

function logDirsOf(given: ReadonlyMap<string, string>): readonly string[] {
  const dirs = readKey('log.dirs', given) ?? readKey('log.dir', given);
  return Array.isArray(dirs) ? dirs : [];
}

/** The fields in force with these values. @throws ConfigError on a bad value */
export function fieldsOf(values: ReadonlyMap<string, string>): BrokerFields {
  const entries = Object.entries(BROKER_FIELDS).map(([field, { key }]) => [field, readKey(key, values)]);
  return Object.fromEntries(entries) as BrokerFields;
}

/** The typed value of a key: given, else its default. */
function readKey(name: string, values: ReadonlyMap<string, string>): ConfigValue {
  const definition = BROKER_CONFIGS.get(name) ?? DYNAMIC_BROKER_CONFIGS.get(name);
  if (!definition) throw new Error(`no such broker config: ${name}`);
  return parseValue(definition, values.get(name) ?? definition.default ?? null).value;
}
