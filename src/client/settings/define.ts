// Settings by Kafka's names with Kafka's checks and texts (org.apache.kafka.common.config.ConfigDef): a table of fields,
// from which the type of the parsed settings follows.
import { javaDoubleToString, parseJavaDouble } from '../../util/java-double.ts';
import { hashMapOrder, javaStringHash } from '../../util/java-hash.ts';
import { type Logger, silentLogger } from '../../util/logger.ts';
import { ConfigError } from '../errors.ts';

/** The text of a setting, undefined if it is not given, to its value; what is mended is told to `logger`. */
export interface SettingField<T> {
  readonly name: string;
  readonly parse: (text: string | undefined, logger: Logger) => T;
}

export type Settings<D> = { readonly [K in keyof D]: D[K] extends SettingField<infer T> ? T : never };

/** In the order of the table, which is that of Kafka's own. @throws ConfigError for the first setting with an impossible value */
export function parseSettings<D extends Readonly<Record<string, SettingField<unknown>>>>(
  fields: D,
  properties: Readonly<Record<string, string>>,
  logger: Logger = silentLogger,
): Settings<D> {
  const parsed = Object.entries(fields).map(([key, field]) => [key, field.parse(properties[field.name], logger)]);
  return Object.fromEntries(parsed) as Settings<D>;
}

/** Settings whose values nobody here asks for: they are checked, and that is all. */
export function checkedOnly(...fields: readonly SettingField<unknown>[]): Readonly<Record<never, never>> {
  return Object.fromEntries(fields.map((field) => [field.name, field]));
}

export function invalid(name: string, value: unknown, reason: string): ConfigError {
  return new ConfigError(`Invalid value ${value} for configuration ${name}: ${reason}`);
}

interface NumberLimits {
  readonly min?: number;
  readonly max?: number;
}

const BITS = { SHORT: 15n, INT: 31n, LONG: 63n } as const;

/** Undefined for what Java's parse methods refuse. */
function parseInteger(type: keyof typeof BITS, text: string): number | undefined {
  const trimmed = text.trim();
  if (!/^[+-]?\d+$/.test(trimmed)) return undefined;
  const limit = 1n << BITS[type];
  const exact = BigInt(trimmed.replace(/^\+/, ''));
  return exact >= limit || exact < -limit ? undefined : Number(exact);
}

function checkLimits(name: string, value: number, { min, max }: NumberLimits, show: (value: number) => string): void {
  if (min !== undefined && value < min) throw invalid(name, show(value), `Value must be at least ${show(min)}`);
  if (max !== undefined && value > max) throw invalid(name, show(value), `Value must be no more than ${show(max)}`);
}

const integer =
  (type: keyof typeof BITS) =>
  <const I extends number | undefined>(
    name: string,
    initial: I,
    limits: NumberLimits = {},
  ): SettingField<number | (I extends number ? never : undefined)> => ({
    name,
    parse(text) {
      if (text === undefined) return initial as never;
      const value = parseInteger(type, text);
      if (value === undefined) throw invalid(name, text, `Not a number of type ${type}`);
      checkLimits(name, value, limits, String);
      return value;
    },
  });

/** `undefined` as initial value where Kafka has null. */
export const short = integer('SHORT');
export const int = integer('INT');
export const long = integer('LONG');

export function double(name: string, initial: number, limits: NumberLimits = {}): SettingField<number> {
  return {
    name,
    parse(text) {
      if (text === undefined) return initial;
      const value = parseJavaDouble(text);
      if (value === undefined) throw invalid(name, text, 'Not a number of type DOUBLE');
      checkLimits(name, value, limits, javaDoubleToString);
      return value;
    },
  };
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

/**
 * Words between commas, none of them empty; what is there twice counts once (ConfigDef.ValidList).
 * @param initial undefined if there must be one
 */
export function list(name: string, initial?: readonly string[]): SettingField<readonly string[]> {
  return {
    name,
    parse(given, logger) {
      if (given === undefined) {
        if (initial !== undefined) return initial;
        throw new ConfigError(`Missing required configuration "${name}" which has no default value.`);
      }
      const trimmed = given.trim();
      if (trimmed === '') {
        if (initial !== undefined) return [];
        throw new ConfigError(`Configuration '${name}' must not be empty. Valid values include: any non-empty value`);
      }
      const items = trimmed.split(/\s*,\s*/);
      const distinct = [...new Set(items)];
      if (distinct.length < items.length)
        logger.warn(
          `Configuration key "${name}" contains duplicate values. Duplicates will be removed. The original value is: [${items.join(', ')}], the updated value is: [${distinct.join(', ')}]`,
        );
      if (distinct.includes('')) throw new ConfigError(`Configuration '${name}' values must not be empty.`);
      return distinct;
    },
  };
}

/** A class by its name, blanks and all; one that `known` does not know is not there. */
export function classOf(name: string, known: (className: string) => boolean): SettingField<string | undefined> {
  return {
    name,
    parse(given) {
      if (given === undefined || known(given)) return given;
      throw invalid(name, given, `Class ${given} could not be found.`);
    },
  };
}
