import { type AlteredConfigs, applyAlterations, type ConfigAlteration, replaceConfigs } from './alter.ts';
import { TOPIC_CONFIGS } from './definitions/index.ts';
import type { BrokerConfigLayers } from './layers.ts';
import { validateTopicConfigs } from './topic-config.ts';

/**
 * IncrementalAlterConfigs of a topic: its configs after changes that have passed checkAlterations. Kafka looks whether the
 * topic exists only after this, so a bad value of a missing topic is answered as a bad value.
 * @throws ConfigError (INVALID_CONFIG) with Kafka's text
 */
export function alterTopicConfigs(
  current: ReadonlyMap<string, string>,
  alterations: readonly ConfigAlteration[],
  layers: BrokerConfigLayers,
): AlteredConfigs {
  const altered = applyAlterations(current, alterations, (name) => TOPIC_CONFIGS.get(name));
  validateTopicConfigs(altered.configs, layers);
  return altered;
}

/** The legacy AlterConfigs of a topic: what is not in `configs` is removed. @throws as alterTopicConfigs */
export function replaceTopicConfigs(
  current: ReadonlyMap<string, string>,
  configs: ReadonlyMap<string, string>,
  layers: BrokerConfigLayers,
): AlteredConfigs {
  validateTopicConfigs(configs, layers);
  return replaceConfigs(current, configs);
}
