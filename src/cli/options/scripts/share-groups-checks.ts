import { checkInvalid, checkOneAction, checkRequired } from '../checks.ts';
import { UsageError } from '../errors.ts';
import { checkAtMostOne, checkDescribeForms, checkExecution } from './group-options.ts';
import type { ShareGroupsOptions } from './share-groups.ts';

const ACTIONS = ['list', 'describe', 'delete', 'reset-offsets', 'delete-offsets'] as const;
export type ShareGroupsAction = (typeof ACTIONS)[number];

const SCENARIOS = ['to-datetime', 'to-earliest', 'to-latest'] as const;

/**
 * Checks the options of kafka-share-groups in the order and with the texts of ShareGroupCommandOptions.checkArgs.
 * @throws UsageError
 */
export function checkShareGroups(options: ShareGroupsOptions): ShareGroupsAction {
  checkRequired(options, 'bootstrap-server');
  if (options.has('describe')) checkDescribe(options);
  if (options.has('delete')) checkDelete(options);
  if (options.has('delete-offsets') && !(options.has('group') && options.has('topic')))
    throw new UsageError('Option [delete-offsets] takes the following options: [group], [topic]');
  if (options.has('reset-offsets')) checkReset(options);
  checkInvalid(options, 'group', ['all-groups']);
  checkInvalid(options, 'group', ['list']);
  checkInvalid(options, 'topic', ['list', 'describe']);
  return checkOneAction(
    options,
    ACTIONS,
    `Command must include exactly one action: ${ACTIONS.map((action) => `--${action}`).join(', ')}.`,
  );
}

function checkDescribe(options: ShareGroupsOptions): void {
  if (!options.has('group') && !options.has('all-groups'))
    throw new UsageError('Option [describe] takes one of these options: [all-groups], [group]');
  checkDescribeForms(options);
}

function checkDelete(options: ShareGroupsOptions): void {
  const [group, allGroups] = [options.has('group'), options.has('all-groups')];
  if (!group && !allGroups) throw new UsageError('Option [delete] takes the options [group] or [all-groups]');
  if (group && allGroups) throw new UsageError('Option [delete] takes either [group] or [all-groups], not both.');
  if (options.has('topic')) throw new UsageError('Option [delete] does not take the option: [topic]');
}

function checkReset(options: ShareGroupsOptions): void {
  const refuse = (rest: string) => new UsageError(`Option [reset-offsets] ${rest}`);
  checkExecution(options);
  if (!options.has('dry-run') && !options.has('execute')) throw refuse('takes the option: [execute] or [dry-run]');
  if (!options.has('group')) throw refuse('takes the option: [group]');
  if (!options.has('topic') && !options.has('all-topics'))
    throw refuse('takes one of these options: [all-topics], [topic]');
  if (!SCENARIOS.some((scenario) => options.has(scenario)))
    throw refuse('takes one of these options: [to-datetime], [to-earliest], [to-latest]');
  checkAtMostOne(options, SCENARIOS);
}
