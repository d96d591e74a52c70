import { Chalk, type ChalkInstance } from 'chalk';
import CliTable from 'cli-table3';
import type { Table } from '../tools/report.ts';
import type { Output } from './output.ts';
import { unitText } from './terminal/units.ts';
import { visibleLine } from './terminal/visible.ts';
import { columnsOf, cut, wrap } from './terminal/width.ts';

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
/** Of less than this share of a cell nothing is to be recognised: blocks of lines are better. */
const MIN_SHARE = 0.2;

/** What is drawn: cells as text. */
interface Drawn {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Columns of numbers, which stand to the right. */
  readonly numeric: readonly boolean[];
}

/**
 * Draws a table that fits the width of the terminal. Where it does not, columns that say nothing go, then too long cells of the
 * widest columns are cut. Where even that is too wide, each row is a block of lines, wrapped. Numbers with a unit are as a
 * person reads them, at a terminal only. Control characters in cells are written out.
 */
export function drawTable(table: Table, output: Output): string {
  const chalk = new Chalk({ level: output.colour ? 1 : 0 });
  const { width } = output;
  const title = table.title === undefined ? '' : `${titleText(table.title, width, chalk)}\n`;
  if (table.rows.length === 0) return `${title}${chalk.dim('(none)')}\n`;
  const whole = drawnOf(table, output);
  const wholeWidths = naturalWidths(whole);
  if (total(wholeWidths) <= width) return `${title}${grid(whole, wholeWidths, chalk)}\n`;
  const drawn = withoutEmpty(whole);
  const widths = fittingWidths(drawn, width);
  return `${title}${widths === undefined ? blocks(drawn, width, chalk) : grid(drawn, widths, chalk)}\n`;
}

const titleText = (title: string, width: number, chalk: ChalkInstance): string =>
  wrap(visibleLine(title), width)
    .map((line) => chalk.bold(line))
    .join('\n');

function drawnOf({ columns, rows: found, units, unordered }: Table, output: Output): Drawn {
  const rows = unordered ? found.toSorted(byCells) : found;
  const text = (cell: string | number, column: number): string => {
    const unit = units?.[column];
    const isUnit = unit !== undefined && typeof cell === 'number' && output.isTerminal;
    return isUnit ? unitText(cell, unit) : visibleLine(String(cell));
  };
  return {
    columns,
    rows: rows.map((row) => row.map(text)),
    numeric: columns.map(
      (_, i) => rows.every((row) => typeof row[i] === 'number' || isEmpty(row[i])) && rows.some((row) => row[i] !== ''),
    ),
  };
}

/** By the first cell that differs. */
function byCells(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  const i = a.findIndex((cell, column) => cell !== b[column]);
  return i === -1 ? 0 : a[i]! < b[i]! ? -1 : 1;
}

const isEmpty = (cell: string | number | undefined): boolean => cell === '-' || cell === '';

/** Without the columns in which no row has anything. */
function withoutEmpty({ columns, rows, numeric }: Drawn): Drawn {
  const kept = columns.map((_, i) => rows.some((row) => !isEmpty(row[i])));
  const only = <T>(cells: readonly T[]): T[] => cells.filter((_, i) => kept[i]);
  return { columns: only(columns), rows: rows.map(only), numeric: only(numeric) };
}

function grid({ columns, rows, numeric }: Drawn, widths: readonly number[], chalk: ChalkInstance): string {
  const lines = new CliTable({
    head: columns.map((column, i) => chalk.cyan(cut(column, widths[i]!))),
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

/** `Name  value` lines, for a terminal that is too narrow for columns. Cells without anything are left out. */
function blocks({ columns, rows }: Drawn, width: number, chalk: ChalkInstance): string {
  const indent = Math.max(...columns.map(columnsOf)) + 2;
  const pad = (name: string) => chalk.cyan(name) + ' '.repeat(indent - columnsOf(name));
  const lines = (cell: string, i: number) =>
    isEmpty(cell) && i > 0
      ? []
      : wrap(cell, width - indent).map((line, n) =>
          `${n === 0 ? pad(columns[i]!) : ' '.repeat(indent)}${line}`.trimEnd(),
        );
  return rows.map((row) => row.flatMap(lines).join('\n')).join('\n\n');
}

const total = (widths: readonly number[]): number => widths.reduce((sum, width) => sum + width + 2, -2);

const naturalWidths = ({ columns, rows }: Drawn): number[] =>
  columns.map((column, i) => rows.reduce((most, row) => Math.max(most, columnsOf(row[i]!)), columnsOf(column)));

/** Undefined if there are too many columns for the room. */
function fittingWidths(drawn: Drawn, available: number): number[] | undefined {
  const natural = naturalWidths(drawn);
  const widths = [...natural];
  while (total(widths) > available) {
    const widest = widths.indexOf(Math.max(...widths));
    if (widths[widest]! <= Math.max(MIN_COLUMN, natural[widest]! * MIN_SHARE)) return undefined;
    widths[widest]! -= 1;
  }
  return widths;
}
