import { parseJavaDouble } from '../../util/java-double.ts';
import type { ValueType } from './table.ts';

const INT_RANGE = [-(2n ** 31n), 2n ** 31n - 1n] as const;
const SHORT_RANGE = [-(2 ** 15), 2 ** 15 - 1] as const;
const LONG_RANGE = [-(2n ** 63n), 2n ** 63n - 1n] as const;

/** Java's simple class name of a value type, as it stands in messages. */
export const javaTypeName = (type: ValueType): string =>
  ({ string: 'String', int: 'Integer', short: 'Short', long: 'Long', double: 'Double', boolean: 'Boolean' })[type];

/** Thrown by convert() with the text of Java's NumberFormatException. */
export class NotConvertible extends Error {}

/**
 * Reads a value as the valueOf() method of the Java type does: integers with an optional sign and within their range,
 * doubles in Java's notation, `true` in any case or else false. Throws NotConvertible.
 */
export function convert(type: ValueType, value: string): string | number | boolean {
  if (type === 'string') return value;
  if (type === 'boolean') return value.toLowerCase() === 'true';
  if (type === 'double') return toDouble(value);
  if (type === 'short') return toShort(value);
  return toInteger(value, type === 'int' ? INT_RANGE : LONG_RANGE);
}

function toInteger(value: string, [least, most]: readonly [bigint, bigint]): number {
  if (!/^[+-]?\d+$/.test(value)) throw new NotConvertible(`For input string: "${value}"`);
  const exact = BigInt(value.replace('+', ''));
  if (exact < least || exact > most) throw new NotConvertible(`For input string: "${value}"`);
  return Number(exact);
}

/** Short.valueOf goes by way of an int and words what is too large for a short otherwise. */
function toShort(value: string): number {
  const number = toInteger(value, INT_RANGE);
  if (number < SHORT_RANGE[0] || number > SHORT_RANGE[1])
    throw new NotConvertible(`Value out of range. Value:"${value}" Radix:10`);
  return number;
}

function toDouble(value: string): number {
  if (value.trim() === '') throw new NotConvertible('empty String');
  const number = parseJavaDouble(value);
  if (number === undefined) throw new NotConvertible(`For input string: "${value}"`);
  return number;
}
