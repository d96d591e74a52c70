import type { ArgparseError } from './argparse-error.ts';
import { formatWidth, justify } from './justify.ts';
import type { ArgparseLevel, ArgparseScript } from './script.ts';
import { spellings } from './spellings.ts';

/** What an argparse script prints on standard error when it cannot parse its command line (kafka-scripts §1.4). */
export function argparseErrorText(script: ArgparseScript, error: ArgparseError, columns: string | undefined): string {
  if (script.parseErrors === 'line') return `Command line error: ${error.message}. Type --help for help.\n`;
  const prog = script.prog ?? script.kafkaName;
  const message = justify(`${prog}: error: ${error.message}\n`, formatWidth(columns));
  const meant = error.meant.length === 0 ? '' : `\nDid you mean:\n${error.meant.map((word) => `\t${word}\n`).join('')}`;
  return `${usageLine(script, error.commands)}${message}${meant}`;
}

/** One line: the options that must be given, the rest as `[options]`. */
function usageLine(script: ArgparseScript, commands: readonly string[]): string {
  const level = commands.reduce((at: ArgparseLevel, name) => at.commands?.[name] ?? at, script.level);
  const required = Object.entries(level.options).flatMap(([name, spec]) =>
    spec.required ? [`${spellings(name, spec)[0]} ${spec.placeholder ?? ''}`.trim()] : [],
  );
  const subCommands = level.commands ? [`{${Object.keys(level.commands).join(',')}} ...`] : [];
  const words = [script.prog ?? script.kafkaName, ...commands, '[-h]', ...required, '[options]', ...subCommands];
  return `usage: ${words.join(' ')}\n`;
}
