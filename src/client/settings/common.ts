// What every client needs to reach a cluster (org.apache.kafka.clients.CommonClientConfigs).
import { ConfigProviderError, withProvidedValues } from '../../security/config-providers.ts';
import { type Logger, silentLogger } from '../../util/logger.ts';
import { ConfigError } from '../errors.ts';
import type { SecuritySettings } from '../security/transport.ts';
import { distinctList, int, long, oneOf, type Settings, text } from './define.ts';

type Properties = Readonly<Record<string, string>>;

const SECURITY_PROTOCOLS = ['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL'] as const;

/** Names are resolved to all their addresses either way. */
const DNS_LOOKUPS = ['use_all_dns_ips', 'resolve_canonical_bootstrap_servers_only'] as const;

/** Times in milliseconds, sizes in bytes. */
export const commonFields = {
  bootstrapServers: distinctList('bootstrap.servers'),
  /** In place of brokers; only the admin client can talk to controllers (KIP-919). */
  bootstrapControllers: distinctList('bootstrap.controllers'),
  dnsLookup: oneOf('client.dns.lookup', DNS_LOOKUPS, 'use_all_dns_ips'),
  clientId: text('client.id', ''),
  requestTimeoutMs: int('request.timeout.ms', 30_000, { min: 0 }),
  retryBackoffMs: long('retry.backoff.ms', 100, { min: 0 }),
  retryBackoffMaxMs: long('retry.backoff.max.ms', 1000, { min: 0 }),
  reconnectBackoffMs: long('reconnect.backoff.ms', 50, { min: 0 }),
  reconnectBackoffMaxMs: long('reconnect.backoff.max.ms', 1000, { min: 0 }),
  connectTimeoutMs: long('socket.connection.setup.timeout.ms', 10_000),
  metadataMaxAgeMs: long('metadata.max.age.ms', 300_000, { min: 0 }),
  securityProtocol: oneOf('security.protocol', SECURITY_PROTOCOLS, 'PLAINTEXT', { anyCase: true }),
} as const;

/** What {@link Cluster} is made with; each kind of client adds its own. */
export interface ClusterSettings extends Settings<typeof commonFields> {
  /** How often a failed call is repeated. */
  readonly retries: number;
  /** Milliseconds for a whole call, with all its retries. */
  readonly defaultApiTimeoutMs: number;
  readonly security: SecuritySettings;
}

/** What {@link Cluster} needs for its connections. */
export function securityOf(
  { securityProtocol }: Settings<typeof commonFields>,
  properties: Properties,
): SecuritySettings {
  return { protocol: securityProtocol, properties };
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

/** Pauses between attempts to connect grow only if both settings of them are given, or none (CommonClientConfigs.postProcessReconnectBackoffConfigs). */
export function withReconnectBackoff<S extends ClusterSettings>(settings: S, logger: Logger = silentLogger): S {
  const { properties } = settings.security;
  if (!('reconnect.backoff.ms' in properties) || 'reconnect.backoff.max.ms' in properties) return settings;
  logger.warn(
    'Disabling exponential reconnect backoff because reconnect.backoff.ms is set, but reconnect.backoff.max.ms is not.',
  );
  return { ...settings, reconnectBackoffMaxMs: settings.reconnectBackoffMs };
}
