import { ConnectionError } from '../client/errors.ts';
import { ShareConsumer } from '../client/share-consumer.ts';
import { IdleTimeout, type Printed } from '../tools/console-consumer/print-records.ts';
import { printShareRecords } from '../tools/console-share-consumer/print-records.ts';
import { NO_MODULES } from '../tools/user-module.ts';
import { exitStatus } from './compat.ts';
import { standardOutput } from './console-consumer.ts';
import { type Interrupt, listenForInterrupt } from './interrupt.ts';
import { printErrorDocument } from './json-wanted.ts';
import { loadModules } from './load-modules.ts';
import { causes, formatterLog, logLine, toolLogger } from './log-lines.ts';
import { formatterOptions } from './options/scripts/console-consumer.ts';
import { formatterNames, rethrowing } from './options/scripts/console-consumer-checks.ts';
import type { consoleShareConsumer } from './options/scripts/console-share-consumer.ts';
import { type ConsoleSharePlan, checkConsoleShareConsumer } from './options/scripts/console-share-consumer-checks.ts';
import type { Output } from './output.ts';
import { Exit, type ScriptContext } from './script-command.ts';

type Context = ScriptContext<typeof consoleShareConsumer>;

const TOOL = 'org.apache.kafka.tools.consumer.ConsoleShareConsumer';

/** Runs console-share-consumer: prints records as they come, what went wrong on standard error, and the count at the end. */
export async function runConsoleShareConsumer(context: Context): Promise<Exit> {
  const { options, output, notice } = context;
  const plan = checkConsoleShareConsumer(options, {
    notice,
    warn: (line) => output.warn(line),
    listsClasses: context.compat.hints,
    modules: context.compat.hints ? await loadModules(formatterNames(options.as(formatterOptions))) : NO_MODULES,
    formatterLog: formatterLog(output),
  });
  const interrupt = listenForInterrupt();
  try {
    const status = await consume(context, plan, interrupt);
    return new Exit(interrupt.status ?? status);
  } catch (error) {
    if (context.format === 'json' && interrupt.status === undefined)
      printErrorDocument((error as Error).message, output);
    if (error instanceof ConnectionError && context.compat.failFast) output.complain(error.message);
    else report(output, 'Unknown error when running consumer: ', error as Error);
    return new Exit(interrupt.status ?? 1);
  } finally {
    interrupt.dispose();
  }
}

async function consume(context: Context, plan: ConsoleSharePlan, interrupt: Interrupt): Promise<number> {
  const { options, output, compat, format } = context;
  const timeoutMs = rethrowing(() => options.value('timeout-ms'));
  let unreachable: ConnectionError | undefined;
  const consumer = await ShareConsumer.create(plan.consumer, {
    logger: toolLogger(output),
    ...(compat.failFast && {
      onUnreachable: (error: ConnectionError) => {
        unreachable ??= error;
        consumer.wake();
      },
    }),
  });
  interrupt.signal.addEventListener('abort', () => consumer.wake());
  if (interrupt.signal.aborted) consumer.wake();
  let printed: Printed = { count: 0 };
  consumer.subscribe([options.value('topic')!]);
  try {
    printed = await printShareRecords(consumer, {
      ...plan,
      ...standardOutput(output),
      timeoutMs: timeoutMs === undefined || timeoutMs < 0 ? undefined : timeoutMs,
      maxMessages: options.value('max-messages') ?? -1,
      onRejected: (error) => report(output, 'Error processing message, rejecting this message: ', error),
    });
    if (printed.readError)
      report(output, 'Error processing message, terminating consumer process: ', printed.readError);
  } finally {
    await consumer.close();
    output.warn(`Processed a total of ${printed.count} messages`);
    if (plan.systestEvents && format !== 'json') output.print('shutdown_complete');
  }
  if (unreachable && !interrupt.signal.aborted) throw unreachable;
  if (printed.formatError) throw printed.formatError;
  const failed = printed.readError !== undefined && !(printed.readError instanceof IdleTimeout);
  if (failed && printed.readError && format === 'json') printErrorDocument(printed.readError.message, output);
  return exitStatus(compat, { failed, kafkaExit: 0 });
}

function report(output: Output, text: string, error: Error): void {
  output.warn(logLine('ERROR', text, TOOL));
  output.warn(causes(error));
}
