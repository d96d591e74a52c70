import type { ParsedOptions } from '../parsed.ts';
import { joptScript } from '../script.ts';
import { flag, long, optionalText, text } from '../table.ts';
import { bootstrapServer, commandConfig, general } from './common.ts';

const ACTIONS = 'Actions';
const DESCRIBING = 'With --describe and --list';
const RESETTING = 'With --reset-offsets';

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
    timeout: long('MS', 'Wait so long for the answer to each request', { default: 30000 }),
    offsets: flag('Show start offsets and lag (what --describe shows anyway)', {
      group: DESCRIBING,
      onlyWith: ['describe'],
    }),
    members: flag('Show the members', { group: DESCRIBING, onlyWith: ['describe'] }),
    state: optionalText('STATE,…', 'Show the state; with --list only groups in these states', {
      group: DESCRIBING,
      onlyWith: ['describe', 'list'],
      suggest: ['empty', 'stable', 'dead'],
    }),
    verbose: flag('Show more of each', { group: DESCRIBING, onlyWith: ['describe'] }),
    'all-topics': flag('All topics that the group has offsets of', { group: RESETTING }),
    'dry-run': flag('Only show what would be done', { group: RESETTING }),
    execute: flag('Do it', { group: RESETTING }),
    'to-earliest': flag('To the first record', { group: RESETTING }),
    'to-latest': flag('To the end', { group: RESETTING }),
    'to-datetime': text('TIME', 'To the first record at or after 2026-01-31T12:00:00.000 (UTC unless a zone follows)', {
      group: RESETTING,
    }),
    ...general,
  },
});

export type ShareGroupsOptions = ParsedOptions<typeof shareGroups.options>;
