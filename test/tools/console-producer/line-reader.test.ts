import { describe, expect, it } from 'vitest';
import { lineReader } from '../../../src/tools/console-producer/line-reader.ts';

function read(line: string, properties: Record<string, string>, lineNumber = 1) {
  const { key, value, headers } = lineReader(new Map(Object.entries(properties))).read(Buffer.from(line), lineNumber)!;
  return {
    key: key?.toString() ?? null,
    value: value?.toString() ?? null,
    headers: headers.map((header) => [header.key, header.value?.toString() ?? null]),
  };
}

const plain = { key: null, headers: [] };

describe('lineReader', () => {
  it('makes a value of a whole line by default', () => {
    expect(read('a\tb:c', {})).toEqual({ ...plain, value: 'a\tb:c' });
    expect(read('', {})).toEqual({ ...plain, value: '' });
    expect(lineReader(new Map()).plain).toBe(true);
    expect(lineReader(new Map([['null.marker', '-']])).plain).toBe(false);
  });

  it('splits key and value at the first separator', () => {
    expect(read('k\tv\tw', { 'parse.key': 'true' })).toEqual({ key: 'k', value: 'v\tw', headers: [] });
    expect(read('k=>v', { 'parse.key': ' TRUE ', 'key.separator': '=>' })).toEqual({
      key: 'k',
      value: 'v',
      headers: [],
    });
    expect(read('\tv', { 'parse.key': 'true' })).toEqual({ key: '', value: 'v', headers: [] });
  });

  it('takes anything but true as false', () => {
    expect(read('k\tv', { 'parse.key': 'yes' })).toEqual({ ...plain, value: 'k\tv' });
  });

  it('reads headers in front of key and value', () => {
    const both = { 'parse.headers': 'true', 'parse.key': 'true' };
    expect(read('a:1,b:2:3\tk\tv\tw', both)).toEqual({
      key: 'k',
      value: 'v\tw',
      headers: [
        ['a', '1'],
        ['b', '2:3'],
      ],
    });
    expect(read('a:\tv', { 'parse.headers': 'true' })).toEqual({ ...plain, value: 'v', headers: [['a', '']] });
  });

  it('splits headers by a regular expression, without empty ones at the end', () => {
    const properties = { 'parse.headers': 'true', 'headers.separator': '[;|]' };
    expect(read('a:1;b:2|c:3;;\tv', properties).headers).toEqual([
      ['a', '1'],
      ['b', '2'],
      ['c', '3'],
    ]);
  });

  it('replaces what equals the null marker', () => {
    const properties = { 'parse.headers': 'true', 'parse.key': 'true', 'null.marker': 'NULL' };
    expect(read('a:NULL,b:x\tNULL\tNULL', properties)).toEqual({
      key: null,
      value: null,
      headers: [
        ['a', null],
        ['b', 'x'],
      ],
    });
    expect(read('NULL\tk\tv', properties)).toEqual({ key: 'k', value: 'v', headers: [] });
    expect(() => read('NULL:x\tk\tv', properties)).toThrow(
      "Header keys should not be equal to the null marker 'NULL' as they can't be null",
    );
  });

  it('names the line that lacks a separator', () => {
    expect(() => read('no tab', { 'parse.key': 'true' }, 3)).toThrow(
      "No key separator found on line number 3: 'no tab'",
    );
    expect(() => read('no tab', { 'parse.headers': 'true' }, 4)).toThrow(
      "No headers delimiter found on line number 4: 'no tab'",
    );
    expect(() => read('bad\tv', { 'parse.headers': 'true' }, 5)).toThrow(
      "No header key separator found in pair 'bad' on line number 5",
    );
  });

  it('makes the best of such a line with ignore.error', () => {
    expect(read('no tab', { 'parse.key': 'true', 'ignore.error': 'true' })).toEqual({ ...plain, value: 'no tab' });
    expect(read('bad\tv', { 'parse.headers': 'true', 'ignore.error': 'true' })).toEqual({
      ...plain,
      value: 'v',
      headers: [['bad', null]],
    });
  });

  it.each([
    [{ 'headers.delimiter': ',' }, 'headers.delimiter and headers.separator may not be equal'],
    [{ 'headers.delimiter': ':' }, 'headers.delimiter and headers.key.separator may not be equal'],
    [{ 'headers.separator': ':' }, 'headers.separator and headers.key.separator may not be equal'],
    [{ 'null.marker': '\t' }, 'null.marker and key.separator may not be equal'],
    [{ 'null.marker': ',' }, 'null.marker and headers.separator may not be equal'],
    [{ 'key.separator': ';', 'null.marker': '\t' }, 'null.marker and headers.delimiter may not be equal'],
    [{ 'null.marker': ':' }, 'null.marker and headers.key.separator may not be equal'],
  ])('refuses %o', (properties, message) => {
    expect(() => read('x', properties)).toThrow(message);
  });
});
