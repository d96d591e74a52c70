import { parseUuid } from '../../../tools/java-uuid.ts';
import type { ParsedOptions } from '../parsed.ts';
import { argparseScript, type OptionsOf } from '../script.ts';
import { flag, int, text } from '../table.ts';
import { bootstrapController, bootstrapServer, commandConfig, general } from './common.ts';

/** Before the sub-command or behind it. */
const own = { json: general.json };
const dryRun = flag('Only show what would be done');

export const metadataQuorum = argparseScript({
  name: 'metadata-quorum',
  kafkaName: 'kafka-metadata-quorum',
  about: 'Show the quorum of the metadata log, add and remove controllers',
  helpExit: 0,
  examples: [
    { about: 'Leader and voters', command: 'metadata-quorum describe --status' },
    { about: 'How far each replica is', command: 'metadata-quorum describe --replication --human-readable' },
    {
      about: 'Add a controller that was formatted without initial controllers',
      command: 'metadata-quorum --command-config controller.properties add-controller --dry-run',
    },
  ],
  level: {
    about: 'Show the quorum of the metadata log, add and remove controllers',
    options: {
      'bootstrap-server': bootstrapServer,
      'bootstrap-controller': bootstrapController,
      'command-config': commandConfig,
      ...own,
    },
    exclusive: [{ options: ['bootstrap-server', 'bootstrap-controller'], required: true }],
    commands: {
      describe: {
        about: 'Show leader, voters and observers',
        options: {
          ...own,
          status: flag('Leader, epoch, lag and who votes'),
          replication: flag('How far each replica is'),
          'human-readable': flag('With --replication: times as so long ago'),
        },
      },
      'add-controller': {
        about: 'Add a controller, whose own configuration is the --command-config',
        options: { ...own, 'dry-run': dryRun },
      },
      'remove-controller': {
        about: 'Remove a controller',
        options: {
          ...own,
          'controller-id': int('ID', 'Its node id', { short: 'i', required: true }),
          'controller-directory-id': text('UUID', 'The id of its metadata directory', { short: 'd', required: true }),
          'dry-run': dryRun,
        },
      },
    },
  },
});

export type MetadataQuorumOptions = ParsedOptions<OptionsOf<typeof metadataQuorum>>;

/** What `describe` is to show. @throws Error with Kafka's text */
export function quorumView(options: MetadataQuorumOptions): 'status' | 'replication' {
  if (options.has('status') && options.has('replication'))
    throw new Error('Only one of --status or --replication should be specified with describe sub-command');
  if (options.has('replication')) return 'replication';
  if (!options.has('status'))
    throw new Error('One of --status or --replication must be specified with describe sub-command');
  if (options.has('human-readable'))
    throw new Error('The option --human-readable is only supported along with --replication');
  return 'status';
}

/** The controller to remove. @throws Error with Kafka's text */
export function controllerToRemove(options: MetadataQuorumOptions): { id: number; directoryId: string } {
  const id = options.value('controller-id')!;
  if (id < 0) throw new Error(`Invalid negative --controller-id: ${id}`);
  try {
    return { id, directoryId: parseUuid(options.value('controller-directory-id')!) };
  } catch (error) {
    throw new Error(`Failed to parse --controller-directory-id: ${(error as Error).message}`);
  }
}
