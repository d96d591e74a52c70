import type { Report, Table } from '../tools/report.ts';
import { answerOf } from './documents/index.ts';
import { flattening } from './documents/rows.ts';
import { parseShape } from './documents/shape.ts';

/**
 * A result as comma-separated values, quoted as RFC 4180 has it, with line feeds: a line of names, which are those of the
 * JSON document and the same whatever there is, then a line for each row (see documents/rows.ts for how there come to be rows).
 * Lists of plain values are joined by a blank, objects of any names are JSON, null is nothing.
 * @param words the command line that the report answers: command, sub-commands, options
 * @param leading columns before all others
 */
export function csvText(report: CsvReport, words: readonly string[], leading: Leading = {}): string {
  return [...csvLines(report, words, leading)].join('');
}

type CsvReport = Pick<Report, 'data' | 'table' | 'document'>;
type Leading = Readonly<Record<string, unknown>>;

/** The same, a line (of which a quoted cell may have several) at a time. */
export function* csvLines(report: CsvReport, words: readonly string[], leading: Leading = {}): Generator<string> {
  const answer = answerOf(report.document?.split(' ') ?? words);
  if (typeof answer !== 'string') throw new Error(`${words.join(' ')} has no document to make CSV of`);
  const { columns, rows } = flattening(parseShape(answer), firstColumn(report.table));
  const before = Object.values(leading).map(cell);
  yield line([...Object.keys(leading), ...columns].map(quoted));
  const { data } = report;
  const parts: readonly unknown[] = Array.isArray(data) ? data.map((one) => [one]) : [data];
  for (const part of parts)
    for (const row of rows(part)) yield line([...before, ...columns.map((column) => cell(row.get(column)))]);
}

const line = (cells: readonly string[]): string => `${cells.join(',')}\n`;

/** What the values of a list without names are. */
function firstColumn(table: Report['table']): string {
  const first: Table | undefined = table && ('columns' in table ? table : table[0]);
  return first?.columns[0]?.toLowerCase() ?? 'value';
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value) && !value.some((each) => typeof each === 'object')) return quoted(value.join(' '));
  return quoted(typeof value === 'object' ? JSON.stringify(value) : String(value));
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
