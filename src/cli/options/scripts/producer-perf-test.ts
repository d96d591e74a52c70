import { randomUUID } from 'node:crypto';
import { IllegalArgument } from '../../../tools/illegal-argument.ts';
import { clientProperties } from '../../command-config.ts';
import { ArgparseError } from '../argparse-error.ts';
import type { Listener } from '../checks.ts';
import type { ParsedOptions } from '../parsed.ts';
import { argparseScript, type OptionsOf } from '../script.ts';
import { double, flag, int, long, text } from '../table.ts';
import { bootstrapServer, commandConfig, DEPRECATED, general } from './common.ts';

export const producerPerfTest = argparseScript({
  name: 'producer-perf-test',
  kafkaName: 'kafka-producer-perf-test',
  about: 'Measure how fast records can be written',
  helpExit: 1,
  helpWithoutArguments: true,
  addressInSettings: true,
  examples: [
    {
      about: 'A million records of 100 bytes, as fast as they go',
      command: 'producer-perf-test --topic load --num-records 1000000 --record-size 100 --throughput -1',
    },
    {
      about: 'A thousand a second, compressed',
      command:
        'producer-perf-test --topic load --num-records 60000 --record-size 1000 --throughput 1000 --command-property compression.type=zstd',
    },
    {
      about: 'In transactions of a second',
      command:
        'producer-perf-test --topic load --num-records 100000 --record-size 100 --throughput -1 --transaction-duration-ms 1000',
    },
  ],
  level: {
    about: 'Measure how fast records can be written',
    options: {
      'bootstrap-server': bootstrapServer,
      topic: text('TOPIC', 'The topic to write to', { required: true, suggest: 'topics' }),
      'num-records': long('N', 'How many records to write', { required: true }),
      'payload-delimiter': text('REGEX', 'What separates the payloads of --payload-file', { default: '\\n' }),
      throughput: double('N', 'At most so many records a second; -1 for as fast as it goes', { required: true }),
      'producer-props': text('KEY=VALUE', 'Producer settings', {
        nargs: '+',
        group: DEPRECATED,
        deprecated: 'command-property',
      }),
      'command-property': text('KEY=VALUE', 'Producer settings, several after one flag; win over --command-config', {
        nargs: '+',
      }),
      'producer.config': text('FILE', 'Properties file with producer settings', {
        group: DEPRECATED,
        deprecated: 'command-config',
        suggest: 'files',
      }),
      'command-config': commandConfig,
      'print-metrics': flag('Print what the producer counted at the end'),
      'transactional-id': text('ID', 'Write in transactions of this id'),
      'transaction-duration-ms': long('MS', 'Write in transactions, each committed after this time (3000 with an id)'),
      'warmup-records': long('N', 'Report once more without the first N records', { default: 0 }),
      'reporting-interval': long('MS', 'Report progress this often', { default: 5000 }),
      'record-size': int('BYTES', 'Write random letters, so many to a record'),
      'payload-file': text('FILE', 'Write lines of this file, chosen at random', { suggest: 'files' }),
      'payload-monotonic': flag('Write the numbers 0, 1, 2 and so on'),
      json: general.json,
    },
    exclusive: [{ options: ['record-size', 'payload-file', 'payload-monotonic'], required: true }],
  },
});

export type ProducerPerfOptions = ParsedOptions<OptionsOf<typeof producerPerfTest>>;

/** What the test is to do. */
export interface ProducerPerfPlan {
  readonly topic: string;
  readonly records: number;
  readonly warmupRecords: number;
  /** Bytes of random letters; undefined where payloads come from a file or are numbers. */
  readonly recordSize: number | undefined;
  readonly payloadFile: string | undefined;
  /** Java's split(): a regular expression. */
  readonly payloadDelimiter: string;
  /** Records a second; below 0 for no limit. */
  readonly throughput: number;
  readonly reportingIntervalMs: number;
  /** Undefined without transactions. */
  readonly transactionDurationMs: number | undefined;
  readonly printMetrics: boolean;
  /** Settings of the producer, by Kafka's names. */
  readonly producer: Readonly<Record<string, string>>;
}

