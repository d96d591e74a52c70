import { describe, expect, test } from 'vitest';
import { formatFor, printNotice, printReport } from '../../src/cli/print.ts';
import type { Report } from '../../src/tools/report.ts';
import { capture } from './capture.ts';

const report: Report = {
  data: [{ topic: 'orders', partitions: 3 }],
  text: 'orders\t3\n',
  table: {
    columns: ['Topic', 'Partitions'],
    rows: [
      ['orders', 3],
      ['a-topic-with-a-long-name', 12],
    ],
  },
  warnings: ['careful'],
};
const forms = { wanted: undefined, tables: true };

describe('the form of a result', () => {
  test('a pipe gets text, a terminal a table, --json a document', () => {
    expect(formatFor(capture().output, forms)).toBe('text');
    expect(formatFor(capture({ columns: 80 }).output, forms)).toBe('table');
    expect(formatFor(capture({ columns: 80 }).output, { wanted: 'json', tables: true })).toBe('json');
    expect(formatFor(capture({ columns: 80 }).output, { wanted: undefined, tables: false })).toBe('text');
  });

  test("text is Kafka's, its notices before it on standard output", async () => {
    const { output, stdout, stderr } = capture();
    printNotice('Option --x is deprecated', 'text', output);
    await printReport(report, { format: 'text', output: output, words: [] });
    expect(stdout.text).toBe('Option --x is deprecated\norders\t3\n');
    expect(stderr.text).toBe('careful\n');
  });

  test('JSON is alone on standard output', async () => {
    const { output, stdout, stderr } = capture();
    printNotice('Option --x is deprecated', 'json', output);
    await printReport(report, { format: 'json', output: output, words: [] });
    expect(JSON.parse(stdout.text)).toEqual(report.data);
    expect(stderr.text).toBe('Option --x is deprecated\ncareful\n');
  });
});

describe('a table', () => {
  test('numbers stand to the right', async () => {
    const { output, stdout } = capture({ columns: 80, env: { NO_COLOR: '1' } });
    await printReport(report, { format: 'table', output: output, words: [] });
    expect(stdout.text.split('\n').filter(Boolean)).toEqual([
      'Topic                     Partitions',
      'orders                             3',
      'a-topic-with-a-long-name          12',
    ]);
  });

  test('fits the terminal', async () => {
    const { output, stdout } = capture({ columns: 30, env: { NO_COLOR: '1' } });
    await printReport(report, { format: 'table', output: output, words: [] });
    for (const line of stdout.text.split('\n')) expect(line.length).toBeLessThanOrEqual(30);
    expect(stdout.text).toContain('a-topic-with-a-lo…');
  });

  test('has colour on a terminal unless NO_COLOR is set', async () => {
    const coloured = capture({ columns: 80 });
    await printReport(report, { format: 'table', output: coloured.output, words: [] });
    expect(coloured.stdout.text).toContain('\u001b[36mTopic');
  });

  test('without an order of its own is sorted, numbers as numbers; the document is left as it is', async () => {
    const { output, stdout } = capture({ columns: 80, env: { NO_COLOR: '1' } });
    const rows = [
      ['b', 10, 'x'],
      ['b', 9, 'z'],
      ['a', 11, 'y'],
      ['b', 9, 'y'],
    ];
    const table = { columns: ['Topic', 'Partition', 'What'], rows, unordered: true };
    await printReport({ data: rows, text: '', table }, { format: 'table', output, words: [] });
    expect(stdout.text.split('\n').slice(1, -1)).toEqual([
      'a             11  y',
      'b              9  y',
      'b              9  z',
      'b             10  x',
    ]);
    expect(rows[0]).toEqual(['b', 10, 'x']);
  });

  test('without rows says so', async () => {
    const { output, stdout } = capture({ columns: 80, env: { NO_COLOR: '1' } });
    await printReport(
      { data: [], text: '', table: { title: 'Topics', columns: ['Topic'], rows: [] } },
      { format: 'table', output, words: [] },
    );
    expect(stdout.text).toBe('Topics\n(none)\n');
  });
});
