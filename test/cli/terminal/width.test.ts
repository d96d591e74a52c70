import { describe, expect, test } from 'vitest';
import { drawTable } from '../../../src/cli/tables.ts';
import { countText, durationText, sizeText } from '../../../src/cli/terminal/units.ts';
import { columnsOf, cut, wrap } from '../../../src/cli/terminal/width.ts';
import type { Table } from '../../../src/tools/report.ts';
import { capture } from '../capture.ts';

describe('columns of text', () => {
  test.each([
    ['orders', 6],
    ['注文', 4],
    ['ﾊﾝｶｸ', 4],
    ['한국어', 6],
    ['🍎', 2],
    ['👩‍👩‍👧', 2],
    ['🇩🇪', 2],
    ['é', 1],
    ['\u001b[36mx\u001b[39m', 1],
    ['', 0],
  ])('%s takes %i', (text, columns) => expect(columnsOf(text)).toBe(columns));

  test.each([
    ['orders', 6, 'orders'],
    ['orders', 4, 'ord…'],
    ['注文の履歴', 6, '注文…'],
    ['a🍎b🍎', 4, 'a🍎…'],
    ['\u001b[1morders\u001b[22m', 3, '\u001b[1mor…\u001b[22m'],
  ])('%s in %i', (text, columns, kept) => expect(cut(text, columns)).toBe(kept));
});

test.each([
  ['one two three', 7, ['one two', 'three']],
  ['one two', 7, ['one two']],
  ['abcdefghij kl', 4, ['abcd', 'efgh', 'ij', 'kl']],
  ['注文の履歴', 5, ['注文', 'の履', '歴']],
  ['', 5, ['']],
])('%s wrapped to %i', (text, columns, lines) => expect(wrap(text, columns)).toEqual(lines));

const table: Table = {
  columns: ['Topic', 'Partition', 'Size', 'Host'],
  units: [undefined, undefined, 'bytes'],
  rows: [
    ['注文の履歴', 0, 1536, '/127.0.0.1'],
    ['a-topic-whose-name-is-very-long-as-they-often-are-🍎-and-longer', 11, 0, '/10.0.0.1'],
  ],
};
const draw = (columns?: number, env = {}) => {
  const settings = { env: { NO_COLOR: '1', ...env } };
  return drawTable(table, capture(columns === undefined ? settings : { columns, ...settings }).output);
};

describe('a table', () => {
  test.each([44, 60, 80, 300])('fits %i columns, in columns', (columns) => {
    const lines = draw(columns).split('\n').filter(Boolean);
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(columns);
    expect(
      new Set(lines.map((line) => columnsOf(line.slice(0, line.lastIndexOf(columns > 50 ? '/' : 'H'))))),
    ).toBeDefined();
  });

  test('says nothing to the terminal with names that others chose', () => {
    const evil = { columns: ['Client'], rows: [['me\n\u001b[2J\u001b]0;x\u0007\u009b2J\u202e']] };
    const { output } = capture({ columns: 80, env: { NO_COLOR: '1' } });
    expect(drawTable(evil, output)).toBe('Client\nme\\n\\u001b[2J\\u001b]0;x\\u0007\\u009b2J\\u202e\n');
  });

  test('is as wide as it needs to be, no wider', () => {
    const [head, first, second] = draw(300).split('\n');
    expect(head).toMatch(/^Topic {60,}Partition {2,}Size {2}Host$/);
    const at = (line: string | undefined, text: string) => columnsOf(line!.slice(0, line!.indexOf(text)));
    expect(at(first, '/127')).toBe(at(head, 'Host'));
    expect(at(second, '/10')).toBe(at(head, 'Host'));
  });

  test('that cannot fit becomes blocks of lines, wrapped', () => {
    const text = draw(30);
    expect(text).toContain('Topic      注文の履歴\nPartition  0\nSize       1.5 KiB\nHost       /127.0.0.1\n\nTopic');
    expect(text).toContain('\n           y-often-are-🍎-and-\n           longer\nPartition  11\n');
    for (const line of text.split('\n')) expect(columnsOf(line)).toBeLessThanOrEqual(30);
  });

  test('leaves out columns that say nothing before it cuts anything', () => {
    const wide: Table = {
      columns: ['Topic', 'Rack', 'Host'],
      rows: [
        ['orders', '-', 'h'],
        ['pears', '', 'i'],
      ],
    };
    const at = (columns: number) => drawTable(wide, capture({ columns, env: { NO_COLOR: '1' } }).output);
    expect(at(18)).toBe('Topic   Rack  Host\norders     -  h\npears         i\n');
    expect(at(17)).toBe('Topic   Host\norders  h\npears   i\n');
  });

  test('shows the control characters that others wrote, and breaks no line for them', () => {
    const evil: Table = { title: 'a\u001b[2Jb', columns: ['Group'], rows: [['x\u001b]0;t\u0007\n\r\ty\u202e\u009b']] };
    expect(drawTable(evil, capture({ columns: 80, env: { NO_COLOR: '1' } }).output)).toBe(
      'a\\u001b[2Jb\nGroup\nx\\u001b]0;t\\u0007\\n\\r\\ty\\u202e\\u009b\n',
    );
  });

  test('in a pipe is not cut, and its numbers are plain', () => {
    const text = draw();
    expect(text).toContain('a-topic-whose-name-is-very-long-as-they-often-are-🍎-and-longer');
    expect(text).toContain('1536');
    expect(draw(undefined, { COLUMNS: '50' })).toContain('…');
  });
});

test('numbers for a person', () => {
  expect([0, 1023, 1024, 1536, 5 * 1024 ** 3, 123 * 1024 ** 2].map(sizeText)).toEqual([
    '0 B',
    '1023 B',
    '1 KiB',
    '1.5 KiB',
    '5 GiB',
    '123 MiB',
  ]);
  expect([0, 5, 1500, 90_000, 604_800_000].map(durationText)).toEqual(['0 ms', '5 ms', '1.5 s', '1.5 min', '7 d']);
  expect(countText(1234567)).toBe('1,234,567');
});
