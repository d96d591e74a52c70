import type { ParsedOptions } from '../parsed.ts';
import { joptScript } from '../script.ts';
import { flag, optionalText, text } from '../table.ts';
import { bootstrapServer, commandConfig, general } from './common.ts';
import {
  ACTIONS,
  describing,
  describingOrListing,
  execution,
  plainScenarios,
  resetting,
  timeout,
} from './group-options.ts';

export const shareGroups = joptScript({
  name: 'share-groups',
  kafkaName: 'kafka-share-groups',
  about: 'List, describe, reset and delete share groups',
  headline: 'This tool helps to list, describe, reset and delete share groups.',
  parseErrors: 'uncaught',
  examples: [
    { about: 'All share groups', command: 'share-groups --list' },
    { about: 'Where a group begins, and what is left', command: 'share-groups --describe --group workers' },
    {
      about: 'Read a topic once more',
      command: 'share-groups --reset-offsets --group workers --topic orders --to-earliest --execute',
    },
  ],
  options: {
    'bootstrap-server': bootstrapServer,
    'command-config': commandConfig,
    list: flag('List the share groups', { group: ACTIONS }),
    describe: flag('Describe share groups', { group: ACTIONS }),
    delete: flag('Delete share groups without members', { group: ACTIONS }),
    'reset-offsets': flag('Set where a group without members begins', { group: ACTIONS }),
    'delete-offsets': flag('Delete the offsets of one group for some topics', { group: ACTIONS }),
    group: text('NAME', 'A share group', { repeatable: true, suggest: 'groups' }),
    'all-groups': flag('All share groups'),
    topic: text('TOPIC:ID,…', 'A topic, or with --reset-offsets some partitions of it', {
      repeatable: true,
      suggest: 'topics',
    }),
    timeout,
    offsets: flag('Show start offsets and lag (what --describe shows anyway)', describing),
    members: flag('Show the members', describing),
    state: optionalText('STATE,…', 'Show the state; with --list only groups in these states', {
      ...describingOrListing,
      suggest: ['empty', 'stable', 'dead'],
    }),
    verbose: flag('Show more of each', describing),
    'all-topics': flag('All topics that the group has offsets of', resetting),
    ...execution,
    ...plainScenarios,
    ...general,
  },
});

export type ShareGroupsOptions = ParsedOptions<typeof shareGroups.options>;
