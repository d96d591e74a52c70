const SHAPE = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\.(\d{1,3})(Z|[+-]\d\d(?::?\d\d)?)?$/;

/**
 * Milliseconds of a `--to-datetime` argument, `2026-01-31T12:00:00.000` with an optional zone, UTC without one
 * (Utils.getDateTime; its `.5` means 5 ms, and of a zone without colon only the hours count).
 * Throws an Error whose message is that of Java's exception.
 */
export function parseDateTime(text: string): number {
  if (!text.includes('T'))
    throw new Error(
      "java.text.ParseException: Error parsing timestamp. It does not contain a 'T' according to ISO8601 format",
    );
  const match = SHAPE.exec(text);
  if (!match) throw unparseable(text);
  const [year, month, day, hour, minute, second, millis] = match.slice(1, 8).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const utc = Date.UTC(year, month - 1, day, hour, minute, second, millis);
  const read = new Date(utc);
  const fits = read.getUTCMonth() === month - 1 && read.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  if (!fits) throw unparseable(text);
  return utc - zoneMs(match[8]);
}

const unparseable = (text: string): Error =>
  new Error(`java.text.ParseException: Unparseable date: "${/(Z|[+-]\d\d:?(\d\d)?)$/.test(text) ? text : `${text}Z`}"`);

function zoneMs(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = zone.includes(':') ? Number(zone.slice(4)) : 0;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
