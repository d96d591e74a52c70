import { consumerProperties } from '../../../tools/console-consumer/consumer-properties.ts';
import { deserializerClasses } from '../../../tools/console-consumer/deserializers.ts';
import type { Formatter, FormatterLog } from '../../../tools/console-consumer/formatter.ts';
import { formatter, formatterClasses } from '../../../tools/console-consumer/formatters.ts';
import { jsonFormatter } from '../../../tools/console-consumer/json-formatter.ts';
import { NO_MODULES, type UserModules } from '../../../tools/user-module.ts';
import { PropertiesFileError, readPropertiesFile } from '../../command-config.ts';
import { checkRequired, checkTogether, keyValues, type Listener } from '../checks.ts';
import { OptionError, UsageError } from '../errors.ts';
import type { ParsedOptions } from '../parsed.ts';
import type { OptionTable } from '../table.ts';
import { type ConsoleConsumerOptions, formatterOptions } from './console-consumer.ts';

type FormatterOptions = ParsedOptions<typeof formatterOptions>;

export interface ConsoleConsumerPlan {
  /** Settings of the consumer, by Kafka's names. */
  readonly consumer: Readonly<Record<string, string>>;
  readonly formatter: Formatter;
  /** One partition instead of a subscription, with the offset to begin at. */
  readonly partition?: { readonly id: number; readonly offset: number | 'earliest' | 'latest' };
  /** Milliseconds without a record after which to end; undefined for never. */
  readonly timeoutMs: number | undefined;
  readonly skipMessageOnError: boolean;
  readonly systestEvents: boolean;
}

/** Where the checks report what is no error. */
export interface ConsumerListener extends Listener {
  readonly formatterLog: FormatterLog;
  /** A class that ktool does not have is answered with the list of those that it has, instead of Java's words. */
  readonly listsClasses: boolean;
  /** Modules of the user's in the place of classes, by the names on the command line. */
  readonly modules?: UserModules;
}

const UNCAUGHT = 'Exception in thread "main" ';

/** An option's value is read at a point where nothing in Kafka's script catches the error. */
export class UncaughtError extends Error {
  constructor(javaClass: string, message: string) {
    super(`${UNCAUGHT}${javaClass}: ${message}`);
    this.name = 'UncaughtError';
  }

  /** As an exception that something does catch. */
  override toString(): string {
    return this.message.slice(UNCAUGHT.length);
  }
}

/**
 * Checks the options of kafka-console-consumer in Kafka's order and with its texts, and reads the files that they name.
 * `--topic`, `--include` and `--max-messages` are left: Kafka reads their values when the consumer is there.
 * Throws UsageError, or an Error where Kafka's script ends without the option table.
 */
export function checkConsoleConsumer(options: ConsoleConsumerOptions, listener: ConsumerListener): ConsoleConsumerPlan {
  const partition = checkWhatToRead(options);
  checkRequired(options, 'bootstrap-server');
  checkTogether(options, 'consumer-property', 'command-property');
  checkTogether(options, 'consumer.config', 'command-config');
  noteRenamed(options, 'consumer-property', 'command-property', listener);
  noteRenamed(options, 'consumer.config', 'command-config', listener);
  const configFile = rethrowing(() => options.value('command-config') ?? options.value('consumer.config'));
  const consumer = consumerProperties({
    bootstrapServers: rethrowing(() => options.value('bootstrap-server')!),
    file: configFile === undefined ? {} : rethrowing(() => readPropertiesFile(configFile)),
    properties: keyValues([...options.values('command-property'), ...options.values('consumer-property')]),
    group: rethrowing(() => (options.has('group') ? options.value('group') : undefined)),
    fromBeginning: options.has('from-beginning'),
    isolationLevel: {
      value: rethrowing(() => options.value('isolation-level')!),
      given: options.has('isolation-level'),
    },
    partition: partition !== undefined,
    usage: (message) => new UsageError(message),
  });
  const offset = rethrowing(() => startOffset(options));
  const timeoutMs = rethrowing(() => options.value('timeout-ms'));
  return {
    consumer,
    formatter: buildFormatter(options.as(formatterOptions), listener),
    ...(partition !== undefined && { partition: { id: partition, offset } }),
    timeoutMs: timeoutMs === undefined || timeoutMs < 0 ? undefined : timeoutMs,
    skipMessageOnError: options.has('skip-message-on-error'),
    systestEvents: options.has('enable-systest-events'),
  };
}

