import { illegalArgument } from '../../../tools/java-exception.ts';
import { clientProperties } from '../../command-config.ts';
import { checkInvalid, checkOneOf, checkRequired, keyValues, type Listener } from '../checks.ts';
import type { ParsedOptions } from '../parsed.ts';
import { joptScript, type OptionsOf } from '../script.ts';
import { flag, int, long, text } from '../table.ts';
import { bootstrapServer, commandConfig, commandProperty, DEPRECATED, general } from './common.ts';

const HEADLINE = 'This tool is used to verify the consumer performance.';

/** What the performance tests of consumers and share consumers have in common. */
export const perfTestOptions = {
  'bootstrap-server': bootstrapServer,
  topic: text('TOPIC', 'The topic to read', { suggest: 'topics' }),
  'fetch-size': int('BYTES', 'Fetch at most so much of a partition at once', { default: 1_048_576 }),
  'command-property': commandProperty('consumer'),
  'socket-buffer-size': int('BYTES', 'The size of the TCP receive buffer', { default: 2_097_152 }),
  'consumer.config': text('FILE', 'Properties file with consumer settings', {
    group: DEPRECATED,
    deprecated: 'command-config',
    suggest: 'files',
  }),
  'command-config': commandConfig,
  'print-metrics': flag('Print what the consumer counted at the end'),
  'show-detailed-stats': flag('Print a line for each interval in place of one for all'),
  timeout: {
    ...long('MS', 'End when no record has come for so long', { default: 10_000 }),
    argument: 'optional' as const,
  },
  messages: long('N', 'How many records to read', { group: DEPRECATED, deprecated: 'num-records' }),
  'num-records': long('N', 'How many records to read'),
  'reporting-interval': long('MS', 'How often --show-detailed-stats prints a line', { default: 5000 }),
  'date-format': text('PATTERN', "The form of times, as Java's SimpleDateFormat has it", {
    default: 'yyyy-MM-dd HH:mm:ss:SSS',
  }),
  'hide-header': flag('Leave out the line of titles'),
  ...general,
};

export const consumerPerfTest = joptScript({
  name: 'consumer-perf-test',
  kafkaName: 'kafka-consumer-perf-test',
  about: 'Measure how fast records can be read',
  headline: HEADLINE,
  parseErrors: 'usage',
  examples: [
    {
      about: 'A million records, from the beginning',
      command: 'consumer-perf-test --topic load --num-records 1000000',
    },
    {
      about: 'A line each second',
      command: 'consumer-perf-test --topic load --num-records 1000000 --show-detailed-stats --reporting-interval 1000',
    },
  ],
  options: {
    ...perfTestOptions,
    include: text('REGEX', 'Read the topics that match, in place of --topic'),
    group: text('GROUP', 'The group to read as; by default one of its own', { suggest: 'groups' }),
    'from-latest': flag('Begin at the end where the group has no offsets yet'),
  },
});

export type ConsumerPerfOptions = ParsedOptions<OptionsOf<typeof consumerPerfTest>>;
type PerfOptions = ParsedOptions<typeof perfTestOptions>;

/** @throws UsageError with Kafka's text, in the order of its checks (ConsumerPerfOptions) */
export function checkConsumerPerfTest(options: ConsumerPerfOptions, { notice }: Pick<Listener, 'notice'>): void {
  checkRequired(options, 'bootstrap-server');
  checkOneOf(options, 'topic', 'include');
  checkPerfOptions(options.as(perfTestOptions), { notice });
}

/** The checks and notices that both tests share, after those of the topics. */
export function checkPerfOptions(options: PerfOptions, { notice }: Pick<Listener, 'notice'>): void {
  checkOneOf(options, 'messages', 'num-records');
  checkInvalid(options, 'consumer.config', ['command-config']);
  if (options.has('messages')) notice('Warning: --messages is deprecated. Use --num-records instead.');
  if (options.has('consumer.config')) notice('Warning: --consumer.config is deprecated. Use --command-config instead.');
}

/** Settings of the consumer by Kafka's names: what the options say wins. */
export function consumerPerfSettings(options: ConsumerPerfOptions): Record<string, string> {
  return {
    'client.id': 'perf-consumer-client',
    ...perfSettings(options.as(perfTestOptions)),
    'group.id': options.value('group') ?? `perf-consumer-${Math.floor(Math.random() * 100_000)}`,
    'auto.offset.reset': options.has('from-latest') ? 'latest' : 'earliest',
    'check.crcs': 'false',
  };
}

/** The settings that both tests share. */
function perfSettings(options: PerfOptions): Record<string, string> {
  return {
    ...clientProperties({
      bootstrapServer: options.value('bootstrap-server'),
      commandConfig: options.value('consumer.config') ?? options.value('command-config'),
      properties: keyValues(options.values('command-property')),
    }),
    'receive.buffer.bytes': String(options.value('socket-buffer-size')),
    'max.partition.fetch.bytes': String(options.value('fetch-size')),
  };
}

/** How long to measure, and what to print of it. */
export interface PerfPlan {
  readonly records: number;
  /** Milliseconds without a record. */
  readonly timeoutMs: number;
  readonly reportingIntervalMs: number;
  readonly detailed: boolean;
  readonly hideHeader: boolean;
  readonly datePattern: string;
}

/** @throws OptionError for what is no number */
export function perfPlan(options: PerfOptions): PerfPlan {
  const records = options.has('num-records') ? options.value('num-records')! : options.value('messages')!;
  return {
    records,
    timeoutMs: options.value('timeout')!,
    reportingIntervalMs: options.value('reporting-interval')!,
    detailed: options.has('show-detailed-stats'),
    hideHeader: options.has('hide-header'),
    datePattern: options.value('date-format')!,
  };
}

/** The plan of consumer-perf-test, which refuses an interval of nothing. @throws OptionError, Error */
export function consumerPerfPlan(options: ConsumerPerfOptions): PerfPlan {
  const plan = perfPlan(options.as(perfTestOptions));
  if (plan.reportingIntervalMs <= 0) throw illegalArgument('Reporting interval must be greater than 0.');
  return plan;
}
