import { describe, expect, test } from 'vitest';
import { fromCsv, toCsv } from '../../../src/tools/offset-reset/csv.ts';
import { parseDateTime } from '../../../src/tools/offset-reset/datetime.ts';
import { parseTopicArgs } from '../../../src/tools/offset-reset/topic-args.ts';
import { parseDuration } from '../../../src/util/java-duration.ts';

describe('--to-datetime', () => {
  test.each([
    ['2026-01-31T12:00:00.000', Date.UTC(2026, 0, 31, 12)],
    ['2026-01-31T12:00:00.000Z', Date.UTC(2026, 0, 31, 12)],
    ['2026-01-31T12:00:00.000+02:30', Date.UTC(2026, 0, 31, 9, 30)],
    ['2026-01-31T12:00:00.000-05', Date.UTC(2026, 0, 31, 17)],
    ['2026-01-31T12:00:00.000+0530', Date.UTC(2026, 0, 31, 7)],
    ['2026-01-31T12:00:00.5', Date.UTC(2026, 0, 31, 12, 0, 0, 5)],
    ['2026-1-31T5:5:5.000005', Date.UTC(2026, 0, 31, 5, 5, 5, 5)],
    ['2026-01-31T12:00:00.000 +02:00 or so', Date.UTC(2026, 0, 31, 10)],
    ['2026-01-31T12:00:00.000+02:75', Date.UTC(2026, 0, 31, 10)],
    ['1969-12-31T23:59:59.000', -1000],
  ])('%s', (text, ms) => expect(parseDateTime(text)).toBe(ms));

  test.each([['2026-01-31'], ['2026-01-31T'], ['T'], ['']])('%j has no time', (text) =>
    expect(() => parseDateTime(text)).toThrow(
      "java.text.ParseException: Error parsing timestamp. It does not contain a 'T' according to ISO8601 format",
    ),
  );

  test.each([
    ['2026-02-30T00:00:00.000'],
    ['2026-01-31T24:00:00.000'],
    ['2026-01-31T12:00:00'],
    ['2026-01-31T12:00:00.1000'],
    ['0-01-01T00:00:00.000'],
    ['T12:00'],
  ])('%s', (text) =>
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
    ['PT1,5S', 1500],
  ])('%s', (text, ms) => expect(parseDuration(text)).toBe(ms));

  test.each([['P'], ['PT'], ['1d'], ['P1W'], ['P1M'], ['PT1D'], ['']])('%j', (text) =>
    expect(() => parseDuration(text)).toThrow('Text cannot be parsed to a Duration'),
  );

  test.each([
    ['P99999999999999999999D', 'Text cannot be parsed to a Duration: days'],
    ['PT2562047788015216H', 'Text cannot be parsed to a Duration: hours'],
    ['PT153722867280912931M', 'Text cannot be parsed to a Duration: minutes'],
    ['PT9223372036854775808S', 'Text cannot be parsed to a Duration: seconds'],
    ['P106751991167300DT99H', 'Text cannot be parsed to a Duration: overflow'],
  ])('%s is too long', (text, message) => expect(() => parseDuration(text)).toThrow(message));
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

  test('of several rows for a partition all are read; what is missing is 0, blanks and a last empty cell do not count', () => {
    const plain = { group: 'g', topic: 'a', partition: 0, offset: 0 };
    expect(fromCsv('a,0,1\r\na,0, 2 ,\na\na,null', ['g'])).toEqual([
      { ...plain, offset: 1 },
      { ...plain, offset: 2 },
      plain,
      plain,
    ]);
  });

  test.each([
    [
      '',
      'databind.exc.MismatchedInputException: No content to map due to end-of-input\n at [Source: (StringReader); line: UNKNOWN, column: UNKNOWN]',
    ],
    [
      'a,0,1\n\na,1,1',
      'databind.exc.MismatchedInputException: No content to map due to end-of-input\n at [Source: (StringReader); line: UNKNOWN, column: UNKNOWN]',
    ],
    [
      'g,a,0,1,222',
      'dataformat.csv.CsvReadException: Too many entries: expected at most 4 (value #4 (3 chars) "222")\n at [Source: (StringReader); line: 1, column: 9]',
    ],
    [
      'a,0,one',
      'databind.exc.InvalidFormatException: Cannot deserialize value of type `int` from String "one": not a valid `int` value\n at [Source: (StringReader); line: 1, column: 5] (through reference chain: org.apache.kafka.tools.consumer.group.CsvUtils$CsvRecordWithGroup["partition"])',
    ],
    [
      'a,0,1\nb,0,"x"',
      'databind.exc.InvalidFormatException: Cannot deserialize value of type `long` from String "x": not a valid `long` value\n at [Source: (StringReader); line: 1, column: 5] (through reference chain: org.apache.kafka.tools.consumer.group.CsvUtils$CsvRecordNoGroup["offset"])',
    ],
    [
      '"a,0,1',
      'core.JsonParseException: Missing closing quote for value\n at [Source: (StringReader); line: 1, column: 7]',
    ],
    [
      '"a"x,0,1',
      "core.JsonParseException: Unexpected character ('x' (code 120)): Expected column separator character (',' (code 44)) or end-of-line\n at [Source: (StringReader); line: 1, column: 5]",
    ],
    ['a,0,-1', 'Invalid negative offset'],
  ])('%j is refused', (text, message) => {
    const whole = message.includes('Exception') ? `com.fasterxml.jackson.${message}` : message;
    expect(() => fromCsv(text, ['g'])).toThrow(whole);
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
    ['b:99999999999', "Invalid partition '99999999999' specified in topic arg 'b:99999999999''"],
  ])('%s', (argument, message) => expect(() => parseTopicArgs([argument])).toThrow(message));
});
