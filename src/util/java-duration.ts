// Durations in ISO 8601's form, as Java reads them.

const DURATION =
  /^([+-])?P(?:([+-]?\d+)D)?(T(?=[+\-\d])(?:([+-]?\d+)H)?(?:([+-]?\d+)M)?(?:([+-]?\d+)(?:\.(\d{0,9}))?S)?)?$/i;

/** Milliseconds of a duration as Java writes it, `P1DT2H30M` (java.time.Duration.parse). Throws an Error with Java's text. */
export function parseDuration(text: string): number {
  const match = DURATION.exec(text);
  if (!match || /^[+-]?P$/i.test(text)) throw new Error('Text cannot be parsed to a Duration');
  const [, sign, days = '0', , hours = '0', minutes = '0', seconds = '0', fraction = ''] = match;
  const whole = ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
  const part = Math.floor(Number(`0.${fraction || '0'}`) * 1000) * (seconds.startsWith('-') ? -1 : 1);
  return (sign === '-' ? -1 : 1) * (whole * 1000 + part);
}
