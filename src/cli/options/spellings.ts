import type { OptionSpec, OptionTable } from './table.ts';

/** How an option is written, the long form first: `--bootstrap-server`, `-b`. A positional argument is its name. */
export function spellings(name: string, spec: OptionSpec | undefined): string[] {
  if (name === 'help') return ['-h', '--help'];
  if (spec === undefined) return [name];
  return [`--${name}`, ...(spec.short === undefined ? [] : [`-${spec.short}`])];
}

/** argparse: the name of the option behind each spelling. */
export function flagsOf(table: OptionTable): Map<string, string> {
  const flags = new Map<string, string>([
    ['-h', 'help'],
    ['--help', 'help'],
  ]);
  for (const [name, spec] of Object.entries(table)) for (const flag of spellings(name, spec)) flags.set(flag, name);
  return flags;
}
