// What the scripts for groups of one kind have in common: options, and the checks of them.
import { checkInvalid } from '../checks.ts';
import { UsageError } from '../errors.ts';
import type { ParsedOptions } from '../parsed.ts';
import { flag, long, type OptionTable, text } from '../table.ts';

export const ACTIONS = 'Actions';
const RESETTING = 'Resetting offsets';
const DESCRIBING = 'Listing and describing';

export const timeout = long('MS', 'Wait so long for the answer to each request', { default: 30000 });

/** Options that go with `--describe`. */
export const describing = { group: DESCRIBING, onlyWith: ['describe'] };
/** Options that go with `--describe` and `--list`. */
export const describingOrListing = { group: DESCRIBING, onlyWith: ['describe', 'list'] };
export const listing = { group: DESCRIBING, onlyWith: ['list'] };
export const resetting = { group: RESETTING };

/** Whether a reset is shown or done. */
export const execution = {
  'dry-run': flag('Only show what would be done', resetting),
  execute: flag('Do it', resetting),
};

/** Where offsets can go by all of the scripts. */
export const plainScenarios = {
  'to-earliest': flag('To the first record', resetting),
  'to-latest': flag('To the end', resetting),
  'to-datetime': text(
    'TIME',
    'To the first record at or after 2026-01-31T12:00:00.000 (UTC unless a zone follows)',
    resetting,
  ),
};

/** Where the offsets of consumer and streams groups can go. */
export const committedScenarios = {
  ...plainScenarios,
  'to-current': flag('To where the group is', resetting),
  'to-offset': long('OFFSET', 'To this offset', resetting),
  'shift-by': long('COUNT', 'Forward by so many records, or back with a minus', resetting),
  'by-duration': text('DURATION', 'To the first record younger than P1DT2H30M', resetting),
  'from-file': text('FILE', 'To the offsets in a CSV file', { ...resetting, suggest: 'files' }),
};

export type CommittedScenarios = ParsedOptions<typeof committedScenarios>;

/** In the order in which Kafka's scripts look at them. */
export const COMMITTED_SCENARIOS = [
  'to-offset',
  'to-datetime',
  'by-duration',
  'to-earliest',
  'to-latest',
  'to-current',
  'shift-by',
  'from-file',
] as const;

/** At most one of these options may be there. */
export function checkAtMostOne<T extends OptionTable, N extends keyof T & string>(
  options: ParsedOptions<T>,
  names: readonly N[],
): void {
  for (const name of names)
    checkInvalid(
      options,
      name,
      names.filter((other) => other !== name),
    );
}

/** `--describe` shows one thing at a time. */
export function checkDescribeForms<T extends OptionTable>(options: ParsedOptions<T>): void {
  const forms = ['members', 'offsets', 'state'].filter((form) => options.has(form));
  if (forms.length > 1)
    throw new UsageError('Option [describe] takes at most one of these options: [members], [offsets], [state]');
  if (options.hasArgument('state')) throw new UsageError('Option [describe] does not take a value for [state]');
}

/** A reset is shown or done, not both. */
export function checkExecution<T extends OptionTable>(options: ParsedOptions<T>): void {
  if (options.has('dry-run') && options.has('execute'))
    throw new UsageError('Option [reset-offsets] only accepts one of [execute] and [dry-run]');
}
