// What a broker can be started with, and the configuration that comes of it.
import type { Files } from '../log/files.ts';
import type { Clock } from '../util/clock.ts';
import type { Logger } from '../util/logger.ts';
import { type BrokerConfig, defaultsFor, KTOOL_DEFAULTS, parseBrokerConfig } from './config/broker-config.ts';
import { type OverriddenAddress, overriddenAddress } from './config/old-addresses.ts';
import { splitList } from './config/values.ts';
import type { LogLevel } from './loggers.ts';

/** Keys of Kafka's server.properties, with their values. */
export type Settings = ReadonlyMap<string, string> | Readonly<Record<string, string | number | boolean>>;

export interface BrokerOptions {
  /** Instead of all other settings. */
  readonly config?: BrokerConfig;
  /** Of a server.properties file. */
  readonly properties?: Settings;
  /** How messages name that file. */
  readonly propertiesFile?: string;
  /** Win over the file. */
  readonly overrides?: Settings;
  /** Port of the first listener, 0 for a free one (default 9092). */
  readonly port?: number;
  /** Host of the first listener (default 127.0.0.1); '' or 0.0.0.0 for every address. */
  readonly host?: string;
  /** Where topics are kept; wins over log.dirs of the file. */
  readonly dataDir?: string;
  /** Of new data directories; made by default. A directory of another cluster is refused. */
  readonly clusterId?: string;
  /** Keeps everything in memory until the broker is closed. The default where nothing says where to keep it. */
  readonly ephemeral?: boolean;
  /**
   * The machine's by default. With 'manual' time stands still until `broker.advance(ms)`, from the time of day of the start
   * on; connections then live however long they are idle, unless connections.max.idle.ms is set.
   */
  readonly clock?: Clock | 'manual';
  /** Keeps the newest requests for `broker.requests`: true for 10 000 of them. Costs memory; none are kept by default. */
  readonly recordRequests?: boolean | number;
  /**
   * How many brokers (default 1), with consecutive node ids, on consecutive ports or free ones. They share one copy of the
   * data: this is for testing clients, not for durability.
   */
  readonly brokers?: number;
  /** Silent by default. */
  readonly logger?: Logger;
  /** What is less important is kept from `logger`, until a level is altered (BROKER_LOGGER); INFO by default. */
  readonly logLevel?: LogLevel;
  /** The file system; by default the machine's, or one in memory with `ephemeral`. */
  readonly files?: Files;
}

/**
 * With a clock that is moved by hand the clients' time goes on as ever: that the broker's makes a leap does not mean that they
 * were idle, and topics that they ask for come at once.
 */
const WITH_MANUAL_CLOCK: ReadonlyMap<string, string> = new Map([
  ['connections.max.idle.ms', '-1'],
  ['controller.quorum.append.linger.ms', '0'],
]);

/** Stands for the data directory of a broker that keeps everything in memory. */
const EPHEMERAL_DIR = '/ephemeral';

/** Whether a broker started with these options keeps everything in memory. */
export function isEphemeral({ ephemeral, config, files, dataDir, properties, overrides }: BrokerOptions): boolean {
  if (ephemeral !== undefined) return ephemeral;
  const named = [properties, overrides].map(mapOf).some((map) => map.has('log.dirs') || map.has('log.dir'));
  return config === undefined && files === undefined && dataDir === undefined && !named;
}

/**
 * The configuration that options amount to.
 * @throws ConfigError for the first bad value
 */
export function configOf(options: BrokerOptions): BrokerConfig {
  if (options.config) return options.config;
  const properties = mapOf(options.properties);
  const address = overriddenAddress(properties, mapOf(options.overrides));
  const overrides = address?.rest ?? mapOf(options.overrides);
  const explicit = new Map(overrides);
  const given = (key: string) => properties.has(key) || overrides.has(key);
  if (options.clock === 'manual')
    for (const [key, value] of WITH_MANUAL_CLOCK) if (!given(key)) explicit.set(key, value);
  if (isEphemeral(options)) explicit.set('log.dirs', EPHEMERAL_DIR);
  else if (options.dataDir !== undefined && !overrides.has('log.dirs')) explicit.set('log.dirs', options.dataDir);
  if (!overrides.has('listeners')) {
    const { host = address?.host, port = address?.port } = options;
    for (const [key, value] of listenersWith({ host, port, advertised: address?.advertised }, properties))
      if (!overrides.has(key)) explicit.set(key, value);
  }
  return parseBrokerConfig(properties, explicit, {
    defaults: defaultsFor(options.brokers ?? 1),
    ...(options.propertiesFile === undefined ? {} : { fileName: options.propertiesFile }),
  });
}

/** The file that settings come from, and the keys that it has. */
export function settingsFile({ propertiesFile, properties }: BrokerOptions) {
  return propertiesFile === undefined ? undefined : { path: propertiesFile, keys: mapOf(properties).keys() };
}

function mapOf(settings: Settings = {}): ReadonlyMap<string, string> {
  if (settings instanceof Map) return settings;
  return new Map(Object.entries(settings).map(([key, value]) => [key, String(value)]));
}

/**
 * `listeners` with host and port of the first broker listener replaced, and the port also in what clients are told of it where
 * that was the listener's own; empty if nothing is to be replaced.
 */
function listenersWith(
  { host, port, advertised: told }: Pick<OverriddenAddress, 'host' | 'port' | 'advertised'>,
  properties: ReadonlyMap<string, string>,
): Map<string, string> {
  const changed = new Map<string, string>();
  if (host === undefined && port === undefined && told === undefined) return changed;
  const given = splitList(properties.get('listeners') ?? KTOOL_DEFAULTS.get('listeners') ?? '');
  const controllers = splitList(properties.get('controller.listener.names') ?? 'CONTROLLER');
  const first = given.find((entry) => !controllers.includes(entry.split('://')[0] ?? ''));
  if (first === undefined) return changed;
  const listener = replaced(first, host, port);
  changed.set('listeners', given.map((entry) => (entry === first ? listener : entry)).join(','));
  if (told !== undefined)
    return changed.set('advertised.listeners', replaced(listener, told.host, told.port ?? portOf(listener)));
  const advertised = splitList(properties.get('advertised.listeners') ?? '');
  const isSame = (entry: string) => nameOf(entry) === nameOf(first) && portOf(entry) === portOf(first);
  if (advertised.some(isSame))
    changed.set(
      'advertised.listeners',
      advertised.map((entry) => (isSame(entry) ? replaced(entry, undefined, port) : entry)).join(','),
    );
  return changed;
}

const nameOf = (entry: string): string => (entry.split('://')[0] ?? '').toUpperCase();
const portOf = (entry: string): string => entry.slice(entry.lastIndexOf(':') + 1);

function replaced(entry: string, host: string | undefined, port: number | string | undefined): string {
  const [name = '', address = ''] = entry.split('://');
  const at = address.lastIndexOf(':');
  const newHost = host === undefined ? address.slice(0, at) : host.includes(':') ? `[${host}]` : host;
  return `${name}://${newHost}:${port ?? address.slice(at + 1)}`;
}
