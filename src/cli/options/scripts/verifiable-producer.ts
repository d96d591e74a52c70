import { PropertiesFileError, readPropertiesFile } from '../../command-config.ts';
import { ArgparseError } from '../argparse-error.ts';
import type { Listener } from '../checks.ts';
import type { ParsedOptions } from '../parsed.ts';
import { argparseScript, type OptionsOf } from '../script.ts';
import { int, long, text } from '../table.ts';
import { bootstrapServer, commandConfig, DEPRECATED, general } from './common.ts';

export const verifiableProducer = argparseScript({
  name: 'verifiable-producer',
  kafkaName: 'kafka-verifiable-producer',
  prog: 'verifiable-producer',
  about: 'Write numbers and say of each, as JSON, what became of it',
  helpExit: 1,
  helpWithoutArguments: true,
  examples: [
    { about: 'Ten a second', command: 'verifiable-producer --topic orders --max-messages 100 --throughput 10' },
  ],
  level: {
    about: 'Write numbers and say of each, as JSON, what became of it',
    options: {
      json: { ...general.json, about: 'Print a failure as JSON too; all else is JSON anyway' },
      topic: text('TOPIC', 'The topic to write to', { required: true, suggest: 'topics' }),
      'max-messages': int('N', 'How many to write; -1 to go on until stopped', { default: -1 }),
      throughput: int('N', 'At most so many a second; -1 for no limit', { default: -1 }),
      acks: {
        ...int('0|1|-1', 'Which brokers must have a record before it counts as written', { default: -1 }),
        choices: ['0', '1', '-1'],
      },
      'producer.config': text('FILE', 'Properties file with producer settings', {
        group: DEPRECATED,
        deprecated: 'command-config',
        suggest: 'files',
      }),
      'message-create-time': long('MS', 'Timestamp of the first record, since the epoch', { default: -1 }),
      'value-prefix': int('N', 'Write this number and a dot before each value'),
      'repeating-keys': int('N', 'Give the records keys from 0 to N - 1, over and over'),
      'command-config': commandConfig,
      'bootstrap-server': bootstrapServer,
    },
    exclusive: [{ options: ['bootstrap-server'], required: true }],
  },
});

export type VerifiableProducerOptions = ParsedOptions<OptionsOf<typeof verifiableProducer>>;

/** Settings of the producer, by Kafka's names: those of the file win. @throws ArgparseError with Kafka's text */
export function verifiableProducerSettings(
  options: VerifiableProducerOptions,
  { notice }: Pick<Listener, 'notice'>,
): Record<string, string> {
  const [old, current] = [options.value('producer.config'), options.value('command-config')];
  return {
    'bootstrap.servers': options.value('bootstrap-server')!,
    acks: String(options.value('acks')),
    retries: '0',
    ...settingsFile('producer.config', old, current, notice),
  };
}

/** The settings file of a verifiable tool under its old name or its new one. @throws ArgparseError */
export function settingsFile(
  oldName: string,
  old: string | undefined,
  current: string | undefined,
  notice: (line: string) => void,
): Record<string, string> {
  if (old !== undefined && current !== undefined)
    throw new ArgparseError(`Options --${oldName} and --command-config are mutually exclusive.`, []);
  if (old !== undefined)
    notice(
      `Option --${oldName} has been deprecated and will be removed in a future version. Use --command-config instead.`,
    );
  const path = old ?? current;
  try {
    return path === undefined ? {} : readPropertiesFile(path);
  } catch (error) {
    if (error instanceof PropertiesFileError) throw new ArgparseError(error.message, []);
    throw error;
  }
}
