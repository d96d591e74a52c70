import { checkInvalid, checkOneAction, checkRequired } from '../checks.ts';
import { UsageError } from '../errors.ts';
import { COMMITTED_SCENARIOS, checkAtMostOne, checkDescribeForms, checkExecution } from './group-options.ts';
import type { StreamsGroupsOptions } from './streams-groups.ts';

const ACTIONS = ['list', 'describe', 'delete', 'reset-offsets', 'delete-offsets'] as const;
export type StreamsGroupsAction = (typeof ACTIONS)[number];

const ONE_SCOPE = 'takes one of these options: [all-groups], [group]';

/**
 * Checks the options of kafka-streams-groups in the order and with the texts of StreamsGroupCommandOptions.checkArgs.
 * @throws UsageError
 */
export function checkStreamsGroups(options: StreamsGroupsOptions): StreamsGroupsAction {
  checkRequired(options, 'bootstrap-server');
  if (options.has('describe')) checkDescribe(options);
  if (options.has('delete')) checkDelete(options);
  if (options.has('delete-offsets')) checkDeleteOffsets(options);
  if (options.has('reset-offsets')) checkReset(options);
  checkInternalTopics(options);
  if ((options.has('dry-run') || options.has('execute')) && !options.has('reset-offsets'))
    throw new UsageError('Only Option [reset-offsets] accepts [execute] or [dry-run]');
  checkInvalid(options, 'list', ['members', 'offsets']);
  checkInvalid(options, 'group', ['all-groups']);
  checkInvalid(options, 'group', ['list']);
  checkInvalid(options, 'input-topic', ['list', 'describe', 'delete']);
  return checkOneAction(
    options,
    ACTIONS,
    'Command must include exactly one action: --list, --describe, --delete, --reset-offsets, or --delete-offsets.',
  );
}

function checkDescribe(options: StreamsGroupsOptions): void {
  if (!options.has('group') && !options.has('all-groups')) throw new UsageError(`Option [describe] ${ONE_SCOPE}`);
  checkDescribeForms(options);
}

function checkDelete(options: StreamsGroupsOptions): void {
  if (!options.has('group') && !options.has('all-groups')) throw new UsageError(`Option [delete] ${ONE_SCOPE}`);
  if (options.has('input-topic') || options.has('all-input-topics'))
    throw new UsageError('Kafka Streams does not support topic-specific offset deletion from a streams group.');
}

function checkDeleteOffsets(options: StreamsGroupsOptions): void {
  const hasTopics = options.has('input-topic') || options.has('all-input-topics');
  if (!hasTopics || !options.has('group'))
    throw new UsageError(
      'Option [delete-offsets] takes the [group] and one of these options: [all-input-topics], [input-topic]',
    );
  const groups = options.values('group');
  if (groups.length > 1)
    throw new UsageError(
      `Option [delete-offsets] supports only one [group] at a time, but found: [${groups.join(', ')}]`,
    );
}

function checkReset(options: StreamsGroupsOptions): void {
  const refuse = (rest: string) => new UsageError(`Option [reset-offsets] ${rest}`);
  checkExecution(options);
  if (!options.has('dry-run') && !options.has('execute')) throw refuse('takes the option: [execute] or [dry-run]');
  if (!options.has('group') && !options.has('all-groups')) throw refuse(ONE_SCOPE);
  checkAtMostOne(options, COMMITTED_SCENARIOS);
}

function checkInternalTopics(options: StreamsGroupsOptions): void {
  const [reset, execute] = [options.has('reset-offsets'), options.has('execute')];
  if (options.has('delete-all-internal-topics')) {
    const refuse = (rest: string) => new UsageError(`Option [delete-all-internal-topics] takes ${rest}`);
    if (!reset && !options.has('delete')) throw refuse('one of these options: [delete], [reset-offsets]');
    if (reset && !execute) throw refuse('[execute] when [reset-offsets] is used.');
  } else if (options.has('delete-internal-topic') && !(reset && execute)) {
    throw new UsageError('Option [delete-internal-topic] takes [reset-offsets] when [execute] is used.');
  }
}
