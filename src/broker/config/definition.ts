import type { Validator } from './validators.ts';

/** Types of configuration values: Kafka's ConfigDef.Type. */
export type ConfigType = 'BOOLEAN' | 'STRING' | 'INT' | 'SHORT' | 'LONG' | 'DOUBLE' | 'LIST' | 'CLASS' | 'PASSWORD';

export type Importance = 'HIGH' | 'MEDIUM' | 'LOW';

/** How a broker key can be changed while the broker runs (KIP-226): not at all, for one broker only, or also for all. */
export type UpdateMode = 'read-only' | 'per-broker' | 'cluster-wide';

/** One configuration key as Kafka defines it. */
export interface ConfigDefinition {
  readonly name: string;
  readonly type: ConfigType;
  /** The default as text; null = unset, undefined = the key is mandatory in Kafka. */
  readonly default: string | null | undefined;
  readonly importance: Importance;
  readonly documentation: string;
  readonly validator?: Validator;
  readonly update: UpdateMode;
  /** Internal keys are accepted but never described. */
  readonly internal: boolean;
}

/** Kafka's numbers for the types in DescribeConfigs responses (DescribeConfigsResponse.ConfigType). */
export const CONFIG_TYPE_ID: Readonly<Record<ConfigType | 'UNKNOWN', number>> = {
  UNKNOWN: 0,
  BOOLEAN: 1,
  STRING: 2,
  INT: 3,
  SHORT: 4,
  LONG: 5,
  DOUBLE: 6,
  LIST: 7,
  CLASS: 8,
  PASSWORD: 9,
};

// The words of the tables in definitions/.
export const BOOLEAN = 'BOOLEAN';
export const STRING = 'STRING';
export const INT = 'INT';
export const SHORT = 'SHORT';
export const LONG = 'LONG';
export const DOUBLE = 'DOUBLE';
export const LIST = 'LIST';
export const CLASS = 'CLASS';
export const PASSWORD = 'PASSWORD';
export const HIGH = 'HIGH';
export const MEDIUM = 'MEDIUM';
export const LOW = 'LOW';
export const PER_BROKER = 'per-broker';
export const CLUSTER_WIDE = 'cluster-wide';
export const INTERNAL = 'internal';
/** No validator, in a row that goes on. */
export const anything = undefined;
/** No default: the key must be given. */
export const mandatory = undefined;

/** One row of a definitions table. */
export function key(
  name: string,
  type: ConfigType,
  defaultText: string | null | undefined,
  importance: Importance,
  documentation: string,
  validator?: Validator,
  update: UpdateMode | typeof INTERNAL = 'read-only',
): ConfigDefinition {
  const internal = update === INTERNAL;
  return {
    name,
    type,
    default: defaultText,
    importance,
    documentation,
    ...(validator && { validator }),
    update: internal ? 'read-only' : update,
    internal,
  };
}

/** A table by name, in the order of its rows. */
export function byName(...tables: (readonly ConfigDefinition[])[]): ReadonlyMap<string, ConfigDefinition> {
  return new Map(tables.flat().map((definition) => [definition.name, definition]));
}
