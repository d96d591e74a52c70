import type { ParsedOptions } from '../parsed.ts';
import { joptScript } from '../script.ts';
import { flag, long, optionalText, text } from '../table.ts';
import { bootstrapServer, commandConfig, general } from './common.ts';

const ACTIONS = 'Actions';
const DESCRIBING = 'With --describe and --list';
const RESETTING = 'With --reset-offsets';

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
    timeout: long('MS', 'Wait so long for the answer to each request', { default: 30000 }),
    offsets: flag('Show lags (what --describe shows anyway)', { group: DESCRIBING, onlyWith: ['describe'] }),
    members: flag('Show the members and their tasks', { group: DESCRIBING, onlyWith: ['describe'] }),
    state: optionalText('STATE,…', 'Show the state; with --list only groups in these states', {
      group: DESCRIBING,
      onlyWith: ['describe', 'list'],
      suggest: ['empty', 'notready', 'stable', 'assigning', 'reconciling', 'dead'],
    }),
    verbose: flag('Show more of each', { group: DESCRIBING, onlyWith: ['describe'] }),
    'dry-run': flag('Only show what would be done', { group: RESETTING }),
    execute: flag('Do it', { group: RESETTING }),
    export: flag('Print the new offsets as CSV, for --from-file', { group: RESETTING }),
    'to-earliest': flag('To the first record', { group: RESETTING }),
    'to-latest': flag('To the end', { group: RESETTING }),
    'to-current': flag('To where the group is', { group: RESETTING }),
    'to-offset': long('OFFSET', 'To this offset', { group: RESETTING }),
    'shift-by': long('COUNT', 'Forward by so many records, or back with a minus', { group: RESETTING }),
    'to-datetime': text('TIME', 'To the first record at or after 2026-01-31T12:00:00.000 (UTC unless a zone follows)', {
      group: RESETTING,
    }),
    'by-duration': text('DURATION', 'To the first record younger than P1DT2H30M', { group: RESETTING }),
    'from-file': text('FILE', 'To the offsets in a CSV file', { group: RESETTING, suggest: 'files' }),
    ...general,
  },
});

export type StreamsGroupsOptions = ParsedOptions<typeof streamsGroups.options>;
