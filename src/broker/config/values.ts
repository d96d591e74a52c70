import { javaDoubleToString, parseJavaDouble } from '../../util/java-double.ts';
import { ConfigError } from './config-error.ts';
import type { ConfigDefinition, ConfigType } from './definition.ts';
import type { ParsedValue } from './parsed-value.ts';
import { invalidValue } from './validators.ts';

const INTEGER_BITS: Readonly<Partial<Record<ConfigType, number>>> = { SHORT: 16, INT: 32, LONG: 64 };

/** Integer.parseInt and Long.parseLong: decimal digits with an optional sign, within the type's range. */
function parseInteger(text: string, bits: number): bigint | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  const value = BigInt(text.replace(/^\+/, ''));
  return BigInt.asIntN(bits, value) === value ? value : undefined;
}

/** A comma-separated list as Kafka splits it: blanks around commas are dropped, empty items stay, an empty text is no item. */
export function splitList(text: string): string[] {
  const trimmed = text.trim();
  return trimmed === '' ? [] : trimmed.split(',').map((item) => item.trim());
}

/**
 * The typed value of `given` by type alone (ConfigDef.parseType: surrounding blanks are dropped).
 * @throws ConfigError (INVALID_CONFIG) with Kafka's text
 */
export function parseType(name: string, type: ConfigType, given: string): ParsedValue {
  const trimmed = given.trim();
  const bits = INTEGER_BITS[type];
  if (bits !== undefined) {
    const value = parseInteger(trimmed, bits);
    if (value === undefined) throw new ConfigError(invalidValue(name, given, `Not a number of type ${type}`));
    return { value: Number(value), text: String(value) };
  }
  switch (type) {
    case 'BOOLEAN': {
      const word = trimmed.toLowerCase();
      if (word !== 'true' && word !== 'false')
        throw new ConfigError(invalidValue(name, given, 'Expected value to be either true or false'));
      return { value: word === 'true', text: word };
    }
    case 'DOUBLE': {
      const value = parseJavaDouble(trimmed);
      if (value === undefined) throw new ConfigError(invalidValue(name, given, 'Not a number of type DOUBLE'));
      return { value, text: javaDoubleToString(value) };
    }
    case 'LIST': {
      const value = splitList(trimmed);
      return { value, text: value.join(',') };
    }
    default:
      return { value: trimmed, text: trimmed };
  }
}

function withoutRepeats(parsed: ParsedValue): ParsedValue {
  if (!Array.isArray(parsed.value)) return parsed;
  const value = [...new Set(parsed.value)];
  return { value, text: value.join(',') };
}

/**
 * The typed value of a key: parsed by its type and checked by its validator.
 * @param given null = unset
 * @throws ConfigError (INVALID_CONFIG) with Kafka's ConfigException text
 */
export function parseValue(definition: ConfigDefinition, given: string | null): ParsedValue {
  const typed = given === null ? { value: null, text: null } : parseType(definition.name, definition.type, given);
  const parsed = definition.validator?.distinct ? withoutRepeats(typed) : typed;
  const refusal = definition.validator?.check(definition.name, parsed);
  if (refusal !== undefined) throw new ConfigError(refusal);
  return parsed;
}
