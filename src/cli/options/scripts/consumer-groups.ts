import type { ParsedOptions } from '../parsed.ts';
import { joptScript } from '../script.ts';
import { flag, optionalText, text } from '../table.ts';
import { bootstrapServer, commandConfig, general } from './common.ts';
import {
  ACTIONS,
  committedScenarios,
  describing,
  describingOrListing,
  execution,
  listing,
  resetting,
  timeout,
} from './group-options.ts';

export const consumerGroups = joptScript({
  name: 'consumer-groups',
  kafkaName: 'kafka-consumer-groups',
  about: 'List and describe consumer groups, reset and delete their offsets',
  headline:
    'This tool helps to list all consumer groups, describe a consumer group, delete consumer group info, or reset consumer group offsets.',
  parseErrors: 'uncaught',
  examples: [
    { about: 'All groups', command: 'consumer-groups --list' },
    { about: 'How far a group is behind', command: 'consumer-groups --describe --group billing' },
    { about: 'Who is in it', command: 'consumer-groups --describe --group billing --members --verbose' },
    {
      about: 'Let it read a topic again: first look, then do it with --execute',
      command: 'consumer-groups --reset-offsets --group billing --topic orders --to-earliest --dry-run',
    },
    { about: 'Forget a group', command: 'consumer-groups --delete --group billing' },
  ],
  options: {
    'bootstrap-server': bootstrapServer,
    'command-config': commandConfig,
    list: flag('List the groups', { group: ACTIONS }),
    describe: flag('Show offsets and lag of groups', { group: ACTIONS }),
    delete: flag('Delete groups without members, with their offsets', { group: ACTIONS }),
    'reset-offsets': flag('Move the offsets of groups without members', { group: ACTIONS }),
    'delete-offsets': flag('Delete the offsets of one group for some topics', { group: ACTIONS }),
    'validate-regex': text('REGEX', 'Tell whether brokers understand this regular expression (RE2)', {
      group: ACTIONS,
    }),
    group: text('NAME', 'A group', { repeatable: true, suggest: 'groups' }),
    'all-groups': flag('All groups'),
    topic: text('TOPIC:ID,…', 'A topic, or some partitions of it', { repeatable: true, suggest: 'topics' }),
    'all-topics': flag('All topics that the group has offsets of', resetting),
    timeout,
    offsets: flag('Show offsets and lag (what --describe shows anyway)', describing),
    members: flag('Show the members', describing),
    state: optionalText('STATE,…', 'Show the state; with --list only groups in these states', {
      ...describingOrListing,
      suggest: ['preparingrebalance', 'completingrebalance', 'stable', 'dead', 'empty', 'assigning', 'reconciling'],
    }),
    type: optionalText('TYPE,…', 'With --list: show the type, only groups of these types', {
      ...listing,
      suggest: ['classic', 'consumer'],
    }),
    verbose: flag('Show more of each', describing),
    ...execution,
    export: flag('Print the new offsets as CSV, for --from-file', resetting),
    ...committedScenarios,
    ...general,
  },
});

export type ConsumerGroupsOptions = ParsedOptions<typeof consumerGroups.options>;
