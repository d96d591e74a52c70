import type { ParsedOptions } from '../parsed.ts';
import { joptScript } from '../script.ts';
import { flag, int, text } from '../table.ts';
import { bootstrapServer, commandConfig, commandProperty, DEPRECATED, general } from './common.ts';
import { jsonRecords, printingOptions } from './console-consumer.ts';

const READING = 'What to read';

export const consoleShareConsumer = joptScript({
  name: 'console-share-consumer',
  kafkaName: 'kafka-console-share-consumer',
  about: 'Print the records of a topic that a share group gets',
  headline: 'This tool helps to read data from Kafka topics using share groups and outputs it to standard output.',
  parseErrors: 'usage',
  examples: [
    { about: 'Records as they come; Ctrl-C ends', command: 'console-share-consumer --topic orders --group workers' },
    {
      about: 'Look at ten records and give them back',
      command: 'console-share-consumer --topic orders --group workers --max-messages 10 --release',
    },
    {
      about: 'With the number of deliveries',
      command:
        'console-share-consumer --topic orders --group workers --formatter-property print.delivery=true --formatter-property print.offset=true',
    },
  ],
  options: {
    topic: text('NAME', 'The topic to read', { group: READING, suggest: 'topics' }),
    group: text('NAME', 'The share group to read in; console-share-consumer unless named', {
      group: READING,
      suggest: 'groups',
    }),
    'bootstrap-server': bootstrapServer,
    'command-config': commandConfig,
    'command-property': commandProperty('consumer'),
    'max-messages': int('COUNT', 'End after so many records', { group: READING }),
    'timeout-ms': int('MS', 'End when no record came for so long', { group: READING }),
    release: flag('Give the records back: they are delivered again', { group: READING }),
    reject: flag('Reject the records: they are not delivered again', { group: READING }),
    'reject-message-on-error': flag('Reject a record that cannot be printed, and go on', { group: READING }),
    ...printingOptions,
    'consumer-property': text('KEY=VALUE', 'A consumer setting', {
      group: DEPRECATED,
      repeatable: true,
      deprecated: 'command-property',
    }),
    'consumer-config': text('FILE', 'Properties file with consumer settings', {
      group: DEPRECATED,
      deprecated: 'command-config',
      suggest: 'files',
    }),
    ...general,
    json: jsonRecords,
  },
});

export type ConsoleShareConsumerOptions = ParsedOptions<typeof consoleShareConsumer.options>;
