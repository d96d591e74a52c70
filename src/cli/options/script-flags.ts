import type { ArgparseLevel, Script } from './script.ts';

/** The names of all options of a script, those of its sub-commands among them, without dashes. */
export function flagNames(script: Script): ReadonlySet<string> {
  if (script.parser === 'jopt') return new Set(Object.keys(script.options));
  const names = new Set<string>();
  const collect = (level: ArgparseLevel) => {
    for (const name of Object.keys(level.options)) names.add(name);
    for (const command of Object.values(level.commands ?? {})) collect(command);
  };
  collect(script.level);
  return names;
}
