import { hashMapOrder, javaStringHash } from '../../util/java-hash.ts';
import { checkBrokerConfig } from './broker-checks.ts';
import { fieldsOf, provided } from './broker-config.ts';
import { listenersOf } from './broker-listeners.ts';
import { ConfigError, ConfigErrorCode } from './config-error.ts';
import { connectionOverrides } from './connection-overrides.ts';
import { BROKER_CONFIGS, DYNAMIC_BROKER_CONFIGS } from './definitions/index.ts';
import { type BrokerConfigLayers, mergeLayers } from './layers.ts';
import { listenerConfig } from './listener-config.ts';
import { LISTENER_CONFIG } from './synonyms.ts';
import { invalidValue } from './validators.ts';
import { parseValue } from './values.ts';

/** Keys that change only for one listener: listener.name.<listener>.<key> (SslConfigs.RECONFIGURABLE_CONFIGS). */
export const ONLY_PER_LISTENER: readonly string[] = [
  'ssl.key.password',
  'ssl.keystore.certificate.chain',
  'ssl.keystore.key',
  'ssl.keystore.location',
  'ssl.keystore.password',
  'ssl.keystore.type',
  'ssl.truststore.certificates',
  'ssl.truststore.location',
  'ssl.truststore.password',
  'ssl.truststore.type',
];

/** Listener keys that may be set for all brokers. */
const CLUSTER_WIDE_LISTENER_KEYS: readonly string[] = [
  'max.connections',
  'max.connection.creation.rate',
  'num.network.threads',
];

const CONNECTION_LIMITS: readonly string[] = ['max.connections', 'max.connection.creation.rate'];

/** Thread counts that change at most by a factor of two at once. */
const THREAD_COUNTS: readonly string[] = [
  'num.io.threads',
  'num.network.threads',
  'num.replica.fetchers',
  'num.recovery.threads.per.data.dir',
  'background.threads',
  'remote.log.manager.copier.thread.pool.size',
  'remote.log.manager.expiration.thread.pool.size',
  'remote.log.manager.follower.thread.pool.size',
  'remote.log.reader.threads',
];

/**
 * What Kafka checks when the dynamic configuration of a broker changes (DynamicBrokerConfig.validateConfigs and validate).
 * Unlike Kafka, ktool's listeners stay as they are while it runs, and there are no classes to load.
 * @param configs everything the resource would have
 * @param viaController asked of a controller: it knows no running broker, whose parts could refuse too large a step
 * @throws ConfigError (INVALID_REQUEST) with Kafka's texts
 */
export function checkDynamicConfigs(
  configs: ReadonlyMap<string, string>,
  perBroker: boolean,
  layers: BrokerConfigLayers,
  checkListeners: (values: ReadonlyMap<string, string>) => void = () => {},
  viaController = false,
): void {
  const check = (some: ReadonlyMap<string, string>) => checkAll(some, perBroker, layers, checkListeners, viaController);
  try {
    check(configs);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const { message } = error instanceof WithoutValue ? error : withoutProvided(error, configs, check);
    throw new ConfigError(message, ConfigErrorCode.INVALID_REQUEST);
  }
}

/** A refusal whose message has no value in it. */
class WithoutValue extends ConfigError {}

/** {@link provided}, whose own mistakes name files and no values. */
function resolved(configs: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  try {
    return provided(configs);
  } catch (error) {
    throw error instanceof ConfigError ? new WithoutValue(error.message) : error;
  }
}

/**
 * What Kafka says of a value that stands elsewhere has that value in it: whoever may change settings could read files of the
 * broker, and its environment. Here it is named as it is written.
 */
function withoutProvided(
  error: ConfigError,
  configs: ReadonlyMap<string, string>,
  check: (some: ReadonlyMap<string, string>) => void,
): ConfigError {
  const elsewhere = [...configs].filter(([, value]) => value.includes('${'));
  const [first] = elsewhere;
  if (first === undefined || error.message === messageOf(() => checkTypes(configs))) return error;
  const others = new Map(configs);
  for (const [name] of elsewhere) others.delete(name);
  const another = messageOf(() => check(others));
  if (another !== undefined) return new ConfigError(another);
  return new ConfigError(`Invalid value ${first[1]} for configuration ${first[0]}: what it stands for cannot be used`);
}

function messageOf(check: () => void): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
}

function checkAll(
  configs: ReadonlyMap<string, string>,
  perBroker: boolean,
  layers: BrokerConfigLayers,
  checkListeners: (values: ReadonlyMap<string, string>) => void,
  viaController: boolean,
): void {
  const names = hashMapOrder(configs.keys(), javaStringHash);
  refuseNames('Cannot update these configs dynamically', names.filter(isReadOnly));
  refuseNames(
    'These security configs can be dynamically updated only per-listener using the listener prefix',
    names.filter((name) => ONLY_PER_LISTENER.includes(name)),
  );
  // Providers have to be named along with what they are asked for here; afterwards those of the start count as well.
  checkTypes(resolved(configs));
  if (!perBroker)
    refuseNames(
      'Cannot update these configs at default cluster level, broker id must be specified',
      names.filter(isPerBrokerOnly),
    );
  const next = resolved(mergeLayers({ ...layers, [perBroker ? 'dynamicBroker' : 'dynamicDefault']: configs }));
  const current = resolved(mergeLayers(layers));
  checkTogether(next, current);
  if (!viaController) checkSteps(next, current);
  checkTls(next, checkListeners);
}

