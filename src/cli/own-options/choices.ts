import { OptionError, UsageError } from '../options/errors.ts';
import type { ParsedOptions } from '../options/parsed.ts';
import type { Script } from '../options/script.ts';
import type { Format } from '../print.ts';
import { isLooking } from './table.ts';

/** What ktool's own options on a command line ask for. */
export interface OwnChoices {
  /** The form that is asked for, by --output or --json. */
  readonly form: Format | undefined;
  /** Milliseconds between two looks; undefined for one look. */
  readonly watchMs: number | undefined;
  /** Nothing is to be asked. */
  readonly yes: boolean;
}

const WATCH_SECONDS = '2';

/**
 * Reads ktool's own options, and answers the others for the script itself: with --output json as --json.
 * `own` says whether an option is ktool's in this script, not the script's own of the same name.
 * @throws UsageError, or OptionError, for what they cannot mean
 */
export function ownChoices(
  script: Script,
  options: ParsedOptions,
  forms: readonly Format[],
  own: (name: string) => boolean,
): { readonly choices: OwnChoices; readonly rest: ParsedOptions } {
  const names = ['output', 'watch', 'yes', 'force'].filter(own);
  const form = formOf(options, forms, names.includes('output'));
  const rest = options.without(names);
  const watch = names.includes('watch') && options.has('watch');
  if (watch && !isLooking(script, { commands: options.commands, has: (name) => options.has(name) }))
    throw new UsageError('--watch goes with actions that only look, as --list and --describe');
  return {
    choices: {
      form,
      watchMs: watch ? seconds(String(options.value('watch') ?? WATCH_SECONDS)) * 1000 : undefined,
      yes: ['yes', 'force'].some((name) => names.includes(name) && options.has(name)),
    },
    rest: form === 'json' && !rest.has('json') ? rest.with('json') : rest,
  };
}

function formOf(options: ParsedOptions, forms: readonly Format[], hasOutput: boolean): Format | undefined {
  const json = options.has('json') ? 'json' : undefined;
  const wanted = hasOutput ? (options.value('output') as string | undefined) : undefined;
  if (wanted === undefined) return json;
  if (!forms.includes(wanted as Format))
    throw new OptionError(
      `There is no form ${wanted} here: --output takes ${forms.join(', ')}`,
      'joptsimple.OptionArgumentConversionException',
    );
  if (json !== undefined && wanted !== json) throw new UsageError(`--json and --output ${wanted} do not go together`);
  return wanted as Format;
}

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value > 0 && value <= 86_400) return value;
  throw new OptionError(
    `--watch takes seconds, 0.5 or 10 for example, not '${text}'`,
    'joptsimple.OptionArgumentConversionException',
  );
}
