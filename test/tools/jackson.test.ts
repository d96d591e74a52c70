import { expect, test } from 'vitest';
import { parseJackson } from '../../src/tools/jackson.ts';
import { JsonNode } from '../../src/tools/json-file.ts';

const SOURCE = '[Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); ';
const VALUES = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

// As kafka-reassign-partitions of 4.3.1 answered.
test.each([
  [
    '{"version":1,"partitions":[\n',
    `Unexpected end-of-input: expected close marker for Array (start marker at ${SOURCE}line: 1, column: 27])`,
    2,
    1,
  ],
  ['{"version":1,}', "Unexpected character ('}' (code 125)): was expecting double-quote to start field name", 1, 14],
  ["{'version':1}", "Unexpected character (''' (code 39)): was expecting double-quote to start field name", 1, 2],
  [
    '[1,2\n',
    `Unexpected end-of-input: expected close marker for Array (start marker at ${SOURCE}line: 1, column: 1])`,
    2,
    1,
  ],
  [
    '{"a":"b\n',
    'Illegal unquoted character ((CTRL-CHAR, code 10)): has to be escaped using backslash to be included in string value',
    1,
    8,
  ],
  ['tru\n', `Unrecognized token 'tru': was expecting ${VALUES}`, 1, 1],
  ['<xml>', `Unexpected character ('<' (code 60)): expected a valid value ${VALUES}`, 1, 1],
  ['{"a":01}', 'Invalid numeric value: Leading zeroes not allowed', 1, 7],
])('%j', (text, message, line, column) => {
  expect(() => parseJackson(text)).toThrow(`${message}\n at ${SOURCE}line: ${line}, column: ${column}]`);
});

test('reads the first value, and nothing of blanks', () => {
  expect(parseJackson(' {"a":[1,"]",{"b":null}]} }')).toEqual({ a: [1, ']', { b: null }] });
  expect(parseJackson('\n')).toBeUndefined();
});

test.each([
  ['{"a":1.0}', 'Expected `Long` value, received 1.0'],
  ['{"a":1e2}', 'Expected `Long` value, received 100.0'],
  ['{"a":9223372036854775808}', 'Expected `Long` value, received 9223372036854775808'],
  ['{"a":[1.5,{"b":null}]}', 'Expected `Long` value, received [1.5,{"b":null}]'],
])('no integer is in %s', (text, message) => {
  expect(() => JsonNode.parseStrictly(text).field('a').long()).toThrow(message);
});

test('the largest integer is one', () => {
  expect(JsonNode.parseStrictly('{"a":9223372036854775807}').field('a').long()).toBeLessThan(2 ** 63);
  expect(JsonNode.parseStrictly('{"a":-2147483648}').field('a').int()).toBe(-2147483648);
});

test('of nothing at all', () => {
  expect(() => JsonNode.parseStrictly('')).toThrow(
    "The input string shouldn't be empty\n at [Source: UNKNOWN; byte offset: #UNKNOWN]",
  );
  expect(JsonNode.parse('')).toBeUndefined();
});
