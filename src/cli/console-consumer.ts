import { Consumer } from '../client/consumer.ts';
import { ConnectionError } from '../client/errors.ts';
import { IdleTimeout, type Printed, printRecords } from '../tools/console-consumer/print-records.ts';
import { topicPattern } from '../tools/console-consumer/topic-pattern.ts';
import { JavaException } from '../tools/java-exception.ts';
import { NO_MODULES } from '../tools/user-module.ts';
import { exitStatus } from './compat.ts';
import { type Interrupt, listenForInterrupt } from './interrupt.ts';
import { printErrorDocument } from './json-wanted.ts';
import { loadModules } from './load-modules.ts';
import { causes, formatterLog, logLine, toolLogger } from './log-lines.ts';
import { type consoleConsumer, formatterOptions } from './options/scripts/console-consumer.ts';
import {
  type ConsoleConsumerPlan,
  checkConsoleConsumer,
  formatterNames,
} from './options/scripts/console-consumer-checks.ts';
import type { Output } from './output.ts';
import { Exit, type ScriptContext } from './script-command.ts';
import { progress } from './terminal/progress.ts';

type Context = ScriptContext<typeof consoleConsumer>;

const TOOL = 'org.apache.kafka.tools.consumer.ConsoleConsumer';
const CLASSIC_NOTICE =
  'The consumer rebalance protocol (KIP-848) is production-ready! Set group.protocol=consumer to try it out. See https://kafka.apache.org/documentation/#consumer_rebalance_protocol';

/** Runs console-consumer: prints records as they come, what went wrong on standard error, and the count at the end. */
export async function runConsoleConsumer(context: Context): Promise<Exit> {
  const { options, output, notice } = context;
  const plan = checkConsoleConsumer(options, {
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
    if (error instanceof ConnectionError && context.compat.failFast) {
      output.complain(error.message);
      return new Exit(interrupt.status ?? 1);
    }
    output.warn(logLine('ERROR', 'Unknown error when running consumer: ', TOOL));
    output.warn(causes(error));
    return new Exit(interrupt.status ?? 1);
  } finally {
    interrupt.dispose();
  }
}

async function consume(context: Context, plan: ConsoleConsumerPlan, interrupt: Interrupt): Promise<number> {
  const { options, output, compat, format } = context;
  let unreachable: ConnectionError | undefined;
  const consumer = await Consumer.create(plan.consumer, {
    logger: toolLogger(output),
    ...(compat.failFast && {
      onUnreachable: (error: ConnectionError) => {
        unreachable ??= error;
        consumer.wake();
      },
    }),
  });
  if (compat.announcements && !plan.partition && consumer.settings.groupProtocol === 'classic')
    output.warn(CLASSIC_NOTICE);
  interrupt.signal.addEventListener('abort', () => consumer.wake());
  if (interrupt.signal.aborted) consumer.wake();
  await chooseTopics(consumer, context, plan);
  let printed: Printed = { count: 0 };
  const shown = progress(output, compat.progress && !output.isTerminal);
  try {
    printed = await printRecords(consumer, {
      ...plan,
      ...standardOutput(output),
      onPrinted: (records) => shown?.add(records),
      maxMessages: options.value('max-messages') ?? -1,
      onSkipped: (error) => report(output, 'Error processing message, skipping this message: ', error),
    });
    if (printed.readError)
      report(output, 'Error processing message, terminating consumer process: ', printed.readError);
  } finally {
    shown?.end();
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

async function chooseTopics(
  consumer: Consumer,
  { options }: Context,
  { partition }: ConsoleConsumerPlan,
): Promise<void> {
  const include = options.value('include');
  if (include !== undefined) return consumer.subscribe({ matches: topicPattern(include) });
  const topic = options.value('topic')!;
  if (partition) return consumer.assign({ topic, partition: partition.id }, partition.offset);
  if (topic.trim() === '')
    throw new JavaException(
      'java.lang.IllegalArgumentException',
      'Topic collection to subscribe to cannot contain null or empty topic',
    );
  return consumer.subscribe({ topic });
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

function report(output: Output, text: string, error: Error): void {
  output.warn(logLine('ERROR', text, TOOL));
  output.warn(causes(error));
}
