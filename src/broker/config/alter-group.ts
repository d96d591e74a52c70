import { hashMapOrder, javaStringHash } from '../../util/java-hash.ts';
import { type AlteredConfigs, applyAlterations, type ConfigAlteration } from './alter.ts';
import { ConfigError, ConfigErrorCode } from './config-error.ts';
import { BROKER_CONFIGS, CLIENT_METRICS_CONFIGS, GROUP_CONFIGS } from './definitions/index.ts';
import { type BrokerConfigLayers, mergeLayers } from './layers.ts';
import { parseValue } from './values.ts';

/**
 * IncrementalAlterConfigs of a group: its configs after changes that have passed checkAlterations.
 * @throws ConfigError with Kafka's code and text, as validateGroupConfigs
 */
export function alterGroupConfigs(
  groupId: string,
  current: ReadonlyMap<string, string>,
  alterations: readonly ConfigAlteration[],
  layers: BrokerConfigLayers,
): AlteredConfigs {
  const altered = applyAlterations(current, alterations, (name) => GROUP_CONFIGS.get(name));
  validateGroupConfigs(groupId, altered.configs, layers);
  return altered;
}

/**
 * Checks all configs of a group (GroupConfig.validate): names, values, and the bounds that the broker sets by its
 * group.<kind>.min.* and group.<kind>.max.* keys.
 * @throws ConfigError with Kafka's code and text
 */
export function validateGroupConfigs(
  groupId: string,
  configs: ReadonlyMap<string, string>,
  layers: BrokerConfigLayers,
): void {
  if (groupId === '')
    throw new ConfigError('Default group resources are not allowed.', ConfigErrorCode.INVALID_REQUEST);
  const unknown = hashMapOrder(configs.keys(), javaStringHash).find((name) => !GROUP_CONFIGS.has(name));
  if (unknown !== undefined) throw new ConfigError(`Unknown group config name: ${unknown}`);
  const values = new Map(
    [...GROUP_CONFIGS].map(([name, definition]) => {
      const given = configs.get(name);
      return [name, given === undefined ? undefined : Number(parseValue(definition, given).value)];
    }),
  );
  const brokerValues = mergeLayers(layers);
  for (const [name, value] of values) {
    if (value === undefined) continue;
    const { min, max } = boundKeys(name);
    const bound = (key: string) => Number(brokerValues.get(key) ?? BROKER_CONFIGS.get(key)?.default);
    if (BROKER_CONFIGS.has(min) && value < bound(min))
      throw new ConfigError(`${name} must be greater than or equal to ${min}`);
    if (BROKER_CONFIGS.has(max) && value > bound(max))
      throw new ConfigError(`${name} must be less than or equal to ${max}`);
  }
  for (const kind of ['consumer', 'share', 'streams']) {
    const inForce = (setting: string) => {
      const key = `group.${kind}.${setting}`;
      return values.get(`${kind}.${setting}`) ?? Number(brokerValues.get(key) ?? BROKER_CONFIGS.get(key)?.default);
    };
    const [session, heartbeat] = ['session.timeout.ms', 'heartbeat.interval.ms'] as const;
    if (inForce(session) <= inForce(heartbeat))
      throw new ConfigError(`${kind}.${session} must be greater than ${kind}.${heartbeat}`);
  }
}

/** consumer.session.timeout.ms: group.consumer.min.session.timeout.ms and …max…; streams.num.standby.replicas drops its num. */
function boundKeys(name: string): { min: string; max: string } {
  const [kind = '', ...rest] = name.split('.');
  const setting = (rest[0] === 'num' ? rest.slice(1) : rest).join('.');
  return { min: `group.${kind}.min.${setting}`, max: `group.${kind}.max.${setting}` };
}

const MATCH_KEYS: readonly string[] = [
  'client_instance_id',
  'client_id',
  'client_software_name',
  'client_software_version',
  'client_source_address',
  'client_source_port',
];

const MIN_INTERVAL_MS = 100;
const MAX_INTERVAL_MS = 3_600_000;

/**
 * IncrementalAlterConfigs of a client metrics subscription (KIP-714, ClientMetricsConfigs.validate).
 * @throws ConfigError with Kafka's code and text
 */
export function alterClientMetrics(
  subscription: string,
  current: ReadonlyMap<string, string>,
  alterations: readonly ConfigAlteration[],
): AlteredConfigs {
  // Kafka's schema of splittable keys leaves client metrics out, so APPEND and SUBTRACT are refused.
  const altered = applyAlterations(current, alterations, () => undefined);
  validateClientMetrics(subscription, altered.configs);
  return altered;
}

/** Checks all configs of a client metrics subscription. @throws ConfigError with Kafka's code and text */
export function validateClientMetrics(subscription: string, configs: ReadonlyMap<string, string>): void {
  const refuse = (message: string) => new ConfigError(message, ConfigErrorCode.INVALID_REQUEST);
  if (subscription === '') throw refuse("Subscription name can't be empty");
  for (const [name, given] of configs) {
    const definition = CLIENT_METRICS_CONFIGS.get(name);
    if (!definition) throw refuse(`Unknown client metrics configuration: ${name}`);
    const { value } = parseValue(definition, given);
    if (name === 'interval.ms' && (Number(value) < MIN_INTERVAL_MS || Number(value) > MAX_INTERVAL_MS))
      throw refuse(
        `Invalid value ${given} for interval.ms, interval must be between ${MIN_INTERVAL_MS} and ${MAX_INTERVAL_MS} (1 hour)`,
      );
    if (name === 'match' && Array.isArray(value)) value.forEach(checkPattern);
  }
}

/** One `key=pattern` of a match; the pattern is a regular expression. */
function checkPattern(entry: string): void {
  const [name = '', pattern, ...more] = entry.split('=');
  const refused = new ConfigError(`Illegal client matching pattern: ${entry}`);
  if (!pattern || more.length > 0 || !MATCH_KEYS.includes(name.trim())) throw refused;
  try {
    new RegExp(pattern);
  } catch {
    throw refused;
  }
}
