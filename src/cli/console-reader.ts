// What console-consumer and console-share-consumer have in common around the records that they print
// (org.apache.kafka.tools.consumer.ConsoleConsumer, ConsoleShareConsumer): what is said of failures and when it all ends.
import { ConnectionError } from '../client/errors.ts';
import { IdleTimeout, type Printed } from '../tools/console-consumer/print-records.ts';
import { NO_MODULES } from '../tools/user-module.ts';
import type { Logger } from '../util/logger.ts';
import { exitStatus } from './compat.ts';
import { type Interrupt, listenForInterrupt } from './interrupt.ts';
import { printErrorDocument } from './json-wanted.ts';
import { loadModules } from './load-modules.ts';
import { causes, formatterLog, logLine, toolLogger } from './log-lines.ts';
import type { ParsedOptions } from './options/parsed.ts';
import type { formatterOptions } from './options/scripts/console-consumer.ts';
import { formatterNames } from './options/scripts/console-consumer-checks.ts';
import type { Output } from './output.ts';
import { Exit, type ScriptContext } from './script-command.ts';

type Place = Pick<ScriptContext, 'output' | 'compat' | 'format' | 'notice'>;

/** What checking the options of formatters takes, the user's own modules loaded. */
export async function formatterChecks(
  { output, compat, notice }: Place,
  options: ParsedOptions<typeof formatterOptions>,
) {
  return {
    notice,
    warn: (line: string) => output.warn(line),
    listsClasses: compat.hints,
    modules: compat.hints ? await loadModules(formatterNames(options)) : NO_MODULES,
    formatterLog: formatterLog(output),
  };
}

/** Runs `consume`, which answers the exit status, until it is done or Ctrl-C has ended it; says why it failed. */
export async function runReader(
  { output, compat, format }: Place,
  tool: string,
  consume: (interrupt: Interrupt) => Promise<number>,
): Promise<Exit> {
  const interrupt = listenForInterrupt();
  try {
    const status = await consume(interrupt);
    return new Exit(interrupt.status ?? status);
  } catch (error) {
    if (format === 'json' && interrupt.status === undefined) printErrorDocument((error as Error).message, output);
    if (error instanceof ConnectionError && compat.failFast) output.complain(error.message);
    else complain(output, tool, 'Unknown error when running consumer: ', error as Error);
    return new Exit(interrupt.status ?? 1);
  } finally {
    interrupt.dispose();
  }
}

interface Wakeable {
  wake(): void;
  close(): Promise<void>;
}

interface ReaderOptions {
  readonly logger: Logger;
  readonly onUnreachable?: (error: ConnectionError) => void;
}

/** A consumer that Ctrl-C wakes, and that there is nobody at the address. */
export interface Reader<C extends Wakeable> {
  readonly consumer: C;
  readonly interrupt: Interrupt;
  /** Set where the command does not wait for a cluster that is not there. */
  readonly unreachable: ConnectionError | undefined;
}

export async function openReader<C extends Wakeable>(
  { output, compat }: Place,
  interrupt: Interrupt,
  create: (options: ReaderOptions) => Promise<C>,
): Promise<Reader<C>> {
  let unreachable: ConnectionError | undefined;
  const onUnreachable = (error: ConnectionError) => {
    unreachable ??= error;
    consumer.wake();
  };
  const consumer = await create({ logger: toolLogger(output), ...(compat.failFast && { onUnreachable }) });
  return {
    consumer,
    interrupt,
    get unreachable() {
      return unreachable;
    },
  };
}

/** From now on Ctrl-C ends the waiting for records. */
export function wakeOnInterrupt<C extends Wakeable>({ consumer, interrupt }: Reader<C>): void {
  interrupt.signal.addEventListener('abort', () => consumer.wake());
  if (interrupt.signal.aborted) consumer.wake();
}

/**
 * Prints, closes the consumer, says how many records it were and what went wrong with them. Returns the exit status.
 * @throws ConnectionError if nobody is there; what the formatter threw for the last record
 */
export async function printToTheEnd<C extends Wakeable>(
  { output, compat, format }: Place,
  { tool, systestEvents }: { readonly tool: string; readonly systestEvents: boolean },
  reader: Reader<C>,
  print: () => Promise<Printed>,
): Promise<number> {
  let printed: Printed = { count: 0 };
  try {
    printed = await print();
    if (printed.readError)
      complain(output, tool, 'Error processing message, terminating consumer process: ', printed.readError);
  } finally {
    await reader.consumer.close();
    output.warn(`Processed a total of ${printed.count} messages`);
    if (systestEvents && format !== 'json') output.print('shutdown_complete');
  }
  if (reader.unreachable && !reader.interrupt.signal.aborted) throw reader.unreachable;
  if (printed.formatError) throw printed.formatError;
  const failed = printed.readError !== undefined && !(printed.readError instanceof IdleTimeout);
  if (failed && printed.readError && format === 'json') printErrorDocument(printed.readError.message, output);
  return exitStatus(compat, { failed, kafkaExit: 0 });
}

/** Standard output as the printer needs it; when its reader goes away, that is said once and the command ends. */
export function standardOutput(output: Output) {
  let closed = false;
  output.onClosed(() => {
    if (!closed) output.warn('Unable to write to standard out, closing consumer.');
    closed = true;
  });
  return {
    isClosed: () => closed,
    write: (bytes: Buffer) => output.pour(bytes),
  };
}

/** An error as `tool`, a Java class, logs it. */
export function complain(output: Output, tool: string, text: string, error: Error): void {
  output.warn(logLine('ERROR', text, tool));
  output.warn(causes(error));
}
