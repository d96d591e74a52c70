import { checkInvalid } from '../checks.ts';
import type { ParsedOptions } from '../parsed.ts';
import { joptScript } from '../script.ts';
import { flag, long, text } from '../table.ts';
import { bootstrapServer, commandConfig, DEPRECATED, general } from './common.ts';

const RESETTING = 'Where to begin anew (default: at the first record)';

export const streamsApplicationReset = joptScript({
  name: 'streams-application-reset',
  kafkaName: 'kafka-streams-application-reset',
  about: 'Let a stopped Kafka Streams application begin anew: offsets of its inputs, internal topics',
  headline: 'This tool helps to quickly reset an application in order to reprocess its data from scratch.',
  parseErrors: 'usage',
  tableHeading: `${'Option (* = required)'.padEnd(39)}${'Description'.padEnd(39)}`,
  examples: [
    {
      about: 'Look what would be done, then do it without --dry-run',
      command: 'streams-application-reset --application-id wordcount --input-topics text --dry-run',
    },
    {
      about: 'Read the last day again',
      command: 'streams-application-reset --application-id wordcount --input-topics text --by-duration P1D',
    },
  ],
  options: {
    'bootstrap-server': bootstrapServer,
    'command-config': commandConfig,
    'application-id': text('ID', 'The application: its application.id', { required: true, suggest: 'groups' }),
    'input-topics': text('TOPIC,…', 'Topics that it reads', { separator: ',', suggest: 'topics' }),
    'internal-topics': text('TOPIC,…', 'Internal topics to delete (default: all)', {
      separator: ',',
      suggest: 'topics',
    }),
    'dry-run': flag('Only show what would be done'),
    force: flag('Remove members that are still in the group; stop the application first'),
    'to-earliest': flag('At the first record', { group: RESETTING }),
    'to-latest': flag('At the end', { group: RESETTING }),
    'to-offset': long('OFFSET', 'At this offset', { group: RESETTING }),
    'shift-by': long('COUNT', 'So many records later than now, or earlier with a minus', { group: RESETTING }),
    'to-datetime': text('TIME', 'At the first record at or after 2026-01-31T12:00:00.000 (UTC unless a zone follows)', {
      group: RESETTING,
    }),
    'by-duration': text('DURATION', 'At the first record younger than P1DT2H30M', { group: RESETTING }),
    'from-file': text('FILE', 'At the offsets in a file of lines TOPIC,PARTITION,OFFSET', {
      group: RESETTING,
      suggest: 'files',
    }),
    'intermediate-topics': text('TOPIC,…', 'Topics that it writes and reads, to be taken up at their end', {
      separator: ',',
      suggest: 'topics',
      group: DEPRECATED,
      deprecated: '',
    }),
    'config-file': text('FILE', 'The earlier name of --command-config', {
      group: DEPRECATED,
      suggest: 'files',
      deprecated: 'command-config',
    }),
    ...general,
  },
});

export type StreamsApplicationResetOptions = ParsedOptions<typeof streamsApplicationReset.options>;

/** In the order in which Kafka's script looks at them. */
const SCENARIOS = [
  'to-offset',
  'to-datetime',
  'by-duration',
  'to-earliest',
  'to-latest',
  'from-file',
  'shift-by',
] as const;

/** Checks the options of kafka-streams-application-reset as StreamsResetterOptions does. @throws UsageError */
export function checkStreamsApplicationReset(options: StreamsApplicationResetOptions): void {
  for (const scenario of SCENARIOS)
    checkInvalid(
      options,
      scenario,
      SCENARIOS.filter((other) => other !== scenario),
    );
  checkInvalid(options, 'config-file', ['command-config']);
}
