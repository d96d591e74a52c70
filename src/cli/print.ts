import type { Report, Table } from '../tools/report.ts';
import type { Output } from './output.ts';

export type Format = 'text' | 'table' | 'json';

/** The form of a result: JSON where it is asked for, tables for a person, Kafka's text for everything else. */
export function formatFor(output: Output, { json, tables }: { json: boolean; tables: boolean }): Format {
  if (json) return 'json';
  return tables && output.isTerminal ? 'table' : 'text';
}

/**
 * Prints a line that Kafka's script puts on standard output before its result: a deprecation, a warning. Beside a table or
 * JSON it is no data and goes to standard error.
 */
export function printNotice(notice: string, format: Format, output: Output): void {
  if (format === 'text') output.print(notice);
  else output.warn(notice);
}

/** Prints a report in the given form. */
export async function printReport(report: Report, format: Format, output: Output): Promise<void> {
  for (const warning of report.warnings ?? []) output.warn(warning);
  if (format === 'json') output.print(JSON.stringify(report.data, null, 2));
  else if (format === 'table' && report.table) output.write(await tablesText(report.table, output));
  else output.write(report.text);
}

async function tablesText(tables: Table | readonly Table[], output: Output): Promise<string> {
  const { drawTable } = await import('./tables.ts');
  const list: readonly Table[] = 'columns' in tables ? [tables] : tables;
  return list.map((table) => drawTable(table, output)).join('\n');
}
