// Configs of topics, brokers, groups and client metrics.
import type { KafkaError } from '../../../protocol/errors.ts';

/** ConfigResource.Type and its number on the wire. */
export const ConfigResourceType = {
  TOPIC: 2,
  BROKER: 4,
  BROKER_LOGGER: 8,
  CLIENT_METRICS: 16,
  GROUP: 32,
} as const;

export interface ConfigResource {
  readonly type: number;
  /** Topic, broker id (empty for the cluster-wide default), group or client-metrics name. */
  readonly name: string;
}

/** ConfigEntry.ConfigSource by its number on the wire. */
export const CONFIG_SOURCES = [
  'UNKNOWN',
  'DYNAMIC_TOPIC_CONFIG',
  'DYNAMIC_BROKER_CONFIG',
  'DYNAMIC_DEFAULT_BROKER_CONFIG',
  'STATIC_BROKER_CONFIG',
  'DEFAULT_CONFIG',
  'DYNAMIC_BROKER_LOGGER_CONFIG',
  'DYNAMIC_CLIENT_METRICS_CONFIG',
  'DYNAMIC_GROUP_CONFIG',
] as const;
export type ConfigSource = (typeof CONFIG_SOURCES)[number];

/** ConfigEntry.ConfigType by its number on the wire. */
export const CONFIG_TYPES = [
  'UNKNOWN',
  'BOOLEAN',
  'STRING',
  'INT',
  'SHORT',
  'LONG',
  'DOUBLE',
  'LIST',
  'CLASS',
  'PASSWORD',
] as const;
export type ConfigType = (typeof CONFIG_TYPES)[number];

export interface ConfigSynonym {
  readonly name: string;
  readonly value: string | null;
  readonly source: ConfigSource;
}

export interface ConfigEntry {
  readonly name: string;
  /** null for sensitive ones. */
  readonly value: string | null;
  readonly source: ConfigSource;
  readonly isReadOnly: boolean;
  readonly isSensitive: boolean;
  readonly type: ConfigType;
  readonly documentation: string | null;
  /** Empty unless asked for. */
  readonly synonyms: readonly ConfigSynonym[];
}

export interface ConfigDescription {
  readonly resource: ConfigResource;
  /** In the broker's order. */
  readonly entries: readonly ConfigEntry[];
  readonly error?: KafkaError;
}

export type AlterConfigOperation = 'SET' | 'DELETE' | 'APPEND' | 'SUBTRACT';

export interface AlterConfigs {
  readonly resource: ConfigResource;
  readonly ops: readonly { readonly name: string; readonly value: string | null; readonly op: AlterConfigOperation }[];
}

export interface ResourceOutcome {
  readonly resource: ConfigResource;
  readonly error?: KafkaError;
}
