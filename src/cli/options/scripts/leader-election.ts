import { commandFailed } from '../../../tools/admin-exceptions.ts';
import type { ElectionType } from '../../../tools/leader-election/elect.ts';
import { checkInvalid } from '../checks.ts';
import { OptionError } from '../errors.ts';
import type { ParsedOptions } from '../parsed.ts';
import { joptScript } from '../script.ts';
import { flag, int, text } from '../table.ts';
import { bootstrapServer, commandConfig, DEPRECATED, general } from './common.ts';

export const leaderElection = joptScript({
  name: 'leader-election',
  kafkaName: 'kafka-leader-election',
  about: 'Elect new leaders of partitions',
  headline:
    'This tool attempts to elect a new leader for a set of topic partitions. The type of elections supported are preferred replicas and unclean replicas.',
  parseErrors: 'message',
  examples: [
    {
      about: 'Give every partition its preferred leader',
      command: 'leader-election --election-type preferred --all-topic-partitions',
    },
    {
      about: 'A leader at the price of records, where there is none',
      command: 'leader-election --election-type unclean --topic orders --partition 0',
    },
  ],
  options: {
    'bootstrap-server': bootstrapServer,
    'command-config': commandConfig,
    'admin.config': text('FILE', 'Properties file with client settings', {
      group: DEPRECATED,
      deprecated: 'command-config',
      suggest: 'files',
    }),
    'election-type': text('TYPE', 'The preferred leader, or any replica where there is no leader', {
      suggest: ['preferred', 'unclean'],
    }),
    topic: text('NAME', 'The topic of one partition', { suggest: 'topics' }),
    partition: int('ID', 'The partition of --topic'),
    'all-topic-partitions': flag('All partitions that need it'),
    'path-to-json-file': text('FILE', 'Partitions: {"partitions":[{"topic":"orders","partition":0}]}', {
      suggest: 'files',
    }),
    ...general,
  },
});

export type LeaderElectionOptions = ParsedOptions<typeof leaderElection.options>;

const SELECTIONS = ['topic', 'all-topic-partitions', 'path-to-json-file'] as const;

/**
 * Checks as LeaderElectionCommandOptions.validate, and reads the type.
 * @param needsServer whether there is no default for --bootstrap-server
 * @throws JavaException, OptionError, UsageError
 */
export function checkLeaderElection(options: LeaderElectionOptions, needsServer: boolean): ElectionType {
  const required = needsServer ? (['bootstrap-server', 'election-type'] as const) : (['election-type'] as const);
  const missing = required.filter((name) => !options.has(name));
  if (missing.length > 0) throw commandFailed(`Missing required option(s): ${missing.join(', ')}`);
  checkInvalid(options, 'admin.config', ['command-config']);
  if (SELECTIONS.filter((name) => options.has(name)).length !== 1)
    throw commandFailed(`One and only one of the following options is required: ${SELECTIONS.join(', ')}`);
  if (options.has('topic') && !options.has('partition')) throw commandFailed('Missing required option(s): partition');
  if (!options.has('topic') && options.has('partition'))
    throw commandFailed('Option partition is only allowed if topic is used');
  options.value('partition');
  const type = options.value('election-type')!;
  const upper = type.toUpperCase();
  if (upper === 'PREFERRED' || upper === 'UNCLEAN') return upper;
  const error = new OptionError(
    `Cannot parse argument '${type}' of option election-type`,
    'joptsimple.OptionArgumentConversionException',
  );
  throw error;
}
