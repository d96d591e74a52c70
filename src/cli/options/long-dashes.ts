// Word processors and blogs make one long dash of two hyphens, and what was copied from there has it.
import type { Script } from './script.ts';
import { flagNames } from './script-flags.ts';

/** Any of Unicode's dashes, alone, twice or beside a hyphen, then what may be the name of an option. */
const LONG = /^(?=-?[\u2010-\u2015\u2212])[-\u2010-\u2015\u2212]{1,2}([a-z][\w.-]*)(=.*)?$/s;

/**
 * The words with two hyphens before each option that has a longer dash; other words stay, whatever they begin with.
 * @param known names of options besides those that the script has today
 * @param warn gets a line for each
 */
export function withHyphens(
  script: Script,
  argv: readonly string[],
  known: (name: string) => boolean,
  warn: (line: string) => void,
): readonly string[] {
  if (!argv.some((word) => LONG.test(word))) return argv;
  const flags = flagNames(script);
  return argv.map((word) => {
    const [, name, value = ''] = LONG.exec(word) ?? [];
    if (name === undefined || !(flags.has(name) || known(name))) return word;
    warn(`${word.slice(0, -value.length || undefined)} begins with a long dash: type --${name}`);
    return `--${name}${value}`;
  });
}
