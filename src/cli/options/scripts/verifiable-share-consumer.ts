import { IllegalArgument } from '../../../tools/illegal-argument.ts';
import type { ParsedOptions } from '../parsed.ts';
import { argparseScript, type OptionsOf } from '../script.ts';
import { flag, int, text } from '../table.ts';
import { bootstrapServer, commandConfig, general } from './common.ts';
import { settingsFile } from './verifiable-producer.ts';

const ABOUT = 'Read a topic in a share group and say of every step, as JSON, what happened';

export const verifiableShareConsumer = argparseScript({
  name: 'verifiable-share-consumer',
  kafkaName: 'kafka-verifiable-share-consumer',
  prog: 'verifiable-share-consumer',
  about: ABOUT,
  helpExit: 1,
  helpWithoutArguments: true,
  examples: [
    {
      about: 'Ten records from the beginning',
      command:
        'verifiable-share-consumer --topic orders --group-id workers --max-messages 10 --offset-reset-strategy earliest',
    },
  ],
  level: {
    about: ABOUT,
    options: {
      json: { ...general.json, about: 'Print a failure as JSON too; all else is JSON anyway' },
      'bootstrap-server': { ...bootstrapServer, required: true },
      topic: text('TOPIC', 'The topic to read', { required: true, suggest: 'topics' }),
      'group-id': text('GROUP', 'The share group to read in', { required: true, suggest: 'groups' }),
      'max-messages': int('N', 'How many to acknowledge; -1 to go on until stopped', { default: -1 }),
      verbose: flag('Say each record too'),
      'acknowledgement-mode': text('auto|sync|async', 'When records are acknowledged', { default: 'auto' }),
      'offset-reset-strategy': text('earliest|latest', 'Where the group begins; its config is set to it', {
        default: '',
      }),
      'command-config': commandConfig,
    },
  },
});

export type VerifiableShareConsumerOptions = ParsedOptions<OptionsOf<typeof verifiableShareConsumer>>;

const ACKNOWLEDGEMENT_MODES = ['auto', 'async', 'sync'] as const;
export type AcknowledgementMode = (typeof ACKNOWLEDGEMENT_MODES)[number];

/** @throws IllegalArgument with Java's text */
export function acknowledgementMode(options: VerifiableShareConsumerOptions): AcknowledgementMode {
  const given = options.value('acknowledgement-mode')!;
  const mode = ACKNOWLEDGEMENT_MODES.find((one) => one === given.toLowerCase());
  if (mode) return mode;
  const name = `org.apache.kafka.tools.VerifiableShareConsumer.AcknowledgementMode.${given.toUpperCase()}`;
  throw new IllegalArgument(`No enum constant ${name}`);
}

/** Settings of the consumer and of the admin client, by Kafka's names: those of the command line win. @throws ArgparseError */
export function verifiableShareConsumerSettings(options: VerifiableShareConsumerOptions): {
  readonly consumer: Record<string, string>;
  readonly admin: Record<string, string>;
} {
  const file = settingsFile('consumer.config', undefined, options.value('command-config'), () => {});
  const admin = { ...file, 'bootstrap.servers': options.value('bootstrap-server')! };
  return { consumer: { ...admin, 'group.id': options.value('group-id')! }, admin };
}
