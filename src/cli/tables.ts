import { Chalk, type ChalkInstance } from 'chalk';
import CliTable from 'cli-table3';
import type { Table } from '../tools/report.ts';
import { oneLine } from '../util/logger.ts';
import type { Output } from './output.ts';
import { unitText } from './terminal/units.ts';
import { columnsOf, cut } from './terminal/width.ts';

// No frame, two blanks between columns: rows can be copied, and a narrow terminal loses nothing to lines.
const PLAIN = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

const MIN_COLUMN = 8;

/**
 * Draws a table that fits the width of the terminal: too long cells of the widest columns are cut. Where even that is too
 * wide, each row is a block of lines, uncut. Numbers with a unit are as a person reads them, at a terminal only.
 */
export function drawTable(table: Table, output: Output): string {
  const chalk = new Chalk({ level: output.colour ? 1 : 0 });
  const title = table.title === undefined ? '' : `${chalk.bold(table.title)}\n`;
  if (table.rows.length === 0) return `${title}${chalk.dim('(none)')}\n`;
  const rows = table.rows.map((row) => row.map((cell, i) => cellText(cell, table, i, output)));
  const widths = columnWidths(table.columns, rows, output.width);
  return `${title}${widths === undefined ? blocks(table, rows, chalk) : grid(table, rows, widths, chalk)}\n`;
}

function cellText(cell: string | number, { units }: Table, column: number, output: Output): string {
  const unit = units?.[column];
  return unit !== undefined && typeof cell === 'number' && output.isTerminal
    ? unitText(cell, unit)
    : shownText(cell, output);
}

/** Names that others chose say nothing to a terminal. */
const shownText = (cell: string | number, output: Output): string =>
  output.isTerminal ? oneLine(String(cell)) : String(cell);

function grid(table: Table, rows: readonly string[][], widths: readonly number[], chalk: ChalkInstance): string {
  const numeric = table.columns.map((_, i) => table.rows.every((row) => typeof row[i] === 'number' || row[i] === '-'));
  const lines = new CliTable({
    head: table.columns.map((column, i) => chalk.cyan(cut(column, widths[i]!))),
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 0 },
    chars: PLAIN,
    colAligns: numeric.map((isNumber) => (isNumber ? 'right' : 'left')),
  });
  lines.push(...rows.map((row) => row.map((cell, i) => cut(cell, widths[i]!))));
  return lines
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** `Name  value` lines, for a terminal that is too narrow for columns. */
function blocks({ columns }: Table, rows: readonly string[][], chalk: ChalkInstance): string {
  const widest = Math.max(...columns.map(columnsOf));
  const pad = (name: string) => chalk.cyan(name) + ' '.repeat(widest - columnsOf(name) + 2);
  return rows.map((row) => row.map((cell, i) => `${pad(columns[i]!)}${cell}`.trimEnd()).join('\n')).join('\n\n');
}

/** Undefined if there are too many columns for the room. */
function columnWidths(columns: readonly string[], rows: readonly string[][], available: number): number[] | undefined {
  const widths = columns.map((column, i) => Math.max(columnsOf(column), ...rows.map((row) => columnsOf(row[i]!))));
  const total = () => widths.reduce((sum, width) => sum + width + 2, -2);
  while (total() > available) {
    const widest = widths.indexOf(Math.max(...widths));
    if (widths[widest]! <= MIN_COLUMN) return undefined;
    widths[widest]! -= 1;
  }
  return widths;
}
