import type { ParsedOptions } from '../parsed.ts';
import { joptScript } from '../script.ts';
import { flag, int, long, text } from '../table.ts';
import { bootstrapServer, commandConfig, commandProperty, DEPRECATED, GENERAL, general } from './common.ts';

const READING = 'What to read';
const PRINTING = 'How to print it';

const formatterProperties =
  'A setting of the formatter: print.timestamp, print.partition, print.offset, print.headers, print.key, print.value, key.separator, line.separator, headers.separator, null.literal, key.deserializer, value.deserializer, headers.deserializer';

/** How records become text, the same for both console consumers. */
export const printingOptions = {
  formatter: text('CLASS', 'What makes text of the records', {
    group: PRINTING,
    default: 'org.apache.kafka.tools.consumer.DefaultMessageFormatter',
  }),
  'formatter-property': text('KEY=VALUE', formatterProperties, { group: PRINTING, repeatable: true }),
  'formatter-config': text('FILE', 'Properties file with formatter settings; --formatter-property wins', {
    group: PRINTING,
    suggest: 'files',
  }),
  'key-deserializer': text('CLASS', 'What makes text of the keys', { group: PRINTING }),
  'value-deserializer': text('CLASS', 'What makes text of the values', { group: PRINTING }),
  'enable-systest-events': flag('Print shutdown_complete at the end', { group: PRINTING }),
  property: text('KEY=VALUE', 'A setting of the formatter', {
    group: DEPRECATED,
    repeatable: true,
    deprecated: 'formatter-property',
  }),
};

export const jsonRecords = flag(
  'Print a line of JSON for each record: topic, partition, offset, timestamp, key, value, headers',
  { group: GENERAL, own: true },
);

/** What makes a formatter. */
export const formatterOptions = { ...printingOptions, json: jsonRecords };

export const consoleConsumer = joptScript({
  name: 'console-consumer',
  kafkaName: 'kafka-console-consumer',
  about: 'Print the records of a topic',
  headline: 'This tool helps to read data from Kafka topics and outputs it to standard output.',
  parseErrors: 'usage',
  examples: [
    {
      about: 'Everything there is, then what comes; Ctrl-C ends',
      command: 'console-consumer --topic orders --from-beginning',
    },
    { about: 'Ten records', command: 'console-consumer --topic orders --from-beginning --max-messages 10' },
    {
      about: 'With key, offset and time',
      command:
        'console-consumer --topic orders --from-beginning --formatter-property print.key=true --formatter-property print.offset=true --formatter-property print.timestamp=true',
    },
    {
      about: 'As a member of a group, which remembers what was read',
      command: 'console-consumer --topic orders --group billing',
    },
    { about: 'For a program: a line of JSON for each record', command: 'console-consumer --topic orders --json' },
    { about: 'One partition from an offset on', command: 'console-consumer --topic orders --partition 0 --offset 42' },
  ],
  options: {
    topic: text('NAME', 'The topic to read', { group: READING, suggest: 'topics' }),
    include: text('REGEX', 'Read all topics whose whole name matches', { group: READING }),
    'bootstrap-server': bootstrapServer,
    'command-config': commandConfig,
    'command-property': commandProperty('consumer'),
    partition: int('ID', 'Read this partition only, from its end on unless --offset says otherwise', {
      group: READING,
    }),
    offset: text('OFFSET', 'Where to begin in --partition: a number, earliest or latest', {
      group: READING,
      default: 'latest',
      suggest: ['earliest', 'latest'],
    }),
    'from-beginning': flag('Begin with the first record, if the group has not read any yet', { group: READING }),
    group: text('NAME', 'Read as a member of this group', { group: READING, suggest: 'groups' }),
    'max-messages': int('COUNT', 'End after so many records', { group: READING, default: -1 }),
    'timeout-ms': long('MS', 'End when no record came for so long', { group: READING }),
    'isolation-level': text('LEVEL', 'Whether records of open and aborted transactions are shown', {
      group: READING,
      default: 'read_uncommitted',
      suggest: ['read_uncommitted', 'read_committed'],
    }),
    'skip-message-on-error': flag('Leave out a record that cannot be printed, and go on', { group: PRINTING }),
    ...printingOptions,
    'consumer-property': text('KEY=VALUE', 'A consumer setting', {
      group: DEPRECATED,
      repeatable: true,
      deprecated: 'command-property',
    }),
    'consumer.config': text('FILE', 'Properties file with consumer settings', {
      group: DEPRECATED,
      deprecated: 'command-config',
      suggest: 'files',
    }),
    ...general,
    json: jsonRecords,
  },
});

export type ConsoleConsumerOptions = ParsedOptions<typeof consoleConsumer.options>;
