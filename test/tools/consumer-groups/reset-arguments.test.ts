import { describe, expect, test } from 'vitest';
import { parseDateTime } from '../../../src/tools/consumer-groups/datetime.ts';
import { fromCsv, toCsv } from '../../../src/tools/consumer-groups/reset-csv.ts';
import { parseTopicArgs } from '../../../src/tools/consumer-groups/topic-args.ts';
import { parseDuration } from '../../../src/util/java-duration.ts';

describe('--to-datetime', () => {
  test.each([
    ['2026-01-31T12:00:00.000', Date.UTC(2026, 0, 31, 12)],
    ['2026-01-31T12:00:00.000Z', Date.UTC(2026, 0, 31, 12)],
    ['2026-01-31T12:00:00.000+02:30', Date.UTC(2026, 0, 31, 9, 30)],
    ['2026-01-31T12:00:00.000-05', Date.UTC(2026, 0, 31, 17)],
    ['2026-01-31T12:00:00.000+0530', Date.UTC(2026, 0, 31, 7)],
    ['2026-01-31T12:00:00.5', Date.UTC(2026, 0, 31, 12, 0, 0, 5)],
  ])('%s', (text, ms) => expect(parseDateTime(text)).toBe(ms));

  test('a day without a time', () =>
    expect(() => parseDateTime('2026-01-31')).toThrow(
      "java.text.ParseException: Error parsing timestamp. It does not contain a 'T' according to ISO8601 format",
    ));

  test.each([['2026-02-30T00:00:00.000'], ['2026-01-31T24:00:00.000'], ['2026-01-31T12:00:00']])('%s', (text) =>
    expect(() => parseDateTime(text)).toThrow(`java.text.ParseException: Unparseable date: "${text}Z"`),
  );
});

describe('--by-duration', () => {
  test.each([
    ['P1D', 86_400_000],
    ['p1dt2h3m4.5s', 93_784_500],
    ['PT-5M', -300_000],
    ['-PT5M', -300_000],
    ['PT0S', 0],
  ])('%s', (text, ms) => expect(parseDuration(text)).toBe(ms));

  test.each([['P'], ['PT'], ['1d'], ['P1W'], ['P1M'], ['PT1D'], ['']])('%j', (text) =>
    expect(() => parseDuration(text)).toThrow('Text cannot be parsed to a Duration'),
  );
});

describe('plans as CSV', () => {
  const row = { group: 'g', topic: 'a topic', partition: 3, offset: 7 };

  test('long and special texts are quoted; an empty line ends it', () => {
    expect(toCsv([row], { withGroup: false })).toBe('"a topic",3,7\n\n');
    const long = { ...row, topic: 'a-topic-of-25-characters-x' };
    expect(toCsv([long], { withGroup: true })).toBe('g,"a-topic-of-25-characters-x",3,7\n\n');
    expect(toCsv([{ ...row, topic: 'a"b' }], { withGroup: false })).toBe('"a""b",3,7\n\n');
  });

  test('what was written is read again, with or without groups', () => {
    const rows = [row, { ...row, topic: 'x"y,z', partition: 0 }];
    expect(fromCsv(toCsv(rows, { withGroup: true }), ['g', 'h'])).toEqual(rows);
    expect(fromCsv(toCsv(rows, { withGroup: true }), ['g'])).toEqual(rows);
    expect(fromCsv(toCsv(rows, { withGroup: false }), ['g'])).toEqual(rows);
  });

  test('a number that is none', () =>
    expect(() => fromCsv('orders,0,1\norders,x,1', ['g'])).toThrow(
      'Cannot deserialize value of type `int` from String "x": not a valid `int` value',
    ));
});

describe('--topic', () => {
  test('topics and partitions', () =>
    expect(parseTopicArgs(['a', 'b:1,2', 'a'])).toEqual({
      topics: ['a'],
      partitions: [
        { topic: 'b', partition: 1 },
        { topic: 'b', partition: 2 },
      ],
    }));

  test.each([
    ['b:', "Invalid topic arg 'b:', expected topic name and partitions"],
    ['b:1:2', "Invalid topic arg 'b:1:2', expected topic name and partitions"],
    ['b:x', "Invalid partition 'x' specified in topic arg 'b:x''"],
  ])('%s', (argument, message) => expect(() => parseTopicArgs([argument])).toThrow(message));
});
