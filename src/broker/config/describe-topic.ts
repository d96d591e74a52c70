import { TOPIC_CONFIGS } from './definitions/index.ts';
import { synonymsOf } from './describe-broker.ts';
import { type ConfigEntry, ConfigSource, configEntry, describedNames, otherNames } from './entries.ts';
import { type BrokerConfigLayers, mergeLayers } from './layers.ts';
import { brokerSynonyms, TOPIC_SYNONYMS } from './synonyms.ts';
import { brokerDefault } from './topic-defaults.ts';
import { parseValue } from './values.ts';

/** DescribeConfigs of a topic with these configs of its own. */
export function describeTopic(topicConfigs: ReadonlyMap<string, string>, layers: BrokerConfigLayers): ConfigEntry[] {
  const brokerValues = mergeLayers(layers);
  return [...otherNames(topicConfigs, TOPIC_CONFIGS), ...describedNames(TOPIC_CONFIGS)].map((name) => {
    const definition = TOPIC_CONFIGS.get(name);
    const given = topicConfigs.get(name) ?? brokerDefault(name, brokerValues);
    const value = definition ? parseValue(definition, given).text : given;
    const own = topicConfigs.has(name) ? [{ name, value, source: ConfigSource.TOPIC }] : [];
    const key = TOPIC_SYNONYMS.get(name)?.[0]?.name;
    const inherited = key === undefined ? [] : synonymsOf(key, brokerSynonyms(key), layers);
    return configEntry(name, definition, value, [...own, ...inherited], false);
  });
}

/**
 * The configs in the response to CreateTopics, by name. Unlike DescribeConfigs they show values as they were given and find
 * a source for values in other units (KafkaConfigSchema.resolveEffectiveTopicConfigs).
 */
export function describeCreatedTopic(
  topicConfigs: ReadonlyMap<string, string>,
  layers: BrokerConfigLayers,
): ConfigEntry[] {
  return [...TOPIC_CONFIGS.values()]
    .filter(({ internal, name }) => !internal || topicConfigs.has(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((definition) => {
      const { value, source } = resolve(definition.name, topicConfigs, layers);
      const found = source === ConfigSource.DEFAULT ? [] : [{ name: definition.name, value, source }];
      return configEntry(definition.name, definition, value, found, false);
    });
}

function resolve(name: string, topicConfigs: ReadonlyMap<string, string>, layers: BrokerConfigLayers) {
  const own = topicConfigs.get(name);
  if (own !== undefined) return { value: own, source: ConfigSource.TOPIC };
  const sources = [
    [layers.dynamicBroker, ConfigSource.DYNAMIC_BROKER],
    [layers.dynamicDefault, ConfigSource.DYNAMIC_DEFAULT_BROKER],
    [layers.given, ConfigSource.STATIC_BROKER],
  ] as const;
  for (const [values, source] of sources) {
    for (const synonym of TOPIC_SYNONYMS.get(name) ?? []) {
      const value = values.get(synonym.name);
      if (value !== undefined)
        return { value: synonym.toTopicUnit === 1 ? value : String(Number(value) * synonym.toTopicUnit), source };
    }
  }
  return { value: TOPIC_CONFIGS.get(name)?.default ?? null, source: ConfigSource.DEFAULT };
}
