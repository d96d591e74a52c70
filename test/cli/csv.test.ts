import { describe, expect, test } from 'vitest';
import { csvText } from '../../src/cli/csv.ts';

const csv = (data: unknown, table?: Parameters<typeof csvText>[0]['table']) =>
  csvText(table === undefined ? { data } : { data, table });

describe('CSV of a result', () => {
  test.each([
    [
      'a list of objects',
      [
        { topic: 'a', size: 1 },
        { topic: 'b', size: 2 },
      ],
      'topic,size\na,1\nb,2\n',
    ],
    ['one object', { topic: 'a', created: true }, 'topic,created\na,true\n'],
    ['nothing', [], ''],
    ['null is empty', [{ topic: 'a', host: null }], 'topic,host\na,\n'],
    ['quotes, commas and line ends', [{ 'a,b': 'say "x"' }, { 'a,b': 'one\ntwo' }], '"a,b"\n"say ""x"""\n"one\ntwo"\n'],
    ['a list of values', [{ isr: [1, 2], elr: [] }], 'isr,elr\n1 2,\n'],
    ['an object in a cell', [{ configs: { a: '1' } }], 'configs\n"{""a"":""1""}"\n'],
    ['columns that only some have', [{ a: 1 }, { a: 2, error: 'x' }], 'a,error\n1,\n2,x\n'],
    [
      'a list within: a row for each, and one where it is empty',
      [
        { group: 'g', partitions: [{ partition: 0 }, { partition: 1 }] },
        { group: 'h', partitions: [] },
      ],
      'group,partition\ng,0\ng,1\nh,\n',
    ],
    [
      'a list within a list, with a name that is taken',
      [{ group: 'g', state: 'S', members: [{ state: 'T', assignment: [{ topic: 't' }] }] }],
      'group,state,members.state,topic\ng,S,T,t\n',
    ],
  ])('%s', (_, data, text) => expect(csv(data)).toBe(text));

  test('values without names have that of the table', () => {
    expect(csv(['a', 'b'], { columns: ['Topic'], rows: [] })).toBe('topic\na\nb\n');
    expect(csv(['a'])).toBe('value\na\n');
  });

  test('leading columns come first', () =>
    expect(csvText({ data: ['a', 'b'] }, { time: 'now' })).toBe('time,value\nnow,a\nnow,b\n'));
});