/** Reads a value where nothing in Kafka's script catches the error. */
export function rethrowing<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof OptionError) throw new UncaughtError(error.javaClass, error.message);
    if (error instanceof PropertiesFileError)
      throw new UncaughtError('java.nio.file.NoSuchFileException', error.message);
    throw error;
  }
}

/** The partition, if there is one. */
function checkWhatToRead(options: ConsoleConsumerOptions): number | undefined {
  if (options.has('topic') === options.has('include'))
    throw new UsageError('Exactly one of the following arguments is required: [topic], [include]');
  const partition = rethrowing(() => options.value('partition'));
  if (partition === undefined) {
    if (options.has('offset')) throw new UsageError('The partition is required when offset is specified.');
    return undefined;
  }
  if (!options.has('topic')) throw new UsageError('The topic is required when partition is specified.');
  if (options.has('from-beginning') && options.has('offset'))
    throw new UsageError('Options from-beginning and offset cannot be specified together.');
  return partition;
}

/** Says that an option goes by another name now. */
export function noteRenamed<T extends OptionTable>(
  options: ParsedOptions<T>,
  old: keyof T & string,
  current: keyof T & string,
  listener: Listener,
): void {
  if (!options.has(old)) return;
  listener.notice(`Option --${old} is deprecated and will be removed in a future version. Use --${current} instead.`);
}

const LONG_MAX = 2n ** 63n - 1n;

function startOffset(options: ConsoleConsumerOptions): number | 'earliest' | 'latest' {
  if (!options.has('offset')) return options.has('from-beginning') ? 'earliest' : 'latest';
  const given = options.value('offset')!;
  const word = given.toLowerCase();
  if (word === 'earliest' || word === 'latest') return word;
  if (/^[+]?\d+$/.test(given) && BigInt(given.replace('+', '')) <= LONG_MAX) return Number(given);
  throw new UsageError(
    `The provided offset value '${given}' is incorrect. Valid values are 'earliest', 'latest', or a non-negative long.`,
  );
}

/** Whatever is wrong with the formatter is answered with the message and the option table. */
export function buildFormatter(options: FormatterOptions, listener: ConsumerListener): Formatter {
  try {
    const className = options.value('formatter')!;
    checkTogether(options, 'property', 'formatter-property');
    noteRenamed(options, 'property', 'formatter-property', listener);
    const properties = formatterProperties(options);
    const { modules = NO_MODULES } = listener;
    if (listener.listsClasses) checkClasses(className, properties, modules);
    if (options.has('json')) {
      checkTogether(options, 'formatter', 'json');
      return jsonFormatter(properties, listener.formatterLog, modules);
    }
    return formatter(className, properties, listener.formatterLog, modules);
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError((error as Error).message);
  }
}

const DESERIALIZERS = ['key.deserializer', 'value.deserializer', 'headers.deserializer'] as const;

/** The names that may be paths of modules of the user's; what is wrong with the options is said later. */
export function formatterNames(options: FormatterOptions): (string | undefined)[] {
  try {
    const properties = formatterProperties(options);
    return [options.value('formatter'), ...DESERIALIZERS.map((name) => properties.get(name))];
  } catch {
    return [];
  }
}

/** Other classes would have to be run by Java. */
function checkClasses(formatterClass: string, properties: ReadonlyMap<string, string>, modules: UserModules): void {
  if (!modules.has(formatterClass) && !formatterClasses.includes(formatterClass))
    throw unknownClass('formatter', formatterClass, formatterClasses);
  for (const name of DESERIALIZERS) {
    const className = properties.get(name);
    if (className !== undefined && !modules.has(className) && !deserializerClasses.includes(className))
      throw unknownClass('deserializer', className, deserializerClasses);
  }
}

const unknownClass = (kind: string, className: string, known: readonly string[]): UsageError =>
  new UsageError(
    `There is no ${kind} ${className} in ktool. There are:\n${known.map((each) => `  ${each}`).join('\n')}\nor a JavaScript module of yours: ./my-${kind}.mjs`,
  );

function formatterProperties(options: FormatterOptions): Map<string, string> {
  const file = options.value('formatter-config');
  const properties = new Map(Object.entries(file === undefined ? {} : readPropertiesFile(file)));
  for (const name of ['key-deserializer', 'value-deserializer'] as const) {
    const className = options.value(name);
    if (className) properties.set(name.replace('-', '.'), className);
  }
  const given = keyValues([...options.values('formatter-property'), ...options.values('property')]);
  return new Map([...properties, ...given]);
}
