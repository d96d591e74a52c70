import { BROKER_CONFIGS } from './definitions/index.ts';

/**
 * The value in force of a key for one listener: `listener.name.<listener>.<key>` before `<key>` before its default.
 * For a key of one SASL mechanism give `<mechanism>.<key>`, mechanism in lower case: only the long form is looked for then.
 * @param values BrokerConfig.values
 * @param listener in any case
 * @returns text as it was given; undefined where there is neither value nor default
 */
export function listenerConfig(values: ReadonlyMap<string, string>, listener: string, key: string): string | undefined {
  const own = values.get(`listener.name.${listener.toLowerCase()}.${key}`);
  return own ?? values.get(key) ?? BROKER_CONFIGS.get(key)?.default ?? undefined;
}
