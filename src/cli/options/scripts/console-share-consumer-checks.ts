import type { Formatter } from '../../../tools/console-consumer/formatter.ts';
import { shareConsumerProperties } from '../../../tools/console-share-consumer/consumer-properties.ts';
import { readPropertiesFile } from '../../command-config.ts';
import { checkRequired, checkTogether, keyValues } from '../checks.ts';
import { UsageError } from '../errors.ts';
import { formatterOptions } from './console-consumer.ts';
import { buildFormatter, type ConsumerListener, noteRenamed, rethrowing } from './console-consumer-checks.ts';
import type { ConsoleShareConsumerOptions } from './console-share-consumer.ts';

export interface ConsoleSharePlan {
  /** Settings of the consumer, by Kafka's names. */
  readonly consumer: Readonly<Record<string, string>>;
  readonly formatter: Formatter;
  readonly acknowledge: 'accept' | 'release' | 'reject';
  readonly rejectMessageOnError: boolean;
  readonly systestEvents: boolean;
}

/**
 * Checks the options of kafka-console-share-consumer in Kafka's order and with its texts (ConsoleShareConsumerOptions), and
 * reads the files that they name.
 * @throws UsageError, or an Error where Kafka's script ends without the option table
 */
export function checkConsoleShareConsumer(
  options: ConsoleShareConsumerOptions,
  listener: ConsumerListener,
): ConsoleSharePlan {
  if (!options.has('topic')) throw new UsageError('--topic is a required argument');
  checkRequired(options, 'bootstrap-server');
  if (options.has('reject') && options.has('release'))
    throw new UsageError('At most one of --reject and --release may be specified.');
  checkTogether(options, 'consumer-property', 'command-property');
  checkTogether(options, 'consumer-config', 'command-config');
  noteRenamed(options, 'consumer-property', 'command-property', listener);
  noteRenamed(options, 'consumer-config', 'command-config', listener);
  const configFile = rethrowing(() => options.value('consumer-config') ?? options.value('command-config'));
  const consumer = shareConsumerProperties({
    bootstrapServers: rethrowing(() => options.value('bootstrap-server')!),
    file: configFile === undefined ? {} : rethrowing(() => readPropertiesFile(configFile)),
    properties: keyValues([...options.values('command-property'), ...options.values('consumer-property')]),
    group: rethrowing(() => (options.has('group') ? options.value('group') : undefined)),
    usage: (message) => new UsageError(message),
  });
  return {
    consumer,
    formatter: buildFormatter(options.as(formatterOptions), listener),
    acknowledge: options.has('reject') ? 'reject' : options.has('release') ? 'release' : 'accept',
    rejectMessageOnError: options.has('reject-message-on-error'),
    systestEvents: options.has('enable-systest-events'),
  };
}
