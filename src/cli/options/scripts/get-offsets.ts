import {
  offsetTime,
  type PartitionFilter,
  topicAndPartitions,
  topicPartitions,
} from '../../../tools/get-offsets/arguments.ts';
import { checkBootstrapAddress, checkRequired } from '../checks.ts';
import type { ParsedOptions } from '../parsed.ts';
import { joptScript } from '../script.ts';
import { flag, text } from '../table.ts';
import { bootstrapServer, commandConfig, general } from './common.ts';

export const getOffsets = joptScript({
  name: 'get-offsets',
  kafkaName: 'kafka-get-offsets',
  about: 'Show the first, last or any offset of partitions',
  headline: 'An interactive shell for getting topic-partition offsets.',
  parseErrors: 'error',
  examples: [
    { about: 'Where each partition of a topic ends', command: 'get-offsets --topic orders' },
    { about: 'Where it begins', command: 'get-offsets --topic orders --time earliest' },
    {
      about: 'Partition 0 of one topic, the first three of another',
      command: 'get-offsets --topic-partitions orders:0,clicks:0-3',
    },
  ],
  options: {
    'bootstrap-server': bootstrapServer,
    'command-config': commandConfig,
    topic: text('NAME', 'The topics: a regular expression for whole names, commas between several; all if left out', {
      suggest: 'topics',
    }),
    partitions: text('ID,…', 'The partitions; all if left out'),
    'topic-partitions': text(
      'TOPIC:PARTITIONS,…',
      'Topics with their partitions, in place of --topic and --partitions: a number, 0-3 (without 3), 5- or -3',
      { suggest: 'topics' },
    ),
    time: text('WHEN', 'The offset of the first record at or after this time in milliseconds, or one of these words', {
      default: 'latest',
      suggest: ['latest', 'earliest', 'max-timestamp', 'earliest-local', 'latest-tiered', 'earliest-pending-upload'],
    }),
    'exclude-internal-topics': flag("Leave out Kafka's own topics"),
    ...general,
  },
});

export type GetOffsetsOptions = ParsedOptions<typeof getOffsets.options>;

export interface GetOffsetsPlan {
  readonly wanted: PartitionFilter;
  /** Timestamp of the ListOffsets request: milliseconds, or a negative number with a meaning. */
  readonly time: number;
  readonly excludeInternal: boolean;
}

/**
 * Checks the options of kafka-get-offsets in Kafka's order and with its texts. Throws UsageError, or a plain Error where
 * Kafka's script ends without the option table.
 */
export function checkGetOffsets(options: GetOffsetsOptions): GetOffsetsPlan {
  checkRequired(options, 'bootstrap-server');
  checkBootstrapAddress(options.value('bootstrap-server'));
  const rules = options.value('topic-partitions');
  if (rules !== undefined && (options.has('topic') || options.has('partitions')))
    throw new Error('--topic-partitions cannot be used with --topic or --partitions');
  return {
    time: offsetTime(options.value('time') ?? 'latest'),
    wanted:
      rules === undefined
        ? topicAndPartitions(options.value('topic'), options.value('partitions'))
        : topicPartitions(rules),
    excludeInternal: options.has('exclude-internal-topics'),
  };
}
