import { brokerSynonyms, LISTENER_CONFIG } from './synonyms.ts';

/** Where a broker's values come from, as text by key: what it was started with, and its dynamic configuration (KIP-226). */
export interface BrokerConfigLayers {
  /** BrokerConfig.given */
  readonly given: ReadonlyMap<string, string>;
  /** Configs of the BROKER resource '' : for every broker. */
  readonly dynamicDefault: ReadonlyMap<string, string>;
  /** Configs of the BROKER resource of this node's id; they win. */
  readonly dynamicBroker: ReadonlyMap<string, string>;
}

/**
 * The values in force. A dynamic value puts aside every other key for the same setting: log.retention.ms set dynamically
 * hides a log.retention.hours from the file (DynamicBrokerConfig.overrideProps).
 */
export function mergeLayers({ given, dynamicDefault, dynamicBroker }: BrokerConfigLayers): Map<string, string> {
  const merged = new Map(given);
  for (const layer of [dynamicDefault, dynamicBroker]) {
    for (const [name, value] of layer) {
      if (!LISTENER_CONFIG.test(name)) for (const synonym of brokerSynonyms(name)) merged.delete(synonym);
      merged.set(name, value);
    }
  }
  return merged;
}
