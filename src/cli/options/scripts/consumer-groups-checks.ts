import { checkInvalid, checkRequired } from '../checks.ts';
import { UsageError } from '../errors.ts';
import type { ConsumerGroupsOptions } from './consumer-groups.ts';
import { COMMITTED_SCENARIOS, checkAtMostOne, checkDescribeForms, checkExecution } from './group-options.ts';

const ACTIONS = ['list', 'describe', 'delete', 'reset-offsets', 'delete-offsets', 'validate-regex'] as const;
export type ConsumerGroupsAction = (typeof ACTIONS)[number];

const NO_EXECUTE =
  'WARN: No action will be performed as the --execute option is missing. In version 5.0, this command will require either --dry-run or --execute to be specified. You should add the --dry-run option explicitly if you are scripting this command and want to keep the current default behavior without prompting.';

/**
 * Checks the options of kafka-consumer-groups in the order and with the texts of ConsumerGroupCommandOptions.checkArgs.
 * Throws UsageError; `warn` gets what is no error.
 */
export function checkConsumerGroups(
  options: ConsumerGroupsOptions,
  { warn }: { warn(line: string): void },
): ConsumerGroupsAction {
  if (!options.has('validate-regex')) checkRequired(options, 'bootstrap-server');
  checkDescribe(options);
  if (options.has('delete')) {
    checkScope(options, 'delete');
    if (options.has('topic'))
      throw new UsageError('The consumer does not support topic-specific offset deletion from a consumer group.');
  }
  if (options.has('delete-offsets') && !(options.has('topic') && options.has('group')))
    throw new UsageError('Option [delete-offsets] takes the following options: [group], [topic]');
  if (options.has('reset-offsets')) checkReset(options, warn);
  checkInvalid(options, 'group', ['all-groups', 'list']);
  checkInvalid(options, 'topic', ['list', 'describe']);
  const given = ACTIONS.filter((action) => options.has(action));
  if (given.length !== 1)
    throw new UsageError(
      `Command must include exactly one action: ${ACTIONS.map((action) => `--${action}`).join(', ')}`,
    );
  return given[0]!;
}

function checkScope(options: ConsumerGroupsOptions, action: ConsumerGroupsAction): void {
  if (!options.has('group') && !options.has('all-groups'))
    throw new UsageError(`Option [${action}] takes one of these options: [group], [all-groups]`);
}

function checkDescribe(options: ConsumerGroupsOptions): void {
  if (!options.has('describe')) return;
  checkScope(options, 'describe');
  checkDescribeForms(options);
}

function checkReset(options: ConsumerGroupsOptions, warn: (line: string) => void): void {
  checkExecution(options);
  if (!options.has('dry-run') && !options.has('execute')) warn(NO_EXECUTE);
  checkScope(options, 'reset-offsets');
  checkAtMostOne(options, COMMITTED_SCENARIOS);
}