const DEFAULT_TRANSACTION_MS = 3000;

/**
 * Checks the options in Kafka's order and reads the settings (ProducerPerformance.ConfigPostProcessor).
 * @param defaultAddress where no option and no setting names one
 * @throws ArgparseError with Kafka's text, IllegalArgument for a property that is none
 */
export function checkProducerPerfTest(
  options: ProducerPerfOptions,
  { notice }: Pick<Listener, 'notice'>,
  defaultAddress: string | undefined,
): ProducerPerfPlan {
  const records = options.value('num-records')!;
  const recordSize = options.value('record-size');
  const warmupRecords = options.value('warmup-records')!;
  const duration = options.value('transaction-duration-ms');
  const reportingIntervalMs = options.value('reporting-interval')!;
  refuse(records <= 0, '--num-records should be greater than zero.');
  refuse(
    warmupRecords >= records,
    'The value for --warmup-records must be strictly fewer than the number of records in the test, --num-records.',
  );
  refuse(recordSize !== undefined && recordSize <= 0, '--record-size should be greater than zero.');
  const sources = [
    'bootstrap-server',
    'command-property',
    'producer-props',
    'producer.config',
    'command-config',
  ] as const;
  refuse(
    defaultAddress === undefined && !sources.some((name) => options.has(name)),
    'At least one of --bootstrap-server, --command-property, --producer-props, --producer.config or --command-config must be specified.',
  );
  refuseBoth(options, 'command-property', 'producer-props');
  refuseBoth(options, 'command-config', 'producer.config');
  refuse(duration !== undefined && duration <= 0, '--transaction-duration-ms should be greater than zero.');
  refuse(reportingIntervalMs <= 0, '--reporting-interval should be greater than zero.');
  for (const [old, current] of [
    ['producer-props', 'command-property'],
    ['producer.config', 'command-config'],
  ] as const)
    if (options.has(old))
      notice(`Option --${old} has been deprecated and will be removed in a future version. Use --${current} instead.`);
  const producer = settings(options, defaultAddress);
  const id = options.value('transactional-id') ?? producer['transactional.id'];
  const transactional = id !== undefined || duration !== undefined;
  return {
    topic: options.value('topic')!,
    records,
    warmupRecords,
    recordSize,
    payloadFile: options.value('payload-file'),
    payloadDelimiter: delimiter(options.value('payload-delimiter')!),
    throughput: options.value('throughput')!,
    reportingIntervalMs,
    transactionDurationMs: transactional ? (duration ?? DEFAULT_TRANSACTION_MS) : undefined,
    printMetrics: options.has('print-metrics'),
    producer: transactional
      ? { ...producer, 'transactional.id': id ?? `performance-producer-${randomUUID()}` }
      : producer,
  };
}

function settings(options: ProducerPerfOptions, defaultAddress: string | undefined): Record<string, string> {
  const properties = new Map<string, string>();
  for (const property of [...options.values('producer-props'), ...options.values('command-property')]) {
    const parts = property.split('=');
    if (parts.length !== 2 || parts[1] === '') throw new IllegalArgument(`Invalid property: ${property}`);
    properties.set(parts[0]!, parts[1]!);
  }
  const found = clientProperties({
    bootstrapServer: options.value('bootstrap-server'),
    commandConfig: options.value('command-config') ?? options.value('producer.config'),
    properties,
  });
  return {
    'client.id': 'perf-producer-client',
    ...(defaultAddress === undefined ? {} : { 'bootstrap.servers': defaultAddress }),
    ...found,
  };
}

/** The two letters `\n`, which is also the default, stand for a line's end. */
const delimiter = (given: string): string => (given === '\\n' ? '\n' : given);

function refuse(bad: boolean, message: string): void {
  if (bad) throw new ArgparseError(message, []);
}

function refuseBoth(options: ProducerPerfOptions, first: string, second: string): void {
  const has = (name: string) => options.occurrences.some((occurrence) => occurrence.name === name);
  refuse(has(first) && has(second), `--${first} and --${second} cannot be specified together.`);
}
