import type { Report, Table } from '../tools/report.ts';

type Row = ReadonlyMap<string, unknown>;

/**
 * A result as comma-separated values, quoted as RFC 4180 has it, with line feeds: a line of names, then a line for each row.
 * The names are those of the JSON document. A list of objects within an object gives a row for each with what is around it
 * repeated, and one that is empty a row without it; lists of plain values are joined by a blank, other objects are JSON.
 * `leading` are columns before all others. Where a name is taken by what is around it, that of the list comes before it: `members.state`. Nothing gives nothing.
 */
export function csvText(
  report: Pick<Report, 'data' | 'table'>,
  leading: Readonly<Record<string, unknown>> = {},
): string {
  const expanded = new Set<string>();
  const rows = rowsOf(report.data, {
    around: new Map(Object.entries(leading)),
    name: firstColumn(report.table),
    expanded,
  });
  const names = [...new Set(rows.flatMap((row) => [...row.keys()]))].filter((name) => !expanded.has(name));
  if (names.length === 0) return '';
  const lines = rows.map((row) => names.map((name) => cell(row.get(name))));
  return [names.map(quoted), ...lines].map((cells) => `${cells.join(',')}\n`).join('');
}

/** What the values of a list without names are. */
function firstColumn(table: Report['table']): string {
  const first: Table | undefined = table && ('columns' in table ? table : table[0]);
  return first?.columns[0]?.toLowerCase() ?? 'value';
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isRows = (value: unknown): value is readonly Record<string, unknown>[] =>
  Array.isArray(value) && value.length > 0 && value.every(isObject);

interface Place {
  readonly around: Row;
  /** The list that is gone through. */
  readonly name: string;
  /** Takes the names of lists that became rows. */
  readonly expanded: Set<string>;
}

function rowsOf(data: unknown, place: Place): Row[] {
  if (Array.isArray(data)) return data.flatMap((each) => rowsOf(each, place));
  const { around, name, expanded } = place;
  if (!isObject(data)) return data === null || data === undefined ? [] : [new Map([...around, [name, data]])];
  const list = Object.keys(data).find((key) => isRows(data[key]));
  const plain = Object.entries(data)
    .filter(([key]) => key !== list)
    .map(([key, value]) => [around.has(key) ? `${name}.${key}` : key, value] as const);
  const row: Row = new Map([...around, ...plain]);
  if (list === undefined) return [row];
  expanded.add(list);
  return rowsOf(data[list], { around: row, name: list, expanded });
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value) && !value.some((each) => typeof each === 'object')) return quoted(value.join(' '));
  return quoted(typeof value === 'object' ? JSON.stringify(value) : String(value));
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
