import type { ArgparseLevel, Script } from './script.ts';
import { spellings } from './spellings.ts';
import type { OptionSpec, OptionTable } from './table.ts';

export interface HelpSettings {
  /** Columns to fill. */
  readonly width: number;
  /** The sub-command whose help is wanted, outermost first. */
  readonly commands?: readonly string[];
  /** Emphasises a heading; the identity function without colour. */
  readonly heading?: (text: string) => string;
  /** Options that Kafka's script does not have are shown. */
  readonly ownOptions?: boolean;
}

const INDENT = '  ';
const LEFT_MAX = 36;
const RIGHT_MIN = 30;

/** The help text of a script or of one of its sub-commands. */
export function helpText(script: Script, settings: HelpSettings): string {
  const commands = settings.commands ?? [];
  const level = script.parser === 'jopt' ? script : levelOf(script.level, commands);
  const heading = settings.heading ?? ((text: string) => text);
  const usage = ['ktool', script.name, ...commands].join(' ');
  const sections = [
    wrap(`${level.about}.`, settings.width).join('\n'),
    `${heading('Usage')}\n${INDENT}${usage} ${usageOf(level)}`,
    ...subCommands(level, heading, settings.width),
    ...optionSections(script, level.options, settings, heading),
    ...(commands.length === 0 ? examplesOf(script, heading) : []),
  ];
  return `${sections.join('\n\n')}\n`;
}

function levelOf(level: ArgparseLevel, commands: readonly string[]): ArgparseLevel {
  return commands.reduce((at, name) => at.commands?.[name] ?? at, level);
}

function usageOf(level: ArgparseLevel): string {
  const positionals = Object.keys(level.positionals ?? {}).map((name) => name.toUpperCase());
  return [level.commands ? 'COMMAND' : '', ...positionals, '[options]'].filter(Boolean).join(' ');
}

function subCommands(level: ArgparseLevel, heading: (text: string) => string, width: number): string[] {
  if (!level.commands) return [];
  const rows = Object.entries(level.commands).map(([name, { about }]) => [name, about] as const);
  return [`${heading('Commands')}\n${columns(rows, width)}`];
}

function optionSections(
  script: Script,
  table: OptionTable,
  settings: HelpSettings,
  heading: (text: string) => string,
): string[] {
  const groups = new Map<string, (readonly [string, string])[]>();
  for (const [name, spec] of Object.entries(table)) {
    if (spec.own && settings.ownOptions === false) continue;
    const group = spec.group ?? 'Options';
    groups.set(group, [...(groups.get(group) ?? []), [written(script, name, spec), described(spec)]]);
  }
  if (script.parser === 'argparse')
    groups.set('General', [['--help, -h', 'Show this help'], ...(groups.get('General') ?? [])]);
  return [...groups].sort(lastOnes).map(([group, rows]) => `${heading(group)}\n${columns(rows, settings.width)}`);
}

const LAST = ['Connection', 'General', 'Deprecated'];
const lastOnes = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  LAST.indexOf(a) - LAST.indexOf(b);

function written(script: Script, name: string, spec: OptionSpec): string {
  const names = script.parser === 'jopt' ? `--${name}` : spellings(name, spec).join(', ');
  if (spec.argument === 'none') return names;
  return spec.argument === 'optional' ? `${names} [${spec.placeholder}]` : `${names} ${spec.placeholder}`;
}

function described(spec: OptionSpec): string {
  const notes = [
    ...(spec.required ? ['required'] : []),
    ...(spec.repeatable ? ['may be repeated'] : []),
    ...(spec.default === undefined || spec.deprecated !== undefined ? [] : [`default: ${spec.default}`]),
    ...(Array.isArray(spec.suggest) ? [`one of ${spec.suggest.join(', ')}`] : []),
    ...(spec.deprecated ? [`use --${spec.deprecated}`] : []),
  ];
  return notes.length === 0 ? spec.about : `${spec.about} (${notes.join('; ')})`;
}

function examplesOf(script: Script, heading: (text: string) => string): string[] {
  const lines = script.examples.map(({ about, command }) => `${INDENT}${about}:\n${INDENT}${INDENT}$ ktool ${command}`);
  return lines.length === 0 ? [] : [`${heading('Examples')}\n${lines.join('\n')}`];
}

/**
 * Two columns, the right one wrapped; a left cell that is too long has a line of its own. All of them have one where the right
 * column would be narrow.
 */
export function columns(rows: readonly (readonly [string, string])[], width: number): string {
  const widest = Math.min(LEFT_MAX, Math.max(...rows.map(([cell]) => cell.length)));
  const left = width - widest - 2 * INDENT.length < RIGHT_MIN ? INDENT.length : widest;
  const indent = ' '.repeat(INDENT.length + left + 2);
  return rows
    .map(([cell, text]) => {
      const lines = wrap(text, Math.max(RIGHT_MIN / 2, width - indent.length));
      const first = cell.length > left ? `${INDENT}${cell}\n${indent}` : `${INDENT}${cell.padEnd(left)}  `;
      return first + lines.join(`\n${indent}`);
    })
    .join('\n');
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
