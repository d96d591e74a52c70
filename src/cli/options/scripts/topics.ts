import { checkInvalid, checkInvalidSet, checkOneAction, checkRequired, type Listener } from '../checks.ts';
import { UsageError } from '../errors.ts';
import type { ParsedOptions } from '../parsed.ts';
import { joptScript } from '../script.ts';
import { flag, int, text } from '../table.ts';
import { bootstrapServer, commandConfig, DEPRECATED, general } from './common.ts';

const ACTIONS = 'Actions';
const SHAPE = 'Creating and altering';
const FILTERS = 'Choosing what to list or describe';

export const topics = joptScript({
  name: 'topics',
  kafkaName: 'kafka-topics',
  about: 'Create, list, describe, alter and delete topics',
  headline: 'This tool helps to create, delete, describe, or change a topic.',
  parseErrors: 'message',
  examples: [
    { about: 'Create a topic with three partitions', command: 'topics --create --topic orders --partitions 3' },
    {
      about: 'Create one that keeps its records for an hour',
      command: 'topics --create --topic clicks --config retention.ms=3600000',
    },
    { about: 'See all topics', command: 'topics --list' },
    { about: 'See partitions, leaders and replicas', command: 'topics --describe --topic orders' },
    { about: 'Give it more partitions', command: 'topics --alter --topic orders --partitions 6' },
    { about: 'Delete it', command: 'topics --delete --topic orders' },
  ],
  options: {
    'bootstrap-server': bootstrapServer,
    'command-config': commandConfig,
    list: flag('List the names of all topics, or of those that --topic matches', { group: ACTIONS }),
    create: flag('Create a topic', { group: ACTIONS }),
    delete: flag('Delete the topics that --topic matches, with all their records', { group: ACTIONS }),
    alter: flag('Give the topics that --topic matches more partitions', { group: ACTIONS }),
    describe: flag('Show the partitions, replicas and settings of topics', { group: ACTIONS }),
    topic: text(
      'NAME',
      'The topic; with every action but --create a regular expression for whole names, commas between several',
      { suggest: 'topics' },
    ),
    'topic-id': text('ID', 'Describe the topic with this id'),
    config: text('NAME=VALUE', "A setting of the new topic; 'ktool configs' changes settings later", {
      group: SHAPE,
      repeatable: true,
    }),
    'delete-config': text('NAME', 'Has no effect any more', { group: DEPRECATED, deprecated: '' }),
    partitions: int('COUNT', 'How many partitions the topic is to have; the broker decides if left out of --create', {
      group: SHAPE,
    }),
    'replication-factor': int('COUNT', 'On how many brokers each partition is kept; the broker decides if left out', {
      group: SHAPE,
    }),
    'replica-assignment': text(
      'ID:ID,ID:ID,…',
      'The brokers of each partition: a comma between partitions, a colon between brokers',
      { group: SHAPE },
    ),
    'under-replicated-partitions': flag('Describe only partitions with replicas that are behind', { group: FILTERS }),
    'unavailable-partitions': flag('Describe only partitions without a living leader', { group: FILTERS }),
    'under-min-isr-partitions': flag('Describe only partitions with fewer in-sync replicas than min.insync.replicas', {
      group: FILTERS,
    }),
    'at-min-isr-partitions': flag('Describe only partitions with just min.insync.replicas in-sync replicas', {
      group: FILTERS,
    }),
    'topics-with-overrides': flag('Describe only topics with settings of their own', { group: FILTERS }),
    'if-exists': flag('It is no mistake when the topic to alter, delete or describe is not there', { group: FILTERS }),
    'if-not-exists': flag('It is no mistake when the topic to create is already there', { group: SHAPE }),
    'exclude-internal': flag("Leave out Kafka's own topics", { group: FILTERS }),
    'partition-size-limit-per-response': int('COUNT', 'Ask for so many partitions at a time when describing', {
      group: FILTERS,
    }),
    ...general,
  },
});

export type TopicsOptions = ParsedOptions<typeof topics.options>;

const TOPIC_ACTIONS = ['list', 'describe', 'create', 'alter', 'delete'] as const;
export type TopicAction = (typeof TOPIC_ACTIONS)[number];
const REPORTS = [
  'under-replicated-partitions',
  'under-min-isr-partitions',
  'at-min-isr-partitions',
  'unavailable-partitions',
] as const;

/**
 * Checks the options of kafka-topics in the order and with the texts of TopicCommandOptions.checkArgs.
 * Throws UsageError, or a plain Error where Kafka's script ends without the option table. `listener` gets what is no error.
 */
export function checkTopics(options: TopicsOptions, listener: Listener): TopicAction {
  const action = checkOneAction(
    options,
    TOPIC_ACTIONS,
    'Command must include exactly one action: --list, --describe, --create, --alter or --delete',
  );
  if (options.has('delete-config'))
    listener.warn(
      'delete-config option is no longer supported and deprecated since version 4.0. The config will be fully removed in future releases.',
    );
  checkPresence(options, action, listener);
  checkCombinations(options);
  return action;
}

function checkPresence(options: TopicsOptions, action: TopicAction, listener: Listener): void {
  if (!options.has('bootstrap-server')) throw new Error('--bootstrap-server must be specified');
  if (action === 'describe' && options.has('if-exists')) {
    if (!options.has('topic') && !options.has('topic-id'))
      throw new UsageError('--topic or --topic-id is required to describe a topic');
    if (options.has('topic') && options.has('topic-id'))
      listener.notice(
        'Only topic id will be used when both --topic and --topic-id are specified and topicId is not Uuid.ZERO_UUID',
      );
  }
  if (action !== 'list' && action !== 'describe') checkRequired(options, 'topic');
  if (action === 'alter') {
    const hint = ' (To alter topic configurations, the kafka-configs tool can be used.)';
    checkInvalidSet(options, ['bootstrap-server', 'config'], ['alter'], hint);
    checkRequired(options, 'partitions');
  }
}

function checkCombinations(options: TopicsOptions): void {
  const allButs = (...allowed: TopicAction[]) => TOPIC_ACTIONS.filter((action) => !allowed.includes(action));
  checkInvalid(options, 'config', allButs('alter', 'create'));
  checkInvalid(options, 'partitions', allButs('alter', 'create'));
  checkInvalid(options, 'replication-factor', allButs('create'));
  checkInvalid(options, 'replica-assignment', allButs('alter', 'create'));
  if (options.has('create')) checkInvalid(options, 'replica-assignment', ['partitions', 'replication-factor']);
  for (const report of REPORTS) checkInvalid(options, report, [...allButs('describe'), 'topics-with-overrides']);
  checkInvalid(options, 'topics-with-overrides', [...allButs('describe'), ...REPORTS]);
  checkInvalid(options, 'if-exists', allButs('alter', 'delete', 'describe'));
  checkInvalid(options, 'if-not-exists', allButs('create'));
  checkInvalid(options, 'exclude-internal', allButs('list', 'describe'));
}
