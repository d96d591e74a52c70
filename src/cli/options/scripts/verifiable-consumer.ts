import { IllegalArgument } from '../../../tools/illegal-argument.ts';
import type { Listener } from '../checks.ts';
import type { ParsedOptions } from '../parsed.ts';
import { argparseScript, type OptionsOf } from '../script.ts';
import { flag, int, text } from '../table.ts';
import { bootstrapServer, commandConfig, DEPRECATED, general } from './common.ts';
import { settingsFile } from './verifiable-producer.ts';

const RANGE = 'org.apache.kafka.clients.consumer.RangeAssignor';

export const verifiableConsumer = argparseScript({
  name: 'verifiable-consumer',
  kafkaName: 'kafka-verifiable-consumer',
  prog: 'verifiable-consumer',
  about: 'Read a topic in a group and say of every step, as JSON, what happened',
  helpExit: 1,
  helpWithoutArguments: true,
  examples: [
    { about: 'Ten records', command: 'verifiable-consumer --topic orders --group-id billing --max-messages 10' },
  ],
  level: {
    about: 'Read a topic in a group and say of every step, as JSON, what happened',
    options: {
      json: { ...general.json, about: 'Print a failure as JSON too; all else is JSON anyway' },
      'bootstrap-server': { ...bootstrapServer, required: true },
      topic: text('TOPIC', 'The topic to read', { required: true, suggest: 'topics' }),
      'group-protocol': text('classic|consumer', 'The protocol of the group', { default: 'classic' }),
      'group-remote-assignor': text('NAME', 'The assignor of the broker to use, with the consumer protocol'),
      'group-id': text('GROUP', 'The group to read as', { required: true, suggest: 'groups' }),
      'group-instance-id': text('ID', 'Makes this a static member of the group'),
      'max-messages': int('N', 'How many to read; -1 to go on until stopped', { default: -1 }),
      'session-timeout': int('MS', 'How long the group waits for a sign of life, with the classic protocol'),
      verbose: flag('Say each record too'),
      'enable-autocommit': flag('Let the consumer commit by itself'),
      'reset-policy': text('earliest|latest|none', 'Where to begin without an offset of the group', {
        default: 'earliest',
      }),
      'assignment-strategy': text('CLASS', 'How members share partitions, with the classic protocol', {
        default: RANGE,
      }),
      'consumer.config': text('FILE', 'Properties file with consumer settings', {
        group: DEPRECATED,
        deprecated: 'command-config',
        suggest: 'files',
      }),
      'command-config': commandConfig,
    },
  },
});

export type VerifiableConsumerOptions = ParsedOptions<OptionsOf<typeof verifiableConsumer>>;

/** Settings of the consumer, by Kafka's names: those of the command line win. @throws ArgparseError, IllegalArgument */
export function verifiableConsumerSettings(
  options: VerifiableConsumerOptions,
  { notice }: Pick<Listener, 'notice'>,
): Record<string, string> {
  const [old, current] = [options.value('consumer.config'), options.value('command-config')];
  const file = settingsFile('consumer.config', old, current, notice);
  const sessionTimeout = options.value('session-timeout');
  const instanceId = options.value('group-instance-id');
  return {
    ...file,
    ...protocolSettings(options),
    ...(sessionTimeout === undefined ? {} : { 'session.timeout.ms': String(sessionTimeout) }),
    'group.id': options.value('group-id')!,
    ...(instanceId === undefined ? {} : { 'group.instance.id': instanceId }),
    'bootstrap.servers': options.value('bootstrap-server')!,
    'enable.auto.commit': String(options.has('enable-autocommit')),
    'auto.offset.reset': options.value('reset-policy')!,
  };
}

function protocolSettings(options: VerifiableConsumerOptions): Record<string, string> {
  const protocol = options.value('group-protocol')!.toUpperCase();
  if (protocol === 'CLASSIC')
    return { 'group.protocol': protocol, 'partition.assignment.strategy': options.value('assignment-strategy')! };
  if (protocol !== 'CONSUMER')
    throw new IllegalArgument(`No enum constant org.apache.kafka.clients.consumer.GroupProtocol.${protocol}`);
  const assignor = options.value('group-remote-assignor');
  return { 'group.protocol': protocol, ...(assignor === undefined ? {} : { 'group.remote.assignor': assignor }) };
}
