import { readPropertiesFile } from '../../command-config.ts';
import type { Compat } from '../../compat.ts';
import type { Output } from '../../output.ts';
import { checkRequired } from '../checks.ts';
import { UsageError } from '../errors.ts';
import type { ParsedOptions } from '../parsed.ts';
import { joptScript, type OptionsOf } from '../script.ts';
import { int, optionalInt, text } from '../table.ts';
import { bootstrapServer, commandConfig, general } from './common.ts';

export const e2eLatency = joptScript({
  name: 'e2e-latency',
  kafkaName: 'kafka-e2e-latency',
  about: 'Measure how long a record takes from a producer to a consumer',
  headline: 'This tool measures end-to-end latency in Kafka by sending messages and timing their reception.',
  parseErrors: 'usage',
  examples: [
    {
      about: 'A thousand records of 100 bytes, one after the other',
      command: 'e2e-latency --topic ping --num-records 1000 --producer-acks all --record-size 100',
    },
  ],
  options: {
    'bootstrap-server': bootstrapServer,
    topic: text('TOPIC', 'The topic to write to and read; it is created if it is not there', { suggest: 'topics' }),
    'num-records': int('N', 'How many records to send, one after the other'),
    'producer-acks': text('1|all', 'Which brokers must have a record before it counts as written'),
    'record-size': int('BYTES', 'Size of the values'),
    'record-key-size': optionalInt('BYTES', 'Size of the keys; 0 for none', { default: 0 }),
    'record-header-key-size': optionalInt('BYTES', 'Size of the keys of headers', { default: 0 }),
    'record-header-size': optionalInt('BYTES', 'Size of the values of headers; -1 for null', { default: 0 }),
    'num-headers': optionalInt('N', 'How many headers a record has', { default: 0 }),
    'command-config': commandConfig,
    ...general,
  },
});

export type E2eLatencyOptions = ParsedOptions<OptionsOf<typeof e2eLatency>>;

const REQUIRED = ['bootstrap-server', 'topic', 'num-records', 'producer-acks', 'record-size'] as const;
const WARNING =
  'WARNING: Positional argument usage is deprecated and will be removed in Apache Kafka 5.0. Please use named arguments instead: --bootstrap-server, --topic, --num-records, --producer-acks, --record-size, --command-config';

/**
 * The form without names: brokers, topic, number, acks, size and perhaps a settings file (convertLegacyArgsIfNeeded).
 * @throws Error for another number of words
 */
export function namedArguments(
  argv: readonly string[],
  { compat, output }: { readonly compat: Compat; readonly output: Output },
): readonly string[] {
  const isNamed = argv.some((word) => REQUIRED.some((name) => word === `--${name}`));
  const isForPeople = compat.hints && argv.some((word) => word.startsWith('-'));
  if (argv.length === 0 || isNamed || isForPeople) return argv;
  if (argv.length !== 5 && argv.length !== 6)
    throw new Error(
      `Invalid number of arguments. Expected 5 or 6 positional arguments, but got ${argv.length}. Usage: bootstrap-server topic num-records producer-acks record-size [optional] command-config`,
    );
  const names = [...REQUIRED, 'command-config'];
  output.print(WARNING);
  return argv.flatMap((word, i) => [`--${names[i]}`, word]);
}

/** What to measure. */
export interface E2eLatencyPlan {
  readonly topic: string;
  readonly records: number;
  readonly acks: '1' | 'all';
  readonly recordSize: number;
  /** 0 for no keys. */
  readonly keySize: number;
  readonly headers: number;
  readonly headerKeySize: number;
  /** -1 for null. */
  readonly headerValueSize: number;
  /** Of the settings file, by Kafka's names, with the address. */
  readonly settings: Readonly<Record<string, string>>;
}

/** @throws UsageError with Kafka's text, OptionError for what is no number */
export function checkE2eLatency(options: E2eLatencyOptions): E2eLatencyPlan {
  checkRequired(options, ...REQUIRED);
  const acks = options.value('producer-acks')!;
  if (acks !== '1' && acks !== 'all')
    throw new UsageError(
      "Invalid value for --producer-acks. Latency testing requires synchronous acknowledgement. Please use '1' or 'all'.",
    );
  const records = options.value('num-records')!;
  if (records <= 0) throw new UsageError('Value for --num-records must be a positive integer.');
  const headerValueSize = options.value('record-header-size')!;
  const plan = {
    topic: options.value('topic')!,
    records,
    acks,
    recordSize: notNegative(options, 'record-size'),
    keySize: notNegative(options, 'record-key-size'),
    headerKeySize: notNegative(options, 'record-header-key-size'),
    headerValueSize,
  } as const;
  if (headerValueSize < -1)
    throw new UsageError('Value for --record-header-size must be a non-negative integer or -1 for null header value.');
  const headers = notNegative(options, 'num-headers');
  const file = options.value('command-config');
  const settings = file === undefined ? {} : readPropertiesFile(file);
  return { ...plan, headers, settings: { ...settings, 'bootstrap.servers': options.value('bootstrap-server')! } };
}

type Size = 'record-size' | 'record-key-size' | 'record-header-key-size' | 'num-headers';

function notNegative(options: E2eLatencyOptions, name: Size): number {
  const value = options.value(name)!;
  if (value < 0) throw new UsageError(`Value for --${name} must be a non-negative integer.`);
  return value;
}
