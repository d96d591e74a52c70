import { NO_MODULES, type UserModules } from '../user-module.ts';
import type { Deserialize, DeserializerSettings, MakeDeserializer } from './deserialize.ts';
import { jsonText } from './json-deserializer.ts';
import { listDeserializer } from './list-deserializer.ts';
import { SERIALIZATION, scalarDeserializers } from './scalar-deserializers.ts';
import { userDeserializer } from './user-formatter.ts';
import { sessionWindowedDeserializer, timeWindowedDeserializer } from './windowed-deserializers.ts';

const DESERIALIZERS: ReadonlyMap<string, MakeDeserializer> = new Map([
  ...scalarDeserializers,
  [`${SERIALIZATION}ListDeserializer`, listDeserializer],
  ['org.apache.kafka.connect.json.JsonDeserializer', () => jsonText],
  ['org.apache.kafka.streams.kstream.TimeWindowedDeserializer', timeWindowedDeserializer],
  ['org.apache.kafka.streams.kstream.SessionWindowedDeserializer', sessionWindowedDeserializer],
]);

/** The Java class names that `deserializer` knows. */
export const deserializerClasses: readonly string[] = [...DESERIALIZERS.keys()];

/**
 * The deserializer that a Java class name, or the path of a module, stands for, undefined if there is none.
 * @throws JavaException for settings that it cannot work with
 */
export function deserializer(
  className: string,
  settings: DeserializerSettings,
  modules: UserModules = NO_MODULES,
): Deserialize | undefined {
  const module = modules.get(className);
  if (module) return userDeserializer(module, settings.properties, settings.isKey);
  return DESERIALIZERS.get(className)?.(settings);
}
