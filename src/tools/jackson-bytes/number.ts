import { javaDoubleToString } from '../../util/java-double.ts';
import { type Failures, tooMuch, VALUES } from './failures.ts';

const MOST_DIGITS = 1000;
const MINUS = 0x2d;
const DOT = 0x2e;

/** A number and the offset behind it. */
interface NumberAt {
  /** As a JsonNode prints it: whole numbers without leading zeros, others as Java's double. */
  readonly text: string;
  readonly isWhole: boolean;
  readonly end: number;
}

/**
 * The number that begins at `start` with a digit or a minus.
 * @param last the kind of the token before it, which Jackson names where the bytes end
 * @throws JavaException in Jackson's words
 */
export function numberAt(bytes: Buffer, start: number, failures: Failures, last: string): NumberAt {
  const first = bytes[start] === MINUS ? start + 1 : start;
  if (first > start) checkMinus(bytes, first, failures, last);
  const whole = digitsEnd(bytes, first);
  let end = whole;
  let digits = whole - first;
  if (bytes[end] === DOT) {
    end = digitsEnd(bytes, whole + 1);
    digits += end - whole - 1;
    if (end === whole + 1) {
      const at = end < bytes.length ? end : whole;
      throw failures.inNumber(bytes[at]!, at, 'Decimal point not followed by a digit');
    }
  }
  if (isExponent(bytes[end])) {
    const from = /[+-]/.test(character(bytes[end + 1])) ? end + 2 : end + 1;
    end = digitsEnd(bytes, from);
    digits += end - from;
    if (end === from && end >= bytes.length) throw failures.ended(` in ${last}`);
    if (end === from) throw failures.inNumber(bytes[end]!, end, 'Exponent indicator not followed by a digit');
  }
  if (digits > MOST_DIGITS) throw tooMuch('Number value length', digits, MOST_DIGITS, 'getMaxNumberLength');
  const text = bytes.toString('latin1', start, end);
  const isWhole = end === whole;
  return { text: isWhole ? BigInt(text).toString() : decimal(Number(text)), isWhole, end };
}

function checkMinus(bytes: Buffer, at: number, failures: Failures, last: string): void {
  const next = bytes[at];
  if (next === undefined) throw failures.ended(` in ${last}`);
  if (next === DOT) throw failures.unexpected(next, at, `expected a valid value ${VALUES}`);
  if (bytes.toString('latin1', at, at + 8) === 'Infinity') throw nonStandard('-Infinity', at + 8, failures);
  if (digitsEnd(bytes, at) === at)
    throw failures.inNumber(next, at, 'expected digit (0-9) to follow minus sign, for valid numeric value');
}

export const nonStandard = (token: string, after: number, failures: Failures) =>
  failures.parse(`Non-standard token '${token}': enable \`JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS\` to allow`, after);

/** What is too large for a double is a text, as Jackson writes numbers that JSON has not. */
const decimal = (value: number): string =>
  Number.isFinite(value) ? javaDoubleToString(value) : `"${javaDoubleToString(value)}"`;

const character = (byte: number | undefined): string => (byte === undefined ? '' : String.fromCharCode(byte));
const isExponent = (byte: number | undefined): boolean => byte === 0x65 || byte === 0x45;

function digitsEnd(bytes: Buffer, from: number): number {
  let end = from;
  while (bytes[end]! >= 0x30 && bytes[end]! <= 0x39) end++;
  return end;
}
