import type { TopicPartition } from '../../client/admin.ts';

/** A new offset of a group in a partition. */
export interface PlannedOffset extends TopicPartition {
  readonly group: string;
  readonly offset: number;
}

/**
 * The rows of `--export`, and an empty line after them: `topic,partition,offset` when one group was named, else with the
 * group in front (CsvUtils). Long texts and those with special characters are quoted.
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
 * line has them. Missing numbers are 0, as for Kafka. Throws an Error for a line that is neither.
 */
export function fromCsv(text: string, groups: readonly string[]): PlannedOffset[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const threeColumns = groups.length === 1 && lines[0] !== undefined && isWithoutGroup(cells(lines[0]));
  return lines.map((line) => {
    const columns = threeColumns ? [groups[0]!, ...cells(line)] : cells(line);
    const [group = '', topic = '', partition = '0', offset = '0'] = columns;
    if (columns.length > 4) throw new Error(`Too many entries: expected at most ${threeColumns ? 3 : 4}: ${line}`);
    return { group, topic, partition: integer(partition, 'int'), offset: integer(offset, 'long') };
  });
}

const isWithoutGroup = (columns: readonly string[]): boolean =>
  columns.length <= 3 && columns.slice(1).every((cell) => /^[+-]?\d+$/.test(cell));

function cells(line: string): string[] {
  const found = [...line.trim().matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)];
  return found.map(([, inQuotes, plain]) => inQuotes?.replaceAll('""', '"') ?? plain?.trim() ?? '');
}

function integer(text: string, type: 'int' | 'long'): number {
  if (!/^[+-]?\d+$/.test(text))
    throw new Error(
      `Cannot deserialize value of type \`${type}\` from String "${text}": not a valid \`${type}\` value`,
    );
  return Number(text);
}
