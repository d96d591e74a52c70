import { hashMapOrder, javaStringHash } from '../../util/java-hash.ts';
import type { ConfigDefinition } from './definition.ts';
import { BROKER_CONFIGS, DYNAMIC_BROKER_CONFIGS } from './definitions/index.ts';
import {
  type ConfigEntry,
  ConfigSource,
  configEntry,
  describedNames,
  otherNames,
  type SynonymEntry,
} from './entries.ts';
import { type BrokerConfigLayers, mergeLayers } from './layers.ts';
import { brokerSynonyms } from './synonyms.ts';
import { parseValue } from './values.ts';

/** The definition of a broker key, dynamic-only keys and keys for one listener included. */
export function brokerDefinition(name: string): ConfigDefinition | undefined {
  const exact = (key: string) => BROKER_CONFIGS.get(key) ?? DYNAMIC_BROKER_CONFIGS.get(key);
  return exact(name) ?? exact(brokerSynonyms(name).at(-1) ?? name);
}

/**
 * Every value that the keys `names` have, in the order in which they win; what comes before `name` itself first appears is
 * left out (ConfigHelper.configSynonyms): log.retention.hours is no synonym of an unset log.retention.ms.
 */
export function synonymsOf(name: string, names: readonly string[], layers: BrokerConfigLayers): SynonymEntry[] {
  const sources: [number, (key: string) => string | null | undefined][] = [
    [ConfigSource.DYNAMIC_BROKER, (key) => layers.dynamicBroker.get(key)],
    [ConfigSource.DYNAMIC_DEFAULT_BROKER, (key) => layers.dynamicDefault.get(key)],
    [ConfigSource.STATIC_BROKER, (key) => layers.given.get(key)],
    [ConfigSource.DEFAULT, (key) => BROKER_CONFIGS.get(key)?.default],
  ];
  const all = sources.flatMap(([source, valueOfKey]) =>
    names.flatMap((key) => {
      const value = valueOfKey(key);
      return value === undefined || value === null ? [] : [{ name: key, value, source }];
    }),
  );
  const first = all.findIndex((synonym) => synonym.name === name);
  return first < 0 ? [] : all.slice(first);
}

/** DescribeConfigs of a broker by its id: every key, unknown given ones first. */
export function describeBroker(layers: BrokerConfigLayers): ConfigEntry[] {
  const values = mergeLayers(layers);
  return [...otherNames(values, BROKER_CONFIGS), ...describedNames(BROKER_CONFIGS)].map((name) => {
    const definition = brokerDefinition(name);
    const given = values.get(name) ?? definition?.default ?? null;
    const exact = BROKER_CONFIGS.get(name);
    return brokerEntry(name, exact ? parseValue(exact, given).text : given, layers);
  });
}

/** DescribeConfigs of the default broker (an empty name): the cluster-wide dynamic values only. */
export function describeDefaultBroker(dynamicDefault: ReadonlyMap<string, string>): ConfigEntry[] {
  const layers = { given: new Map(), dynamicDefault, dynamicBroker: new Map() };
  // Kafka answers in the order of a Scala map: by hash within a bucket.
  const spread = (name: string) => javaStringHash(name) ^ (javaStringHash(name) >>> 16);
  const names = hashMapOrder(
    [...dynamicDefault.keys()].sort((a, b) => spread(a) - spread(b)),
    javaStringHash,
  );
  return names.map((name) => {
    const entry = brokerEntry(name, dynamicDefault.get(name) ?? null, layers);
    const synonyms = entry.synonyms.filter(({ source }) => source === ConfigSource.DYNAMIC_DEFAULT_BROKER);
    return { ...entry, synonyms };
  });
}

function brokerEntry(name: string, value: string | null, layers: BrokerConfigLayers): ConfigEntry {
  const exact = BROKER_CONFIGS.get(name) ?? DYNAMIC_BROKER_CONFIGS.get(name);
  const readOnly = exact === undefined || exact.update === 'read-only';
  return configEntry(name, brokerDefinition(name), value, synonymsOf(name, brokerSynonyms(name), layers), readOnly);
}
