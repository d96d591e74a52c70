import { clientProperties } from '../../command-config.ts';
import { checkRequired, keyValues, type Listener } from '../checks.ts';
import type { ParsedOptions } from '../parsed.ts';
import { joptScript, type OptionsOf } from '../script.ts';
import { flag, int, text } from '../table.ts';
import { checkPerfOptions, perfTestOptions } from './consumer-perf-test.ts';

export const shareConsumerPerfTest = joptScript({
  name: 'share-consumer-perf-test',
  kafkaName: 'kafka-share-consumer-perf-test',
  about: 'Measure how fast records can be read in a share group',
  headline: 'This tool is used to verify the share consumer performance.',
  parseErrors: 'usage',
  examples: [
    { about: 'A million records', command: 'share-consumer-perf-test --topic load --num-records 1000000' },
    {
      about: 'With four consumers, and a line for each',
      command: 'share-consumer-perf-test --topic load --num-records 1000000 --threads 4 --show-consumer-stats',
    },
  ],
  options: {
    ...perfTestOptions,
    group: text('GROUP', 'The share group to read in', { default: 'perf-share-consumer', suggest: 'groups' }),
    threads: int('N', 'How many share consumers read', { default: 1 }),
    'show-consumer-stats': flag('Print a line for each share consumer'),
  },
});

export type SharePerfOptions = ParsedOptions<OptionsOf<typeof shareConsumerPerfTest>>;

/** @throws UsageError with Kafka's text, in the order of its checks (ShareConsumerPerfOptions) */
export function checkShareConsumerPerfTest(options: SharePerfOptions, { notice }: Pick<Listener, 'notice'>): void {
  checkRequired(options, 'topic', 'bootstrap-server');
  checkPerfOptions(options.as(perfTestOptions), { notice });
}

/** Settings of one of the consumers by Kafka's names: what the options say wins. */
export function sharePerfSettings(options: SharePerfOptions): Record<string, string> {
  return {
    'client.id': 'perf-share-consumer-client',
    ...clientProperties({
      bootstrapServer: options.value('bootstrap-server'),
      commandConfig: options.value('consumer.config') ?? options.value('command-config'),
      properties: keyValues(options.values('command-property')),
    }),
    'group.id': options.value('group')!,
    'receive.buffer.bytes': String(options.value('socket-buffer-size')),
    'fetch.max.bytes': String(options.value('fetch-size')),
    'check.crcs': 'false',
  };
}
