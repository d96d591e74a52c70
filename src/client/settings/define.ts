// Settings by Kafka's names with Kafka's checks and texts (org.apache.kafka.common.config.ConfigDef): a table of fields,
// from which the type of the parsed settings follows.
import { hashMapOrder, javaStringHash } from '../../util/java-hash.ts';
import { ConfigError } from '../errors.ts';

/** The text of a setting, undefined if it is not given, to its value. */
export interface SettingField<T> {
  readonly name: string;
  readonly parse: (text: string | undefined) => T;
}

export type Settings<D> = { readonly [K in keyof D]: D[K] extends SettingField<infer T> ? T : never };

/** @throws ConfigError for the first setting with an impossible value */
export function parseSettings<D extends Readonly<Record<string, SettingField<unknown>>>>(
  fields: D,
  properties: Readonly<Record<string, string>>,
): Settings<D> {
  const parsed = Object.entries(fields).map(([key, field]) => [key, field.parse(properties[field.name])]);
  return Object.fromEntries(parsed) as Settings<D>;
}

function invalid(name: string, value: unknown, reason: string): ConfigError {
  return new ConfigError(`Invalid value ${value} for configuration ${name}: ${reason}`);
}

interface NumberLimits {
  readonly min?: number;
  readonly max?: number;
}

const INT_MAX = 2 ** 31 - 1;

function integer(
  type: 'INT' | 'LONG',
  name: string,
  initial: number,
  { min, max }: NumberLimits,
): SettingField<number> {
  return {
    name,
    parse(text) {
      if (text === undefined) return initial;
      const trimmed = text.trim();
      const value = Number(trimmed);
      if (!/^[+-]?\d+$/.test(trimmed) || (type === 'INT' && (value > INT_MAX || value < -INT_MAX - 1))) {
        throw invalid(name, text, `Not a number of type ${type}`);
      }
      if (min !== undefined && value < min) throw invalid(name, value, `Value must be at least ${min}`);
      if (max !== undefined && value > max) throw invalid(name, value, `Value must be no more than ${max}`);
      return value;
    },
  };
}

export function int(name: string, initial: number, limits: NumberLimits = {}): SettingField<number> {
  return integer('INT', name, initial, limits);
}

export function long(name: string, initial: number, limits: NumberLimits = {}): SettingField<number> {
  return integer('LONG', name, initial, limits);
}

export function bool(name: string, initial: boolean): SettingField<boolean> {
  return {
    name,
    parse(text) {
      if (text === undefined) return initial;
      const word = text.trim().toLowerCase();
      if (word !== 'true' && word !== 'false') {
        throw invalid(name, text, 'Expected value to be either true or false');
      }
      return word === 'true';
    },
  };
}

export function text(name: string, initial: string): SettingField<string> {
  return { name, parse: (given) => given?.trim() ?? initial };
}

/** For settings whose absence means something. */
export function optionalText(name: string): SettingField<string | undefined> {
  return { name, parse: (given) => given?.trim() };
}

/** The same, but there must be something in it. */
export function nonEmptyText(name: string): SettingField<string | undefined> {
  return {
    name,
    parse(given) {
      const trimmed = given?.trim();
      if (trimmed === '') throw invalid(name, trimmed, 'String must be non-empty');
      return trimmed;
    },
  };
}

/** As ConfigDef.CaseInsensitiveValidString keeps them: a HashSet of capitals. */
const inHashOrder = (words: readonly string[]): string[] =>
  hashMapOrder(
    words.map((word) => word.toUpperCase()),
    javaStringHash,
  );

/** One of `words`; compared without regard to case if `anyCase`. */
export function oneOf<const W extends string>(
  name: string,
  words: readonly W[],
  initial: NoInfer<W>,
  { anyCase = false } = {},
): SettingField<W> {
  return {
    name,
    parse(given) {
      if (given === undefined) return initial;
      const wanted = anyCase ? given.trim().toLowerCase() : given.trim();
      const word = words.find((candidate) => (anyCase ? candidate.toLowerCase() : candidate) === wanted);
      if (word !== undefined) return word;
      const rule = anyCase ? 'String must be one of (case insensitive)' : 'String must be one of';
      throw invalid(name, given.trim(), `${rule}: ${(anyCase ? inHashOrder(words) : words).join(', ')}`);
    },
  };
}

/** Words between commas, each once, none of them empty: Kafka's ConfigDef.ValidList. */
export function distinctList(name: string): SettingField<readonly string[]> {
  return {
    name,
    parse(given = '') {
      if (given.trim() === '') return [];
      const items = new Set(given.split(',').map((item) => item.trim()));
      if (items.has('')) throw new ConfigError(`Configuration '${name}' values must not be empty.`);
      return [...items];
    },
  };
}

/** Words between commas; blanks around them and empty ones are dropped. */
export function list(name: string): SettingField<readonly string[]> {
  return {
    name,
    parse: (given) =>
      (given ?? '')
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== ''),
  };
}
