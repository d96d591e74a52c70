// Durations in ISO 8601's form, as Java reads them.

const DURATION =
  /^([+-])?P(?:([+-]?\d+)D)?(T(?=[+\-\d])(?:([+-]?\d+)H)?(?:([+-]?\d+)M)?(?:([+-]?\d+)(?:[.,](\d{0,9}))?S)?)?$/i;

/** Milliseconds of a duration as Java writes it, `P1DT2H30M` (java.time.Duration.parse). Throws an Error with Java's text. */
export function parseDuration(text: string): number {
  const match = DURATION.exec(text);
  if (!match || /^[+-]?P$/i.test(text)) throw new Error(REFUSED);
  const [, sign, days = '0', , hours = '0', minutes = '0', seconds = '0', fraction = ''] = match;
  const parts = [
    inSeconds(days, 86_400, 'days'),
    inSeconds(hours, 3600, 'hours'),
    inSeconds(minutes, 60, 'minutes'),
    inSeconds(seconds, 1, 'seconds'),
  ];
  const whole = parts.reduce((sum, part) => sum + part);
  if (BigInt.asIntN(64, whole) !== whole) throw new Error(`${REFUSED}: overflow`);
  const part = Math.floor(Number(`0.${fraction || '0'}`) * 1000) * (seconds.startsWith('-') ? -1 : 1);
  return (sign === '-' ? -1 : 1) * (Number(whole) * 1000 + part);
}

const REFUSED = 'Text cannot be parsed to a Duration';

function inSeconds(digits: string, unit: number, name: string): bigint {
  const seconds = BigInt(digits.replace(/^\+/, '')) * BigInt(unit);
  if (BigInt.asIntN(64, seconds) !== seconds) throw new Error(`${REFUSED}: ${name}`);
  return seconds;
}
