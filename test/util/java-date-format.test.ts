import { expect, test } from 'vitest';
import { javaDateFormat } from '../../src/util/java-date-format.ts';

const when = new Date(2026, 1, 3, 14, 5, 6, 78).getTime();

test.each([
  ['yyyy-MM-dd HH:mm:ss:SSS', '2026-02-03 14:05:06:078'],
  ["h:mm a 'o''clock'", "2:05 PM o'clock"],
  ['EEE, d MMM yy', 'Tue, 3 Feb 26'],
  ['EEEE MMMM', 'Tuesday February'],
  ['D k K u', '34 14 2 2'],
  ["''", "'"],
])('%s', (pattern, text) => expect(javaDateFormat(pattern)(when)).toBe(text));

test.each([
  ['HH:b', "Illegal pattern character 'b'"],
  ["HH 'h", 'Unterminated quote'],
])('%s is refused', (pattern, message) => expect(() => javaDateFormat(pattern)).toThrow(message));
