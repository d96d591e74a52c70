// Plans of a reset as files of comma-separated values (CsvUtils), with the messages of the library that Kafka reads them with.
import type { TopicPartition } from '../../client/admin.ts';
import { IllegalArgument } from '../illegal-argument.ts';
import { JavaException } from '../java-exception.ts';
import { javaSplit } from '../java-split.ts';
import { WrappedError } from '../wrapped-error.ts';

/** A new offset of a group in a partition. */
export interface PlannedOffset extends TopicPartition {
  readonly group: string;
  readonly offset: number;
}

/**
 * The rows of `--export`, and an empty line after them: `topic,partition,offset` when one group was named, else with the
 * group in front. Long texts and those with special characters are quoted.
 */
export function toCsv(offsets: readonly PlannedOffset[], { withGroup }: { readonly withGroup: boolean }): string {
  const rows = offsets.map(({ group, topic, partition, offset }) =>
    [...(withGroup ? [quoted(group)] : []), quoted(topic), partition, offset].join(','),
  );
  return `${rows.map((row) => `${row}\n`).join('')}\n`;
}

/** Jackson's rule: quotes around what is longer than 24 characters or has one that sorts before `-`. */
const quoted = (text: string): string =>
  text.length > 24 || /[\0-,"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/**
 * The offsets in a `--from-file` file, of the same two forms: three columns only when exactly one group is named and the first
 * line has them. Missing numbers are 0, as for Kafka.
 * `onOther` hears why the first line is not of the form without groups.
 * @throws WrappedError for a line that is neither, IllegalArgument for an offset below 0
 */
export function fromCsv(
  text: string,
  groups: readonly string[],
  onOther?: (error: WrappedError) => void,
): PlannedOffset[] {
  const lines = javaSplit(text, '\n');
  const [group] = groups;
  const hasNoGroup = lines[0] !== undefined && isReadable(lines[0], NO_GROUP, onOther);
  const withoutGroup = groups.length === 1 && hasNoGroup;
  return lines.map((line) => {
    const row = withoutGroup ? { ...record(line, NO_GROUP), group: group! } : record(line, WITH_GROUP);
    if (row.offset < 0) throw new IllegalArgument('Invalid negative offset');
    return row;
  });
}

interface Schema {
  readonly javaClass: string;
  readonly columns: readonly (keyof PlannedOffset)[];
}

const PACKAGE = 'org.apache.kafka.tools.consumer.group.CsvUtils$';
const NO_GROUP: Schema = { javaClass: `${PACKAGE}CsvRecordNoGroup`, columns: ['topic', 'partition', 'offset'] };
const WITH_GROUP: Schema = {
  javaClass: `${PACKAGE}CsvRecordWithGroup`,
  columns: ['group', 'topic', 'partition', 'offset'],
};

function isReadable(line: string, schema: Schema, onOther?: (error: WrappedError) => void): boolean {
  try {
    record(line, schema);
    return true;
  } catch (error) {
    if (error instanceof WrappedError) onOther?.(error);
    return false;
  }
}

function record(line: string, { javaClass, columns }: Schema): PlannedOffset {
  const row = { group: '', topic: '', partition: 0, offset: 0 };
  for (const [i, { text, column, isLast }] of cells(line).entries()) {
    const name = columns[i];
    if (name === undefined) {
      if (text === '' && isLast) break;
      const found = `(value #${i} (${text.length} chars) "${text}")`;
      throw refused('dataformat.csv.CsvReadException', `Too many entries: expected at most ${i} ${found}`, column);
    }
    if (name === 'group' || name === 'topic') row[name] = text;
    else row[name] = integer(text, name, { javaClass, column });
  }
  return row;
}

interface Cell {
  readonly text: string;
  /** Where it begins, counted from 1. */
  readonly column: number;
  readonly isLast: boolean;
}

function cells(line: string): Cell[] {
  const record = line.replace(/\r.*$/s, '');
  if (record === '') throw refused('databind.exc.MismatchedInputException', 'No content to map due to end-of-input');
  const found: Cell[] = [];
  for (let at = 0; at <= record.length; ) {
    const inQuotes = record[at] === '"';
    const [raw, quotedText] = inQuotes ? quotedCell(record, at) : /^[^,]*/.exec(record.slice(at))!;
    const end = at + raw.length;
    const text = quotedText?.replaceAll('""', '"') ?? raw;
    found.push({ text, column: at + 1, isLast: end === record.length });
    at = end + 1;
  }
  return found;
}

function quotedCell(record: string, at: number): RegExpExecArray {
  const match = /^"((?:[^"]|"")*)"[ \t]*/.exec(record.slice(at));
  if (!match) throw refused('core.JsonParseException', 'Missing closing quote for value', record.length + 1);
  const end = at + match[0].length;
  const next = record[end];
  if (next === undefined || next === ',') return match;
  const what = `Unexpected character ('${next}' (code ${next.charCodeAt(0)}))`;
  throw refused(
    'core.JsonParseException',
    `${what}: Expected column separator character (',' (code 44)) or end-of-line`,
    end + 2,
  );
}

function integer(
  text: string,
  name: 'partition' | 'offset',
  { javaClass, column }: { readonly javaClass: string; readonly column: number },
): number {
  const word = text.trim();
  if (word === '' || word === 'null') return 0;
  const type = name === 'partition' ? 'int' : 'long';
  const limit = type === 'int' ? 2 ** 31 : 2 ** 63;
  const value = Number(word);
  if (/^[+-]?\d+$/.test(word) && value >= -limit && value < limit) return value;
  const chain = ` (through reference chain: ${javaClass}["${name}"])`;
  const message = `Cannot deserialize value of type \`${type}\` from String "${word}": not a valid \`${type}\` value`;
  throw refused('databind.exc.InvalidFormatException', message, column, chain);
}

function refused(name: string, message: string, column?: number, chain = ''): WrappedError {
  const at = column === undefined ? 'line: UNKNOWN, column: UNKNOWN' : `line: 1, column: ${column}`;
  const text = `${message}\n at [Source: (StringReader); ${at}]${chain}`;
  return new WrappedError(new JavaException(`com.fasterxml.jackson.${name}`, text));
}
