import { Chalk } from 'chalk';
import CliTable from 'cli-table3';
import type { Table } from '../tools/report.ts';
import type { Output } from './output.ts';

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

/** Draws a table that fits the width of the terminal: too long cells of the widest columns are cut. */
export function drawTable(table: Table, output: Output): string {
  const chalk = new Chalk({ level: output.colour ? 1 : 0 });
  const title = table.title === undefined ? '' : `${chalk.bold(table.title)}\n`;
  if (table.rows.length === 0) return `${title}${chalk.dim('(none)')}\n`;
  const numeric = table.columns.map((_, i) => table.rows.every((row) => typeof row[i] === 'number' || row[i] === '-'));
  const grid = new CliTable({
    head: table.columns.map((column) => chalk.cyan(column)),
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 0 },
    chars: PLAIN,
    colAligns: numeric.map((isNumber) => (isNumber ? 'right' : 'left')),
    colWidths: columnWidths(table, output.width),
  });
  grid.push(...table.rows.map((row) => row.map(String)));
  const lines = grid.toString().split('\n');
  return `${title}${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

function columnWidths(table: Table, available: number): number[] {
  const widths = table.columns.map((column, i) =>
    Math.max(column.length, ...table.rows.map((row) => String(row[i]).length)),
  );
  const total = () => widths.reduce((sum, width) => sum + width + 2, -2);
  while (total() > available) {
    const widest = widths.indexOf(Math.max(...widths));
    if (widths[widest]! <= MIN_COLUMN) break;
    widths[widest]! -= 1;
  }
  return widths;
}
