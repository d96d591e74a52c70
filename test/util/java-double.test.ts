import { expect, test } from 'vitest';
import { javaDoubleToString, parseJavaDouble } from '../../src/util/java-double.ts';

test.each([
  [0, '0.0'],
  [-0, '-0.0'],
  [1, '1.0'],
  [0.5, '0.5'],
  [0.001, '0.001'],
  [0.0001, '1.0E-4'],
  [9999999, '9999999.0'],
  [10000000, '1.0E7'],
  [123456789012, '1.23456789012E11'],
  [-2.5e-7, '-2.5E-7'],
  [Number.MAX_VALUE, '1.7976931348623157E308'],
  [Number.POSITIVE_INFINITY, 'Infinity'],
  [Number.NEGATIVE_INFINITY, '-Infinity'],
  [Number.NaN, 'NaN'],
])('%d prints as %s', (value, text) => {
  expect(javaDoubleToString(value)).toBe(text);
  expect(parseJavaDouble(text)).toBe(value);
});

test.each(['', 'abc', '1,5', '0x10', '1e', '--1', 'infinity'])('%j is no number', (text) => {
  expect(parseJavaDouble(text)).toBeUndefined();
});

test.each([
  ['+5', 5],
  ['1d', 1],
  ['0.3F', 0.3],
  ['.5', 0.5],
  ['5.', 5],
  [' 1e3 ', 1000],
  ['+Infinity', Number.POSITIVE_INFINITY],
  ['-NaN', Number.NaN],
])('%j is %d', (text, value) => {
  expect(parseJavaDouble(text)).toBe(value);
});
