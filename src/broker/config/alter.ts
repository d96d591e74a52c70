import { ConfigError, ConfigErrorCode } from './config-error.ts';
import type { ConfigDefinition } from './definition.ts';

/** Operations of IncrementalAlterConfigs (KIP-339) by their numbers. */
export const AlterOperation = { SET: 0, DELETE: 1, APPEND: 2, SUBTRACT: 3 } as const;

/** One change of a config, in the names of the IncrementalAlterConfigs request. */
export interface ConfigAlteration {
  readonly name: string;
  readonly configOperation: number;
  readonly value: string | null;
}

/** What a resource's configs become, and the records that say so (value null = removed). */
export interface AlteredConfigs {
  readonly configs: ReadonlyMap<string, string>;
  readonly changes: readonly { readonly name: string; readonly value: string | null }[];
}

/**
 * The checks of ConfigAdminManager.preprocess on the changes of one resource, before anything is looked up.
 * @throws ConfigError (INVALID_REQUEST): a key twice, a missing value, an unknown operation
 */
export function checkAlterations(alterations: readonly ConfigAlteration[]): void {
  const refuse = (message: string) => new ConfigError(message, ConfigErrorCode.INVALID_REQUEST);
  if (new Set(alterations.map(({ name }) => name)).size !== alterations.length)
    throw refuse('Error due to duplicate config keys');
  const unset = alterations.filter(
    ({ value, configOperation }) => value === null && configOperation !== AlterOperation.DELETE,
  );
  if (unset.length > 0) throw refuse(`Null value not supported for : ${unset.map(({ name }) => name).join(', ')}`);
  const unknown = alterations.find(({ configOperation }) => configOperation < 0 || configOperation > 3);
  if (unknown) throw refuse(`Unknown operations type ${unknown.configOperation}`);
}

/**
 * Applies changes to the configs of a resource (ConfigurationControlManager.incrementalAlterConfigResource). APPEND and
 * SUBTRACT begin with the definition's default if the resource has no value; APPEND adds only what is not there.
 * @param always whether unchanged values are recorded too
 * @throws ConfigError (INVALID_CONFIG) if a list operation meets a key that is no list
 */
export function applyAlterations(
  current: ReadonlyMap<string, string>,
  alterations: readonly ConfigAlteration[],
  definitionOf: (name: string) => ConfigDefinition | undefined,
  always = false,
): AlteredConfigs {
  const configs = new Map(current);
  const changes: { name: string; value: string | null }[] = [];
  for (const alteration of alterations) {
    const { name } = alteration;
    const value = newValue(alteration, current.get(name), definitionOf(name));
    if (!always && value === (current.get(name) ?? null)) continue;
    if (value === null) configs.delete(name);
    else configs.set(name, value);
    changes.push({ name, value });
  }
  return { configs, changes };
}

function newValue(
  { name, configOperation, value }: ConfigAlteration,
  current: string | undefined,
  definition: ConfigDefinition | undefined,
): string | null {
  if (configOperation === AlterOperation.DELETE) return null;
  if (configOperation === AlterOperation.SET) return value;
  const word = configOperation === AlterOperation.APPEND ? 'APPEND' : 'SUBTRACT';
  if (definition?.type !== 'LIST') throw new ConfigError(`Can't ${word} to key ${name} because its type is not LIST.`);
  const items = splitItems(current ?? definition.default ?? '');
  const given = splitItems(value ?? '');
  if (configOperation === AlterOperation.SUBTRACT) return items.filter((item) => !given.includes(item)).join(',');
  return [...new Set([...items, ...given])].join(',');
}

/** As Kafka splits here: blanks around an item belong to it. */
function splitItems(text: string): string[] {
  return text === '' ? [] : text.split(',');
}

/** The legacy AlterConfigs: `configs` become all that the resource has; its other keys are removed. */
export function replaceConfigs(
  current: ReadonlyMap<string, string>,
  configs: ReadonlyMap<string, string>,
  always = false,
): AlteredConfigs {
  const set = [...configs].filter(([name, value]) => always || current.get(name) !== value);
  const removed = [...current.keys()].filter((name) => !configs.has(name));
  return {
    configs: new Map(configs),
    changes: [...set.map(([name, value]) => ({ name, value })), ...removed.map((name) => ({ name, value: null }))],
  };
}
