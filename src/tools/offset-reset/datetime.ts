import { javaSplit } from '../java-split.ts';

// Blanks before a number do not count, nor does what follows the zone.
const SHAPE =
  /^[ \t]*(\d+)-[ \t]*(\d+)-[ \t]*(\d+)T[ \t]*(\d+):[ \t]*(\d+):[ \t]*(\d+)\.[ \t]*(\d+)[ \t]*(Z|[+-](?:[01]\d|2[0-3])(?::[0-5]\d)?)/;

/**
 * Milliseconds of a `--to-datetime` argument, `2026-01-31T12:00:00.000` with an optional zone, UTC without one.
 * Utils.getDateTime has the rules of SimpleDateFormat: any number of digits, so that `.5` means 5 ms; of a zone without a colon only the
 * hours count.
 * Throws an Error whose message is that of Java's exception.
 */
export function parseDateTime(text: string): number {
  const [, time] = javaSplit(text, 'T');
  if (time === undefined) throw noTime();
  const zoned = /[-+Z]/.test(time) ? text : `${text}Z`;
  const match = SHAPE.exec(zoned);
  if (!match) throw unparseable(zoned);
  const [year, month, date, hour, minute, second, millis] = match.slice(1, 8).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const read = new Date(0);
  read.setUTCFullYear(year, month - 1, date);
  const isDay = read.getUTCFullYear() === year && read.getUTCMonth() === month - 1 && read.getUTCDate() === date;
  const isTime = hour < 24 && minute < 60 && second < 60 && millis < 1000;
  if (year === 0 || !isDay || !isTime) throw unparseable(zoned);
  return read.getTime() + ((hour * 60 + minute) * 60 + second) * 1000 + millis - zoneMs(match[8]!);
}

const noTime = (): Error =>
  new Error("java.text.ParseException: Error parsing timestamp. It does not contain a 'T' according to ISO8601 format");

const unparseable = (text: string): Error => new Error(`java.text.ParseException: Unparseable date: "${text}"`);

function zoneMs(zone: string): number {
  if (zone === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = zone.includes(':') ? Number(zone.slice(4)) : 0;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
