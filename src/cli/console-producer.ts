import { isatty } from 'node:tty';
import { type ConnectionError, UnusableProducerError } from '../client/errors.ts';
import { createProducer, type FailedRecord } from '../client/producer.ts';
import { type LineReader, lineReader } from '../tools/console-producer/line-reader.ts';
import { produceLines } from '../tools/console-producer/produce-lines.ts';
import { JavaException } from '../tools/java-exception.ts';
import { deferred } from '../util/deferred.ts';
import { isJavasClass, isKafkasClass } from '../util/java-classes.ts';
import { type Compat, exitStatus } from './compat.ts';
import { type Interrupt, listenForInterrupt } from './interrupt.ts';
import { loadModules } from './load-modules.ts';
import { causes, logLine, toolLogger, withoutCreation } from './log-lines.ts';
import { OptionError } from './options/errors.ts';
import { type consoleProducer, LINE_READER } from './options/scripts/console-producer.ts';
import { type ConsoleProducerPlan, checkConsoleProducer } from './options/scripts/console-producer-checks.ts';
import type { Output } from './output.ts';
import { Exit, type ScriptContext } from './script-command.ts';
import { standardInput } from './standard-input.ts';
import { progress } from './terminal/progress.ts';

/** Runs console-producer: standard input is sent line by line until it ends or the command is interrupted. */
export async function runConsoleProducer(context: ScriptContext<typeof consoleProducer>): Promise<Exit> {
  const { options, output, compat, notice } = context;
  const plan = checkConsoleProducer(options, { notice, bulk: compat.bulkBatches && !isatty(0) });
  const interrupt = listenForInterrupt();
  const { taken, failed } = await produce(plan, { output, compat }, interrupt).finally(() => interrupt.dispose());
  if (options.has('json')) output.print(JSON.stringify({ topic: plan.topic, sent: taken - failed, failed }));
  return new Exit(interrupt.status ?? exitStatus(compat, { failed: failed > 0, kafkaExit: 0 }));
}

/** Answers how many lines were taken and how many of them could not be written. @throws Error with advice if there is no cluster at that address */
async function produce(
  plan: ConsoleProducerPlan,
  { output, compat }: { readonly output: Output; readonly compat: Compat },
  { signal }: Interrupt,
): Promise<{ readonly taken: number; readonly failed: number }> {
  const reader = await readerOf(plan, compat);
  const counts = { taken: 0, failed: 0 };
  const ended = deferred<never>();
  const producer = await createProducer(plan.producer, {
    logger: compat.hints ? withoutCreation(toolLogger(output)) : toolLogger(output),
    onError: (record, error) => {
      counts.failed++;
      if (error instanceof UnusableProducerError) ended.reject(error);
      else reportRecord(output, record, error);
    },
    ...(compat.failFast && { onUnreachable: ({ message }: ConnectionError) => ended.reject(new Error(message)) }),
  });
  const input = standardInput(signal);
  const prompt = isatty(0) && output.isTerminal ? { prompt: () => output.write('>') } : {};
  const shown = progress(output, compat.progress && !isatty(0));
  const onTaken = (lines: number) => {
    counts.taken += lines;
    shown?.add(lines);
  };
  const lines = async () => {
    try {
      await produceLines(producer, input, { ...plan, reader, ...prompt, onTaken });
    } catch (error) {
      // An interrupted stream ends with an error; what was read before is sent all the same.
      if (!signal.aborted) throw error;
    } finally {
      await producer.close();
      shown?.end();
    }
  };
  await Promise.race([lines(), ended.promise]);
  return counts;
}

/** @throws Error that lists what there is for a class that ktool does not have; ModuleError for a module of the user's */
async function readerOf({ readerClass, reader }: ConsoleProducerPlan, { hints }: Compat): Promise<LineReader> {
  if (readerClass === LINE_READER) return lineReader(reader);
  if (!hints) throw noReader(readerClass);
  const module = (await loadModules([readerClass])).get(readerClass);
  if (module) return (await import('../tools/console-producer/user-reader.ts')).userReader(module, reader);
  const known = `There is:\n  ${LINE_READER}\nor a JavaScript module of yours: ./my-reader.mjs`;
  throw new Error(`There is no line reader ${readerClass} in ktool. ${known}`);
}

const OF_ITS_PACKAGE = /^org\.apache\.kafka\.tools\.consumer\.(Default|NoOp|Logging)MessageFormatter$/;
const MADE_OF_SOMETHING =
  /^(org\.apache\.kafka\.tools\.consumer\.CoordinatorRecordMessageFormatter|java\.lang\.(Integer|Long)|java\.util\.List)$/;
const FORMATTERS =
  /^org\.apache\.kafka\.(tools\.consumer\.(Offsets|GroupMetadata|TransactionLog|ShareGroup)MessageFormatter|tools\.consumer\.group\.share\.ShareGroupStateMessageFormatter|connect\.mirror\.formatters\.(Heartbeat|OffsetSync|Checkpoint)Formatter)$/;

/** Why a class that Java may well find is none that reads lines (ConsoleProducer.messageReader). */
function noReader(className: string): JavaException {
  if (OF_ITS_PACKAGE.test(className)) {
    const message = `class org.apache.kafka.tools.ConsoleProducer cannot access a member of class ${className} with modifiers ""`;
    return new JavaException('java.lang.IllegalAccessException', message);
  }
  if (MADE_OF_SOMETHING.test(className))
    return new JavaException('java.lang.NoSuchMethodException', `${className}.<init>()`);
  if (!isJavasClass(className) && !isKafkasClass(className) && !FORMATTERS.test(className))
    return new JavaException('java.lang.ClassNotFoundException', className);
  const message = 'The reader must implement org.apache.kafka.tools.api.RecordReader interface';
  return new JavaException('java.lang.IllegalArgumentException', message);
}

/** As ErrorLoggingCallback words it. */
function reportRecord(output: Output, { topic, key, value }: FailedRecord, error: Error): void {
  const size = (bytes: Buffer | null) => (bytes === null ? 'null' : `${bytes.length} bytes`);
  const text = `Error when sending message to topic ${topic} with key: ${size(key)}, value: ${size(value)} with error:`;
  output.warn(logLine('ERROR', text, 'org.apache.kafka.clients.producer.internals.ErrorLoggingCallback'));
  output.warn(causes(error));
}

/** What Java prints of an exception that ends the script. */
export const producerFailure = (error: Error) => ({ stderr: `${failureText(error)}\n` });

function failureText(error: Error): string {
  return error.constructor === Error || error instanceof OptionError ? error.message : causes(error);
}
