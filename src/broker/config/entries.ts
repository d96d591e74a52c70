import { hashMapOrder, javaStringHash } from '../../util/java-hash.ts';
import { CONFIG_TYPE_ID, type ConfigDefinition } from './definition.ts';

/** Kafka's numbers for where a value comes from (DescribeConfigsResponse.ConfigSource). */
export const ConfigSource = {
  TOPIC: 1,
  DYNAMIC_BROKER: 2,
  DYNAMIC_DEFAULT_BROKER: 3,
  STATIC_BROKER: 4,
  DEFAULT: 5,
  DYNAMIC_BROKER_LOGGER: 6,
  CLIENT_METRICS: 7,
  GROUP: 8,
} as const;

/** One value that a config has or would have, with its source. */
export interface SynonymEntry {
  readonly name: string;
  readonly value: string | null;
  readonly source: number;
}

/** One config as DescribeConfigs answers it, in the names of its response. */
export interface ConfigEntry {
  readonly name: string;
  /** null if unset or sensitive. */
  readonly value: string | null;
  readonly readOnly: boolean;
  readonly isDefault: boolean;
  readonly configSource: number;
  readonly isSensitive: boolean;
  /** The value in force first. */
  readonly synonyms: readonly SynonymEntry[];
  readonly configType: number;
  readonly documentation: string | null;
}

/** A value of an unknown key may be anything, so it is treated like a password. */
export function isSensitive(definition: ConfigDefinition | undefined): boolean {
  return definition === undefined || definition.type === 'PASSWORD';
}

/** An entry whose source is that of its first synonym. */
export function configEntry(
  name: string,
  definition: ConfigDefinition | undefined,
  value: string | null,
  synonyms: readonly SynonymEntry[],
  readOnly: boolean,
): ConfigEntry {
  const configSource = synonyms[0]?.source ?? ConfigSource.DEFAULT;
  const sensitive = isSensitive(definition);
  return {
    name,
    value: sensitive ? null : value,
    readOnly,
    isDefault: configSource === ConfigSource.DEFAULT,
    configSource,
    isSensitive: sensitive,
    synonyms: sensitive ? synonyms.map((synonym) => ({ ...synonym, value: null })) : synonyms,
    configType: CONFIG_TYPE_ID[definition?.type ?? 'UNKNOWN'],
    documentation: definition?.documentation ?? null,
  };
}

/** Names of the definitions that are described, in the order in which Kafka answers: that of a java.util.HashMap. */
export function describedNames(definitions: ReadonlyMap<string, ConfigDefinition>): string[] {
  const names = [...definitions.values()].filter(({ internal }) => !internal).map(({ name }) => name);
  return hashMapOrder(names, javaStringHash);
}

/** Given names that describedNames leaves out; Kafka puts them first. */
export function otherNames(
  given: ReadonlyMap<string, string>,
  definitions: ReadonlyMap<string, ConfigDefinition>,
): string[] {
  return hashMapOrder(given.keys(), javaStringHash).filter((name) => definitions.get(name)?.internal !== false);
}

/** What a DescribeConfigs request asks for of a resource. */
export interface DescribeOptions {
  /** Names wanted; null or none = all. */
  readonly names: readonly string[] | null;
  readonly includeSynonyms: boolean;
  readonly includeDocumentation: boolean;
}

/** The entries that were asked for, without what was not. */
export function selectEntries(entries: readonly ConfigEntry[], options: DescribeOptions): ConfigEntry[] {
  const names = options.names?.length ? options.names : null;
  return entries
    .filter(({ name }) => names === null || names.includes(name))
    .map((entry) => ({
      ...entry,
      synonyms: options.includeSynonyms ? entry.synonyms : [],
      documentation: options.includeDocumentation ? entry.documentation : null,
    }));
}