function refuseNames(message: string, names: readonly string[]): void {
  if (names.length > 0) throw new WithoutValue(`${message}: [${names.join(', ')}]`);
}

function isReadOnly(name: string): boolean {
  return BROKER_CONFIGS.get(name)?.update === 'read-only';
}

function isPerBrokerOnly(name: string): boolean {
  const base = LISTENER_CONFIG.exec(name)?.[1];
  if (base !== undefined) return !CLUSTER_WIDE_LISTENER_KEYS.includes(base);
  return BROKER_CONFIGS.get(name)?.update === 'per-broker';
}

/** Values by type and validator, in the order of the definitions, which decides the first error. */
function checkTypes(configs: ReadonlyMap<string, string>): void {
  const base = new Map([...configs].map(([name, value]) => [LISTENER_CONFIG.exec(name)?.[1] ?? name, value]));
  for (const definition of [...BROKER_CONFIGS.values(), ...DYNAMIC_BROKER_CONFIGS.values()]) {
    const value = base.get(definition.name);
    if (value === undefined) continue;
    const { text } = parseValue(definition, value);
    if (definition.type === 'CLASS' && text !== definition.default)
      throw new ConfigError(invalidValue(definition.name, value, `Class ${text} could not be found.`));
  }
}

/** The broker as it would be: rules between keys. */
function checkTogether(next: ReadonlyMap<string, string>, current: ReadonlyMap<string, string>): void {
  connectionOverrides(next.get('max.connections.per.ip.overrides') ?? '');
  try {
    checkBrokerConfig(next, fieldsOf(next));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new ConfigError(`requirement failed: ${error.message}`);
  }
  if (next.get('listeners') !== current.get('listeners'))
    refuseNames('Cannot update these configs dynamically', ['listeners']);
}

/** What the parts of a running broker refuse (BrokerReconfigurable.validateReconfiguration): steps that are too large. */
function checkSteps(next: ReadonlyMap<string, string>, current: ReadonlyMap<string, string>): void {
  for (const name of THREAD_COUNTS) checkStep(name, threads(name, next), threads(name, current));
  for (const { name } of listenersOf(current).listeners) checkConnections(name, next, current);
  checkReporters(next.get('metric.reporters'));
  checkCleanerThreads(threads('log.cleaner.threads', next), threads('log.cleaner.threads', current));
}

/** ConnectionQuotas.ListenerConnectionQuota.validateReconfiguration: nobody could connect to change it back. */
function checkConnections(listener: string, next: ReadonlyMap<string, string>, current: ReadonlyMap<string, string>) {
  for (const key of CONNECTION_LIMITS) {
    const value = Number(listenerConfig(next, listener, key));
    if (value <= 0 && value !== Number(listenerConfig(current, listener, key))) refuseStep(`Invalid ${key} ${value}`);
  }
}

/** SslFactory.validateReconfiguration of each listener. */
function checkTls(next: ReadonlyMap<string, string>, check: (values: ReadonlyMap<string, string>) => void): void {
  try {
    check(next);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const text = 'javaClass' in error ? `${error.javaClass}: ${error.message}` : error.message;
    refuseStep(`Validation of dynamic config update of SSLFactory failed: ${text}`);
  }
}

/** DynamicMetricsReporters: of the classes there is Kafka's own alone. */
function checkReporters(reporters = ''): void {
  const own = ['', 'org.apache.kafka.common.metrics.JmxReporter'];
  if (reporters.split(',').every((name) => own.includes(name.trim()))) return;
  const what = 'Validation of dynamic config update of Set(metric.reporters) failed with class';
  refuseStep(`${what} class kafka.server.DynamicMetricsReporters`);
}

function threads(name: string, values: ReadonlyMap<string, string>): number {
  return Number(values.get(name) ?? BROKER_CONFIGS.get(name)?.default);
}

/** Kafka wraps what its parts refuse in one more exception, and its text shows. */
function refuseStep(message: string): never {
  const inner = `org.apache.kafka.common.config.ConfigException: ${message}`;
  throw new ConfigError(`Invalid value ${inner} for configuration Invalid dynamic configuration`);
}

function checkStep(name: string, next: number, current: number): void {
  const failed = `Dynamic thread count update validation failed for ${name}=${next}, value should`;
  if (next < Math.floor(current / 2)) refuseStep(`${failed} be at least half the current value ${current}`);
  if (next > current * 2) refuseStep(`${failed} not be greater than double the current value ${current}`);
}

function checkCleanerThreads(next: number, current: number): void {
  if (next < 1) refuseStep('Log cleaner threads should be at least 1');
  if (next < Math.floor(current / 2))
    refuseStep(`Log cleaner threads cannot be reduced to less than half the current value ${current}`);
  if (next > current * 2)
    refuseStep(`Log cleaner threads cannot be increased to more than double the current value ${current}`);
}
