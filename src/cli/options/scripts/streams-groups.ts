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
  resetting,
  timeout,
} from './group-options.ts';

export const streamsGroups = joptScript({
  name: 'streams-groups',
  kafkaName: 'kafka-streams-groups',
  about: 'List, describe, reset and delete the groups of Kafka Streams applications',
  headline: 'This tool helps to list, or describe streams groups.',
  parseErrors: 'message',
  examples: [
    { about: 'All streams groups', command: 'streams-groups --list' },
    { about: 'How far an application is behind', command: 'streams-groups --describe --group wordcount' },
    { about: 'Who does which tasks', command: 'streams-groups --describe --group wordcount --members' },
    {
      about: 'Let a stopped application begin anew, its internal topics emptied too',
      command:
        'streams-groups --reset-offsets --group wordcount --all-input-topics --to-earliest --delete-all-internal-topics --execute',
    },
  ],
  options: {
    'bootstrap-server': bootstrapServer,
    'command-config': commandConfig,
    list: flag('List the streams groups', { group: ACTIONS }),
    describe: flag('Describe streams groups', { group: ACTIONS }),
    delete: flag('Delete streams groups without members, with their offsets', { group: ACTIONS }),
    'reset-offsets': flag('Move the offsets of groups without members', { group: ACTIONS }),
    'delete-offsets': flag('Delete the offsets of one group for some input topics', { group: ACTIONS }),
    group: text('NAME', 'A streams group: the application id', { repeatable: true, suggest: 'groups' }),
    'all-groups': flag('All streams groups'),
    'input-topic': text('TOPIC:ID,…', 'An input topic, or some partitions of it', {
      repeatable: true,
      suggest: 'topics',
    }),
    'all-input-topics': flag('All topics that the application reads and has offsets of'),
    'delete-internal-topic': text('TOPIC', 'Delete this internal topic too', { repeatable: true, suggest: 'topics' }),
    'delete-all-internal-topics': flag('Delete all internal topics of the group too'),
    timeout,
    offsets: flag('Show lags (what --describe shows anyway)', describing),
    members: flag('Show the members and their tasks', describing),
    state: optionalText('STATE,…', 'Show the state; with --list only groups in these states', {
      ...describingOrListing,
      suggest: ['empty', 'notready', 'stable', 'assigning', 'reconciling', 'dead'],
    }),
    verbose: flag('Show more of each', describing),
    ...execution,
    export: flag('Print the new offsets as CSV, for --from-file', resetting),
    ...committedScenarios,
    ...general,
  },
});

export type StreamsGroupsOptions = ParsedOptions<typeof streamsGroups.options>;
