// What every client needs to reach a cluster (org.apache.kafka.clients.CommonClientConfigs).
import { ConfigProviderError, withProvidedValues } from '../../security/config-providers.ts';
import { type Logger, silentLogger } from '../../util/logger.ts';
import { ConfigError } from '../errors.ts';
import type { SecuritySettings } from '../security/transport.ts';
import { bool, checkedOnly, int, invalid, list, long, oneOf, type Settings, text } from './define.ts';
import type { securityFields } from './security.ts';

type Properties = Readonly<Record<string, string>>;

/** Names are resolved to all their addresses either way. */
const DNS_LOOKUPS = ['use_all_dns_ips', 'resolve_canonical_bootstrap_servers_only'] as const;

const JMX_REPORTER = 'org.apache.kafka.common.metrics.JmxReporter';

/** Each client has these at places of its own in its table. Times in milliseconds, sizes in bytes. */
export const fields = {
  bootstrapServers: list('bootstrap.servers'),
  dnsLookup: oneOf('client.dns.lookup', DNS_LOOKUPS, 'use_all_dns_ips'),
  clientId: text('client.id', ''),
  requestTimeoutMs: int('request.timeout.ms', 30_000, { min: 0 }),
  defaultApiTimeoutMs: int('default.api.timeout.ms', 60_000, { min: 0 }),
  metadataMaxAgeMs: long('metadata.max.age.ms', 300_000, { min: 0 }),
} as const;

export const bufferFields = checkedOnly(
  int('send.buffer.bytes', 131_072, { min: -1 }),
  int('receive.buffer.bytes', 65_536, { min: -1 }),
);

export const backoffFields = {
  reconnectBackoffMs: long('reconnect.backoff.ms', 50, { min: 0 }),
  reconnectBackoffMaxMs: long('reconnect.backoff.max.ms', 1000, { min: 0 }),
  retryBackoffMs: long('retry.backoff.ms', 100, { min: 0 }),
  retryBackoffMaxMs: long('retry.backoff.max.ms', 1000, { min: 0 }),
  ...checkedOnly(bool('enable.metrics.push', true)),
} as const;

export const connectFields = {
  connectTimeoutMs: long('socket.connection.setup.timeout.ms', 10_000),
  connectTimeoutMaxMs: long('socket.connection.setup.timeout.max.ms', 30_000),
  ...checkedOnly(long('connections.max.idle.ms', 540_000)),
} as const;

const metricsLevel = oneOf('metrics.recording.level', ['INFO', 'DEBUG', 'TRACE'], 'INFO');
const metricReporters = list('metric.reporters', [JMX_REPORTER]);
export const metricsFields = {
  ...checkedOnly(
    long('metrics.sample.window.ms', 30_000, { min: 0 }),
    int('metrics.num.samples', 2, { min: 1 }),
    metricsLevel,
  ),
  metricReporters,
} as const;

export const recoveryFields = checkedOnly(
  oneOf('metadata.recovery.strategy', ['REBOOTSTRAP', 'NONE'], 'REBOOTSTRAP', { anyCase: true }),
  long('metadata.recovery.rebootstrap.trigger.ms', 300_000, { min: 0 }),
);

export const providerFields = checkedOnly(list('config.providers', []));

type CommonSettings = Settings<typeof fields & typeof backoffFields & typeof connectFields & typeof securityFields>;

/** What {@link Cluster} is made with; each kind of client adds its own. */
export interface ClusterSettings extends CommonSettings {
  /** In place of brokers; only the admin client can talk to controllers (KIP-919). */
  readonly bootstrapControllers: readonly string[];
  /** How often a failed call is repeated. */
  readonly retries: number;
  readonly security: SecuritySettings;
}

/** The settings with the values that config.providers have for them. @throws ConfigError */
export function provided(properties: Properties): Properties {
  if (!('config.providers' in properties)) return properties;
  try {
    return Object.fromEntries(withProvidedValues(new Map(Object.entries(properties))));
  } catch (error) {
    throw error instanceof ConfigProviderError ? new ConfigError(error.message) : error;
  }
}

interface Conflicting {
  readonly securityProtocol: string;
  readonly saslMechanism: string;
  readonly retryBackoffMs: number;
  readonly retryBackoffMaxMs: number;
  readonly connectTimeoutMs: number;
  readonly connectTimeoutMaxMs: number;
  readonly reconnectBackoffMs: number;
  readonly reconnectBackoffMaxMs: number;
}

/**
 * What every client makes of settings that do not go together, in Kafka's order (CommonClientConfigs: postValidateSaslMechanismConfig,
 * warnDisablingExponentialBackoff, postProcessReconnectBackoffConfigs).
 * @throws ConfigError
 */
export function reconciled<S extends Conflicting>(
  settings: S,
  properties: Properties,
  logger: Logger = silentLogger,
): S & { readonly security: SecuritySettings } {
  const { securityProtocol } = settings;
  if (securityProtocol.startsWith('SASL_') && settings.saslMechanism === '')
    throw invalid(
      'sasl.mechanism',
      null,
      'When the security.protocol configuration enables SASL, mechanism must be non-null and non-empty string.',
    );
  const security = { protocol: securityProtocol, properties } as SecuritySettings;
  const atMost = (name: string, value: number, maxName: string, max: number, kind: string): number => {
    if (value <= max) return value;
    logger.warn(
      `Configuration '${name}' with value '${value}' is greater than configuration '${maxName}' with value '${max}'. A static ${kind} with value '${max}' will be applied.`,
    );
    return max;
  };
  const { retryBackoffMs, retryBackoffMaxMs, connectTimeoutMs, connectTimeoutMaxMs } = settings;
  const setup = 'socket.connection.setup.timeout';
  return {
    ...settings,
    retryBackoffMs: atMost('retry.backoff.ms', retryBackoffMs, 'retry.backoff.max.ms', retryBackoffMaxMs, 'backoff'),
    connectTimeoutMs: atMost(
      `${setup}.ms`,
      connectTimeoutMs,
      `${setup}.max.ms`,
      connectTimeoutMaxMs,
      'connection setup timeout',
    ),
    reconnectBackoffMaxMs: reconnectBackoffMax(settings, properties, logger),
    security,
  };
}

/** Pauses between attempts to connect grow only if both settings of them are given, or none. */
function reconnectBackoffMax(settings: Conflicting, properties: Properties, logger: Logger): number {
  if (!('reconnect.backoff.ms' in properties) || 'reconnect.backoff.max.ms' in properties)
    return settings.reconnectBackoffMaxMs;
  logger.warn(
    'Disabling exponential reconnect backoff because reconnect.backoff.ms is set, but reconnect.backoff.max.ms is not.',
  );
  return settings.reconnectBackoffMs;
}
