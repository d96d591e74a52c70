import { settled, settledErrors } from '../sessions/session.mjs';

/**
 * The lines of an output without what differs from run to run: ids of members become as many letters, and it does not count which of
 * two members has which partition.
 */
export const told = (text: string, broker: string): string[] =>
  settled(
    text
      .replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, 'u'.repeat(36))
      .replace(/(?<= |^)[\w-]{22}(?= )/gm, 'm'.repeat(22))
      .replace(/(?<= orders:)[01](?!,)/g, 'N'),
    broker,
    '{none}',
  );

/** Of standard error the same; an option table, which is each program's own, is `(table)`. */
export function toldErrors(text: string, broker: string): string[] {
  const lines = settledErrors(told(text, broker).join('\n'), broker, '{none}');
  const table = lines.findIndex((line) => /^Option( \(\* = required\))? {2,}Description/.test(line));
  return table < 0 ? lines : [...lines.slice(0, table), '(table)'];
}
