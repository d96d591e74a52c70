// Times in the patterns of Java's SimpleDateFormat, in the local time zone and English.

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MINUTES_A_DAY = 24 * 60;

/** Hours of the clock face: 12 in place of 0. */
const onClock = (hours: number): number => hours % 12 || 12;

function dayOfYear(date: Date): number {
  const day = Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return (day - Date.UTC(date.getFullYear(), 0, 1)) / (MINUTES_A_DAY * 60_000) + 1;
}

/** `+0130`, or with a colon `+01:30`. */
function offset(date: Date, separator: string): string {
  const minutes = -date.getTimezoneOffset();
  const two = (n: number) => String(n).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${separator}${two(size % 60)}`;
}

const padded = (value: number, width: number): string => String(value).padStart(width, '0');
const named = (name: string, width: number): string => (width >= 4 ? name : name.slice(0, 3));

const FIELDS: Readonly<Record<string, (date: Date, width: number) => string>> = {
  G: () => 'AD',
  y: (date, width) => (width === 2 ? padded(date.getFullYear() % 100, 2) : padded(date.getFullYear(), width)),
  M: (date, width) => (width >= 3 ? named(MONTHS[date.getMonth()]!, width) : padded(date.getMonth() + 1, width)),
  d: (date, width) => padded(date.getDate(), width),
  D: (date, width) => padded(dayOfYear(date), width),
  E: (date, width) => named(DAYS[date.getDay()]!, width),
  u: (date, width) => padded(date.getDay() || 7, width),
  a: (date) => (date.getHours() < 12 ? 'AM' : 'PM'),
  H: (date, width) => padded(date.getHours(), width),
  k: (date, width) => padded(date.getHours() || 24, width),
  K: (date, width) => padded(date.getHours() % 12, width),
  h: (date, width) => padded(onClock(date.getHours()), width),
  m: (date, width) => padded(date.getMinutes(), width),
  s: (date, width) => padded(date.getSeconds(), width),
  S: (date, width) => padded(date.getMilliseconds(), width),
  Z: (date) => offset(date, ''),
  X: (date, width) =>
    date.getTimezoneOffset() === 0 ? 'Z' : offset(date, width === 3 ? ':' : '').slice(0, width === 1 ? 3 : undefined),
  z: (date) =>
    new Intl.DateTimeFormat('en-US', { timeZoneName: 'short' })
      .formatToParts(date)
      .find(({ type }) => type === 'timeZoneName')?.value ?? '',
};

/**
 * A function that writes milliseconds since the epoch in a pattern: letters are fields, text in quotes and all else stays.
 * @throws Error with Java's text for a letter that means nothing and for an open quote
 */
export function javaDateFormat(pattern: string): (epochMs: number) => string {
  const parts = [...pattern.matchAll(/'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']+|'/g)].map(([part, quoted, letter]) => {
    if (part === "'") throw new Error('Unterminated quote');
    if (quoted !== undefined) return () => (quoted === '' ? "'" : quoted.replaceAll("''", "'"));
    if (letter === undefined) return () => part;
    const field = FIELDS[letter];
    if (!field) throw new Error(`Illegal pattern character '${letter}'`);
    return (date: Date) => field(date, part.length);
  });
  return (epochMs) => {
    const date = new Date(epochMs);
    return parts.map((part) => part(date)).join('');
  };
}
