import type { ParsedOptions } from '../parsed.ts';
import { joptScript } from '../script.ts';
import { flag, int, long, optionalText, text } from '../table.ts';
import { bootstrapServer, commandConfig, commandProperty, DEPRECATED, GENERAL, general } from './common.ts';

/** The only class that --line-reader knows. */
export const LINE_READER = 'org.apache.kafka.tools.LineMessageReader';

const READING = 'Reading lines';
const SENDING = 'Sending';

const readerProperties =
  'A setting of the line reader: parse.key, key.separator, parse.headers, headers.delimiter, headers.separator, headers.key.separator, ignore.error, null.marker';

export const consoleProducer = joptScript({
  name: 'console-producer',
  kafkaName: 'kafka-console-producer',
  about: 'Send the lines of standard input to a topic',
  headline: 'This tool helps to read data from standard input and publish it to Kafka.',
  parseErrors: 'usage',
  examples: [
    { about: 'Type records, one a line; Ctrl-D ends', command: 'console-producer --topic orders' },
    { about: 'Send a file', command: 'console-producer --topic orders < orders.txt' },
    {
      about: "Lines of the form 'key:value'",
      command: 'console-producer --topic orders --reader-property parse.key=true --reader-property key.separator=:',
    },
    { about: 'Compressed', command: 'console-producer --topic orders --compression-codec zstd' },
  ],
  options: {
    topic: text('NAME', 'The topic to send to', { suggest: 'topics' }),
    'bootstrap-server': bootstrapServer,
    'command-config': commandConfig,
    'command-property': commandProperty('producer'),
    sync: flag('Wait for the broker after every record; the first failure ends the command', { group: SENDING }),
    'compression-codec': optionalText('CODEC', 'Compress batches; gzip when no codec is named', {
      group: SENDING,
      suggest: ['none', 'gzip', 'snappy', 'lz4', 'zstd'],
    }),
    'batch-size': int('BYTES', 'Send a batch when it has this size (batch.size)', { group: SENDING, default: 16384 }),
    timeout: long('MS', 'Wait so long for more records for a batch (linger.ms)', { group: SENDING, default: 1000 }),
    'message-send-max-retries': int('COUNT', 'Try a failed batch again so often (retries)', {
      group: SENDING,
      default: 3,
    }),
    'retry-backoff-ms': long('MS', 'Wait so long before trying again (retry.backoff.ms)', {
      group: SENDING,
      default: 100,
    }),
    'request-required-acks': text('ACKS', 'Who must have a record before it counts as sent: 0, 1, all (acks)', {
      group: SENDING,
      default: '-1',
      suggest: ['0', '1', 'all'],
    }),
    'request-timeout-ms': int('MS', 'Wait so long for an answer (request.timeout.ms)', {
      group: SENDING,
      default: 1500,
    }),
    'metadata-expiry-ms': long('MS', 'Ask for the partitions again after this time (metadata.max.age.ms)', {
      group: SENDING,
      default: 300000,
    }),
    'max-block-ms': long('MS', 'Wait so long for room or for the partitions of the topic (max.block.ms)', {
      group: SENDING,
      default: 60000,
    }),
    'max-memory-bytes': long('BYTES', 'Hold at most so much that is not sent yet (buffer.memory)', {
      group: SENDING,
      default: 33554432,
    }),
    'socket-buffer-size': int('BYTES', "The socket's send buffer (send.buffer.bytes)", {
      group: SENDING,
      default: 102400,
    }),
    'line-reader': text('CLASS', 'What makes records of the input', {
      group: READING,
      default: LINE_READER,
    }),
    'reader-property': text('KEY=VALUE', readerProperties, { group: READING, repeatable: true }),
    'reader-config': text('FILE', 'Properties file with reader settings; --reader-property wins', {
      group: READING,
      suggest: 'files',
    }),
    property: text('KEY=VALUE', 'A setting of the line reader', {
      group: DEPRECATED,
      repeatable: true,
      deprecated: 'reader-property',
    }),
    'producer-property': text('KEY=VALUE', 'A producer setting', {
      group: DEPRECATED,
      repeatable: true,
      deprecated: 'command-property',
    }),
    'producer.config': text('FILE', 'Properties file with producer settings', {
      group: DEPRECATED,
      deprecated: 'command-config',
      suggest: 'files',
    }),
    'max-partition-memory-bytes': int('BYTES', 'Send a batch when it has this size', {
      group: DEPRECATED,
      deprecated: 'batch-size',
      default: 16384,
    }),
    ...general,
    json: flag('Print {topic, sent, failed} at the end', { group: GENERAL, own: true }),
  },
});

export type ConsoleProducerOptions = ParsedOptions<typeof consoleProducer.options>;
