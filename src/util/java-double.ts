// Java's text for floating point numbers: Kafka prints ratios and rates so (0.5, 1.0E7, 1.7976931348623157E308).

/** Double.toString: decimal from 10^-3 up to 10^7, otherwise one digit, a fraction and an exponent; always with a fraction. */
export function javaDoubleToString(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e7) return Number.isInteger(value) ? `${value}.0` : String(value);
  const shortest = value.toExponential();
  // Java gives a second digit where it comes nearer: 4.9E-324.
  const two = value.toExponential(1);
  const [digits = '', exponent = ''] = (!shortest.includes('.') && Number(two) === value ? two : shortest).split('e');
  return `${digits.includes('.') ? digits : `${digits}.0`}E${exponent.replace('+', '')}`;
}

/** Float.toString of a number that a float holds exactly: the fewest digits that tell it from its neighbours. */
export function javaFloatToString(value: number): string {
  let digits = 1;
  while (digits < 9 && Math.fround(Number(value.toPrecision(digits))) !== value) digits++;
  return javaDoubleToString(Number.isFinite(value) ? Number(value.toPrecision(digits)) : value);
}

const JAVA_DOUBLE = /^[+-]?(?:NaN|Infinity|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[fFdD]?)$/;

/** Double.parseDouble without hexadecimal notation; undefined if the text is no number. */
export function parseJavaDouble(text: string): number | undefined {
  const trimmed = text.trim();
  if (!JAVA_DOUBLE.test(trimmed)) return undefined;
  return Number(
    /(?:NaN|Infinity)$/.test(trimmed)
      ? trimmed.replace(/^\+/, '').replace(/^-NaN/, 'NaN')
      : trimmed.replace(/[fFdD]$/, ''),
  );
}
