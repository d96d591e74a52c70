import { BROKER_CONFIGS, CLIENT_METRICS_CONFIGS, GROUP_CONFIGS } from './definitions/index.ts';
import { synonymsOf } from './describe-broker.ts';
import { type ConfigEntry, ConfigSource, configEntry, describedNames, type SynonymEntry } from './entries.ts';
import { type BrokerConfigLayers, mergeLayers } from './layers.ts';
import { parseValue } from './values.ts';

/** The broker key that is the default of a group config: the same name after `group.`; undefined if there is none. */
export function groupSynonym(name: string): string | undefined {
  return BROKER_CONFIGS.has(`group.${name}`) ? `group.${name}` : undefined;
}

/** DescribeConfigs of a group with these configs of its own. */
export function describeGroup(groupConfigs: ReadonlyMap<string, string>, layers: BrokerConfigLayers): ConfigEntry[] {
  const brokerValues = mergeLayers(layers);
  return describedNames(GROUP_CONFIGS).map((name) => {
    const definition = GROUP_CONFIGS.get(name);
    const key = groupSynonym(name);
    const inherited: SynonymEntry[] = key
      ? synonymsOf(key, [key], layers)
      : [{ name, value: definition?.default ?? null, source: ConfigSource.DEFAULT }];
    const given = groupConfigs.get(name) ?? (key && brokerValues.get(key)) ?? definition?.default ?? null;
    const value = definition ? parseValue(definition, given).text : given;
    const own = groupConfigs.has(name) ? [{ name, value, source: ConfigSource.GROUP }] : [];
    return configEntry(name, definition, value, [...own, ...inherited], false);
  });
}

/** DescribeConfigs of a client metrics subscription (KIP-714). */
export function describeClientMetrics(subscription: ReadonlyMap<string, string>): ConfigEntry[] {
  return describedNames(CLIENT_METRICS_CONFIGS).map((name) => {
    const definition = CLIENT_METRICS_CONFIGS.get(name);
    const given = subscription.get(name);
    const value = definition ? parseValue(definition, given ?? definition.default ?? null).text : null;
    const own = given === undefined ? [] : [{ name, value, source: ConfigSource.CLIENT_METRICS }];
    return configEntry(name, definition, value, own, false);
  });
}
