import { describe, expect, test } from 'vitest';
import { csvText } from '../../src/cli/csv.ts';
import { flattening } from '../../src/cli/documents/rows.ts';
import { parseShape } from '../../src/cli/documents/shape.ts';

const entry = (partition: number, more: object = {}) => ({ topic: 'orders', partition, lowWatermark: 0, ...more });

describe('CSV of a result', () => {
  const csv = (data: unknown) => csvText({ data }, ['delete-records', '--offset-json-file']);

  test('has all names in its first line, whatever there is', () => {
    expect(csv([])).toBe('topic,partition,lowWatermark,error\n');
    expect(csv([entry(0), entry(1, { lowWatermark: null, error: 'no' })])).toBe(
      'topic,partition,lowWatermark,error\norders,0,0,\norders,1,,no\n',
    );
  });

  test.each([
    ['say "x"', '"say ""x"""'],
    ['a,b', '"a,b"'],
    ['one\ntwo', '"one\ntwo"'],
    ['one\rtwo', '"one\rtwo"'],
    ["it's; fine", "it's; fine"],
  ])('%j is quoted where RFC 4180 asks for it', (topic, cell) =>
    expect(csv([{ ...entry(0), topic }])).toBe(`topic,partition,lowWatermark,error\n${cell},0,0,\n`),
  );

  test('values without names have that of the table, leading columns come first', () => {
    const table = { columns: ['Topic'], rows: [] };
    expect(csvText({ data: ['a', 'b'], table }, ['topics', '--list'], { time: 'now' })).toBe(
      'time,topic\nnow,a\nnow,b\n',
    );
    expect(csvText({ data: ['a'] }, ['metadata-shell'])).toBe('value\na\n');
  });

  test('a report says itself what it is where options do not', () => {
    const data = { quotas: [{ entity: { user: 'alice' }, quotas: { rate: 5 } }], scram: [] };
    const document = 'configs --describe users, clients, ips';
    expect(csvText({ data, document }, ['configs', '--describe', '--user']).split('\n').slice(0, 2)).toEqual([
      'quotas.entity,quotas.quotas,scram.user,scram.error,scram.mechanism,scram.iterations',
      '"{""user"":""alice""}","{""rate"":5}",,,,',
    ]);
  });

  test('a command without a document has no CSV', () =>
    expect(() => csvText({ data: [] }, ['jmx'])).toThrow('jmx has no document to make CSV of'));
});

describe('rows of a document', () => {
  const table = (notation: string, document: unknown) => {
    const { columns, rows } = flattening(parseShape(notation), 'value');
    return [columns, ...rows(document).map((row) => columns.map((column) => row.get(column)))];
  };

  test('a list within: a row for each, and one where it is empty', () =>
    expect(
      table('[{group: string, partitions: [{partition: number}]}]', [
        { group: 'g', partitions: [{ partition: 0 }, { partition: 1 }] },
        { group: 'h', partitions: [] },
      ]),
    ).toEqual([
      ['group', 'partition'],
      ['g', 0],
      ['g', 1],
      ['h', undefined],
    ]));

  test('a list within a list, with a name that is taken', () =>
    expect(
      table('[{group: string, state: string, members: [{state: string, assignment: [{topic: string}]}]}]', [
        { group: 'g', state: 'S', members: [{ state: 'T', assignment: [{ topic: 't' }] }] },
      ]),
    ).toEqual([
      ['group', 'state', 'members.state', 'topic'],
      ['g', 'S', 'T', 't'],
    ]));

  test('an object within is columns with a dot, also where it is null', () =>
    expect(
      table('[{decidedBy: {host: string}|null, isr: [number], configs: {*: string}}]', [
        { decidedBy: { host: 'h' }, isr: [1, 2], configs: { a: '1' } },
        { decidedBy: null, isr: [], configs: {} },
      ]),
    ).toEqual([
      ['decidedBy.host', 'isr', 'configs'],
      ['h', [1, 2], { a: '1' }],
      [undefined, [], {}],
    ]));

  test('several lists: the rows of one after those of the other', () =>
    expect(
      table('{id: string, voters: [{id: number}], observers: [{id: number}]}', {
        id: 'c',
        voters: [{ id: 1 }],
        observers: [{ id: 2 }],
      }),
    ).toEqual([
      ['id', 'voters.id', 'observers.id'],
      ['c', 1, undefined],
      ['c', undefined, 2],
    ]));
});
