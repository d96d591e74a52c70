import { BROKER_CONFIGS, TOPIC_CONFIGS } from './definitions/index.ts';
import { TOPIC_SYNONYMS } from './synonyms.ts';
import { parseValue } from './values.ts';

/**
 * What a topic without a value of its own has, as text: the first broker synonym given, in the topic's unit, else the
 * definition's default (KafkaConfig.extractLogConfigMap). Any negative log.retention means for ever: -1.
 * @param brokerValues every given broker value, dynamic ones merged over static ones
 * @throws ConfigError if the broker value is bad
 */
export function brokerDefault(topicConfig: string, brokerValues: ReadonlyMap<string, string>): string | null {
  for (const { name, toTopicUnit } of TOPIC_SYNONYMS.get(topicConfig) ?? []) {
    const given = brokerValues.get(name);
    const definition = BROKER_CONFIGS.get(name);
    if (given === undefined || !definition) continue;
    const { text } = parseValue(definition, given);
    if (topicConfig === 'retention.ms' && text?.startsWith('-')) return '-1';
    return text === null || toTopicUnit === 1 ? text : String(BigInt(text) * BigInt(toTopicUnit));
  }
  return TOPIC_CONFIGS.get(topicConfig)?.default ?? null;
}
