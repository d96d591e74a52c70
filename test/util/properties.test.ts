import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseKeyValues, parseProperties } from '../../src/util/properties.ts';

// Recorded from java.util.Properties (test/kafka/configs.md).
const recorded = readFileSync(new URL('../kafka/properties.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as [string, Record<string, string> | string]);

describe('parseProperties reads as java.util.Properties does', () => {
  test.each(recorded)('%j', (text, expected) => {
    if (typeof expected === 'string') expect(() => parseProperties(text)).toThrow(expected);
    else expect(Object.fromEntries(parseProperties(text))).toEqual(expected);
  });

  test('keys keep the order of their first appearance', () => {
    expect([...parseProperties('b=1\na=2\nb=3').entries()]).toEqual([
      ['b', '3'],
      ['a', '2'],
    ]);
  });
});

describe('parseKeyValues', () => {
  test('takes the first = and the last value', () => {
    expect([...parseKeyValues(['a=b=c', ' d = e ', 'f=', 'a=2'])]).toEqual([
      ['a', '2'],
      ['d', 'e'],
      ['f', ''],
    ]);
  });

  test.each(['abc', '=x'])('refuses %s', (word) => {
    expect(() => parseKeyValues([word])).toThrow(`Invalid property '${word}': key=value expected`);
  });
});
