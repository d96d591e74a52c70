// Options that ktool has beside those of Kafka's scripts, the same for all of them: --output, --watch, --yes and --force.
// They are added here and not in the scripts' tables, so that a new script has them without a word.

import type { ArgparseLevel, Script } from '../options/script.ts';
import { GENERAL } from '../options/scripts/common.ts';
import { flag, type OptionTable, optionalText, text } from '../options/table.ts';
import type { Format } from '../print.ts';

/** What a command that returns a Report can print. */
export const ALL_FORMS: readonly Format[] = ['text', 'table', 'json', 'csv'];
/** What a command that writes as it goes can print. */
export const STREAM_FORMS: readonly Format[] = ['text', 'json'];

/** Actions that only look, as flags or as sub-commands: they can be repeated. */
const LOOKING = ['list', 'describe', 'verify', 'list-endpoints', 'find-hanging', 'describe-producers'];
/** Scripts that only look whatever their options are. */
const ALWAYS_LOOKING = ['get-offsets', 'broker-api-versions'];

/** Scripts, and sub-commands, with something that cannot be undone: see ../terminal/guard.ts. */
const DESTRUCTIVE = [
  'topics',
  'consumer-groups',
  'share-groups',
  'streams-groups',
  'streams-application-reset',
  'delete-records',
  'leader-election',
  'acls',
  'configs',
  'delegation-tokens',
  'cluster unregister',
  'features downgrade',
  'metadata-quorum remove-controller',
  'transactions abort',
  'transactions forceTerminateTransaction',
];

const own = { group: GENERAL, own: true } as const;

const output = (forms: readonly Format[]) =>
  text('FORM', 'Print the result in this form; json is what --json prints', {
    ...own,
    suggest: forms,
  });
const watch = optionalText('SECONDS', 'Look again every so many seconds, 2 if left out, until Ctrl-C', own);
const yes = flag('Do not ask before something is deleted for good; without a terminal nothing is asked', own);
const force = flag('The same as --yes', own);

/** The script with ktool's own options in its tables. Those that the script has itself are left alone. */
export function withOwnOptions<S extends Script>(script: S, forms: readonly Format[]): S {
  const added = (path: string, table: OptionTable, looks: boolean): OptionTable => ({
    ...table,
    ...('json' in table && { output: output(forms) }),
    ...(looks && { watch }),
    ...(DESTRUCTIVE.includes(path) && { yes, ...(!('force' in table) && { force }) }),
  });
  const looking = (names: readonly string[]) =>
    forms === ALL_FORMS && (ALWAYS_LOOKING.includes(script.name) || names.some((name) => LOOKING.includes(name)));
  if (script.parser === 'jopt')
    return { ...script, options: added(script.name, script.options, looking(Object.keys(script.options))) };
  const level = (each: ArgparseLevel, path: readonly string[]): ArgparseLevel => ({
    ...each,
    // Of nested commands the innermost has the options that are typed after it.
    options: added(path.join(' '), each.options, !each.commands && looking(path)),
    ...(each.commands && {
      commands: Object.fromEntries(
        Object.entries(each.commands).map(([name, inner]) => [name, level(inner, [...path, name])]),
      ),
    }),
  });
  return { ...script, level: level(script.level, [script.name]) };
}

/** Whether this command line only looks, so that it can be repeated. */
export function isLooking(
  script: Script,
  { commands, has }: { readonly commands: readonly string[]; has(name: string): boolean },
): boolean {
  if (ALWAYS_LOOKING.includes(script.name)) return true;
  return LOOKING.some((name) => commands.includes(name) || (script.parser === 'jopt' && has(name)));
}
