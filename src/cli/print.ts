import type { Report, Table } from '../tools/report.ts';
import type { Output } from './output.ts';
import { visible } from './terminal/visible.ts';
import { folded } from './terminal/width.ts';

export type Format = 'text' | 'table' | 'json' | 'csv';

/** The form of a result: the one that is asked for, else tables for a person and Kafka's text for everything else. */
export function formatFor(
  output: Output,
  { wanted, tables }: { readonly wanted: Format | undefined; readonly tables: boolean },
): Format {
  return wanted ?? (tables && output.isTerminal ? 'table' : 'text');
}

/** Whether standard output is for a program: nothing but the result goes there. */
export const isForPrograms = (format: Format): boolean => format === 'json' || format === 'csv';

/**
 * Prints a line that Kafka's script puts on standard output before its result: a deprecation, a warning. Beside a table or
 * what a program reads it is no data and goes to standard error.
 */
export function printNotice(notice: string, format: Format, output: Output): void {
  if (format === 'text') output.print(notice);
  else output.warn(notice);
}

/** Where a report goes. */
export interface Printing {
  readonly format: Format;
  readonly output: Output;
  /** The command line that the report answers: command, sub-commands and options with their dashes. */
  readonly words: readonly string[];
}

/** Prints a report; what a program reads no faster than it does. */
export async function printReport(report: Report, printing: Printing): Promise<void> {
  const { format, output, words } = printing;
  for (const warning of report.warnings ?? []) output.warn(warning);
  if (output.isTerminal || !isForPrograms(format)) return output.draw(await reportText(report, printing));
  for (const piece of await piecesOf(report, format, words)) await output.pour(piece);
}

async function piecesOf(report: Report, format: Format, words: readonly string[]): Promise<Iterable<string>> {
  const { inPieces, jsonPieces } = await import('./json-pieces.ts');
  return format === 'json' ? jsonPieces(report.data) : inPieces((await import('./csv.ts')).csvLines(report, words));
}

/** A report in the form that is wanted; for a terminal with what others wrote in it made visible. */
export async function reportText(report: Report, { format, output, words }: Printing): Promise<string> {
  if (format === 'table' && report.table) return tablesText(report.table, output);
  const text = await plainText(report, format, words);
  if (!output.isTerminal) return text;
  return format === 'table' ? folded(visible(text), output.width) : visible(text);
}

async function plainText(report: Report, format: Format, words: readonly string[]): Promise<string> {
  return isForPrograms(format) ? [...(await piecesOf(report, format, words))].join('') : report.text;
}

async function tablesText(tables: Table | readonly Table[], output: Output): Promise<string> {
  const { drawTable } = await import('./tables.ts');
  const list: readonly Table[] = 'columns' in tables ? [tables] : tables;
  return list.map((table) => drawTable(table, output)).join('\n');
}
