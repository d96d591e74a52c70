import { readFileSync } from 'node:fs';
import type { Compat } from '../compat.ts';
import { parseArgparse } from './argparse.ts';
import { InsteadOfAction, OptionError } from './errors.ts';
import { parseJopt } from './jopt.ts';
import type { ParsedOptions } from './parsed.ts';
import type { ArgparseLevel, ArgparseScript, JoptScript, OptionsOf, Script } from './script.ts';
import type { OptionTable } from './table.ts';

/**
 * Parses the words after a script's name with the script's own parser. Throws OptionError for a command line that cannot be
 * parsed and InsteadOfAction when it asks for help or for the version; no words at all ask for help.
 *
 * An address is added where none is given and `compat` has one.
 */
export function parseScript<S extends Script>(
  script: S,
  argv: readonly string[],
  compat: Compat,
): ParsedOptions<OptionsOf<S>> {
  if (argv.length === 0 && compat.helpOnStdout) throw new InsteadOfAction('help', []);
  const parsed =
    script.parser === 'jopt' ? parseJoptScript(script, argv, compat) : parseArgparseScript(script, argv, compat);
  return parsed as ParsedOptions<OptionsOf<S>>;
}

function parseJoptScript(script: JoptScript, argv: readonly string[], compat: Compat): ParsedOptions {
  const table = withDefaultAddress(compat.ownOptions ? script.options : withoutOwn(script.options), compat);
  const options = parseJopt(table, argv, { abbreviations: compat.abbreviations });
  if (argv.length === 0 || options.has('help')) throw new InsteadOfAction('help', []);
  if (options.has('version')) throw new InsteadOfAction('version', []);
  return addAddress(script, options, table, compat);
}

function parseArgparseScript(script: ArgparseScript, argv: readonly string[], compat: Compat): ParsedOptions {
  if (argv.length === 0 && script.helpWithoutArguments) throw new InsteadOfAction('help', []);
  const known = compat.ownOptions ? script.level : levelWithoutOwn(script.level);
  if (compat.defaultBootstrap === undefined)
    return parseArgparse({ ...script, level: known }, argv, { readLines }) as ParsedOptions;
  const level = optionalAddress(known);
  const options = parseArgparse({ ...script, level }, argv, { readLines }) as ParsedOptions;
  return addAddress(script, options, tableOf(level, options.commands), compat);
}

/** The options of a level and of its sub-commands that were chosen: an address stands before the sub-command, or behind it. */
function tableOf(level: ArgparseLevel, [name, ...commands]: readonly string[]): OptionTable {
  return { ...level.options, ...(name !== undefined && tableOf(level.commands![name]!, commands)) };
}

/** The lines of an `@file` argument. */
const readLines = (path: string): string[] =>
  readFileSync(path, 'utf8')
    .replace(/\r?\n$/, '')
    .split(/\r?\n/);

/** Options that bring client settings, an address among them perhaps. */
const SETTINGS = [
  'command-config',
  'command-property',
  'config',
  'admin.config',
  'producer.config',
  'consumer.config',
  'producer-props',
  'producer-property',
  'consumer-property',
];

/**
 * A missing --bootstrap-server is the default address, unless controllers are named; the settings of a context go with its
 * address, and only with that.
 */
function addAddress(script: Script, options: ParsedOptions, table: OptionTable, { target }: Compat): ParsedOptions {
  const given = options.has('bootstrap-server') || options.has('bootstrap-controller');
  if (target === undefined || given || !('bootstrap-server' in table)) return options;
  const hasSettings = SETTINGS.some((name) => options.has(name));
  const isContext = target.context !== undefined || target.failure !== undefined;
  if (script.addressInSettings && (hasSettings || !isContext)) return options;
  if (target.failure !== undefined) throw new OptionError(target.failure, 'joptsimple.OptionException');
  const { bootstrapServer, commandConfig } = target;
  const addressed = options.with('bootstrap-server', bootstrapServer);
  const isWanted = commandConfig !== undefined && 'command-config' in table && !hasSettings;
  return isWanted ? addressed.with('command-config', commandConfig) : addressed;
}

const withDefaultAddress = (table: OptionTable, { defaultBootstrap }: Compat): OptionTable =>
  defaultBootstrap === undefined || !table['bootstrap-server']?.required
    ? table
    : { ...table, 'bootstrap-server': { ...table['bootstrap-server'], required: false } };

const withoutOwn = (table: OptionTable): OptionTable =>
  Object.fromEntries(Object.entries(table).filter(([, spec]) => !spec.own));

function levelWithoutOwn(level: ArgparseLevel): ArgparseLevel {
  return mapLevel(level, (each) => ({ ...each, options: withoutOwn(each.options) }));
}

/** With a default address, an exclusive group that asks for an address is no longer required. */
function optionalAddress(level: ArgparseLevel): ArgparseLevel {
  return mapLevel(level, (each) => ({
    ...each,
    ...(each.exclusive && {
      exclusive: each.exclusive.map((group) =>
        group.options.includes('bootstrap-server') ? { ...group, required: false } : group,
      ),
    }),
    options: Object.fromEntries(
      Object.entries(each.options).map(([name, spec]) => [
        name,
        name === 'bootstrap-server' ? { ...spec, required: false } : spec,
      ]),
    ),
  }));
}

function mapLevel(level: ArgparseLevel, change: (level: ArgparseLevel) => ArgparseLevel): ArgparseLevel {
  const changed = change(level);
  if (!changed.commands) return changed;
  const commands = Object.entries(changed.commands).map(([name, each]) => [name, mapLevel(each, change)] as const);
  return { ...changed, commands: Object.fromEntries(commands) };
}
