import {
  type ProducerSources,
  producerProperties,
  type SettingOption,
} from '../../../tools/console-producer/producer-properties.ts';
import { JavaException } from '../../../tools/java-exception.ts';
import { clientProperties, PropertiesFileError, readPropertiesFile } from '../../command-config.ts';
import { checkBootstrapAddress, checkRequired, checkTogether, keyValues, type Listener } from '../checks.ts';
import type { ConsoleProducerOptions } from './console-producer.ts';

export interface ConsoleProducerPlan {
  /** Of --topic, unless the line reader's properties name another: Kafka's makes the records. */
  readonly topic: string;
  readonly sync: boolean;
  readonly readerClass: string;
  /** Settings of the line reader. */
  readonly reader: ReadonlyMap<string, string>;
  /** Settings of the producer, by Kafka's names. */
  readonly producer: Readonly<Record<string, string>>;
}

/** The options that stand for producer settings; of two for the same setting the later wins. */
const SETTINGS = [
  ['timeout', 'linger.ms'],
  ['request-required-acks', 'acks'],
  ['request-timeout-ms', 'request.timeout.ms'],
  ['message-send-max-retries', 'retries'],
  ['retry-backoff-ms', 'retry.backoff.ms'],
  ['socket-buffer-size', 'send.buffer.bytes'],
  ['max-memory-bytes', 'buffer.memory'],
  ['batch-size', 'batch.size'],
  ['max-partition-memory-bytes', 'batch.size'],
  ['metadata-expiry-ms', 'metadata.max.age.ms'],
  ['max-block-ms', 'max.block.ms'],
] as const;

/**
 * Bytes of a batch where a file or a pipe is read and nobody has chosen a size: with Kafka's 16 KB half of the time goes into
 * requests. Below any topic's default limit for a batch.
 */
const BULK_BATCH_BYTES = 256 * 1024;

/** The old spelling of an option and the one to use, in the order in which both are refused together. */
const RENAMED = [
  ['producer.config', 'command-config'],
  ['producer-property', 'command-property'],
  ['property', 'reader-property'],
] as const;
/** In the order in which they are warned of. */
const DEPRECATED = [RENAMED[1], RENAMED[0], RENAMED[2]] as const;

/**
 * Checks the options of kafka-console-producer in Kafka's order and with its texts, and reads the files that they name. With
 * `bulk`, batches are larger than Kafka's script makes them unless their size is given.
 * Throws UsageError, or an Error where Kafka's script ends without the option table.
 */
export function checkConsoleProducer(
  options: ConsoleProducerOptions,
  { notice, bulk = false }: Pick<Listener, 'notice'> & { readonly bulk?: boolean },
): ConsoleProducerPlan {
  checkRequired(options, 'topic');
  for (const [old, current] of RENAMED) checkTogether(options, current, old);
  for (const [old, current] of DEPRECATED)
    if (options.has(old))
      notice(`Warning: --${old} is deprecated and will be removed in a future version. Use --${current} instead.`);
  if (options.has('max-partition-memory-bytes'))
    notice(
      'Warning: --max-partition-memory-bytes is deprecated and will be removed in Apache Kafka 5.0. Use --batch-size instead.',
    );
  checkBootstrapAddress(options.value('bootstrap-server'));
  const reader = readerSettings(options, options.value('topic')!);
  return {
    topic: reader.get('topic')!,
    sync: options.has('sync'),
    readerClass: options.value('line-reader')!,
    reader,
    producer: producerSettings(options, bulk),
  };
}

/** Larger batches only where they fit into the memory that the user allows. */
function producerSettings(options: ConsoleProducerOptions, bulk: boolean): Record<string, string> {
  const settings = (defaults: Record<string, string>) => producerProperties(producerSources(options, defaults));
  const large = settings({ 'batch-size': String(BULK_BATCH_BYTES) });
  return bulk && Number(large['buffer.memory']) >= BULK_BATCH_BYTES ? large : settings({});
}

/** What Java calls a file that is not there. */
function readingFile<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof PropertiesFileError)
      throw new JavaException('java.nio.file.NoSuchFileException', error.message);
    throw error;
  }
}

function readerSettings(options: ConsoleProducerOptions, topic: string): Map<string, string> {
  const file = options.value('reader-config');
  return new Map([
    ...Object.entries(file === undefined ? {} : readingFile(() => readPropertiesFile(file))),
    ['topic', topic],
    ...keyValues([...options.values('reader-property'), ...options.values('property')]),
  ]);
}

/** @param defaults of options that are not given, in place of Kafka's */
function producerSources(
  options: ConsoleProducerOptions,
  defaults: Readonly<Partial<Record<string, string>>>,
): ProducerSources {
  const bootstrapServers = options.value('bootstrap-server')!;
  return {
    bootstrapServers,
    compressionCodec: options.has('compression-codec') ? (options.value('compression-codec') ?? '') : undefined,
    properties: readingFile(() =>
      clientProperties({
        bootstrapServer: bootstrapServers,
        commandConfig: options.value('command-config') ?? options.value('producer.config'),
        properties: keyValues([...options.values('command-property'), ...options.values('producer-property')]),
      }),
    ),
    options: SETTINGS.map(([name, config]): SettingOption => {
      const given = options.has(name);
      return { config, value: (given ? undefined : defaults[name]) ?? String(options.value(name)), given };
    }),
  };
}
