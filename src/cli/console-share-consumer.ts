import { ShareConsumer } from '../client/share-consumer.ts';
import { printShareRecords } from '../tools/console-share-consumer/print-records.ts';
import {
  complain,
  formatterChecks,
  openReader,
  printToTheEnd,
  runReader,
  standardOutput,
  wakeOnInterrupt,
} from './console-reader.ts';
import type { Interrupt } from './interrupt.ts';
import { formatterOptions } from './options/scripts/console-consumer.ts';
import { rethrowing } from './options/scripts/console-consumer-checks.ts';
import type { consoleShareConsumer } from './options/scripts/console-share-consumer.ts';
import { type ConsoleSharePlan, checkConsoleShareConsumer } from './options/scripts/console-share-consumer-checks.ts';
import type { Exit, ScriptContext } from './script-command.ts';

type Context = ScriptContext<typeof consoleShareConsumer>;

const TOOL = 'org.apache.kafka.tools.consumer.ConsoleShareConsumer';

/** Runs console-share-consumer: prints records as they come, what went wrong on standard error, and the count at the end. */
export async function runConsoleShareConsumer(context: Context): Promise<Exit> {
  const { options } = context;
  const plan = checkConsoleShareConsumer(options, await formatterChecks(context, options.as(formatterOptions)));
  return runReader(context, TOOL, (interrupt) => consume(context, plan, interrupt));
}

async function consume(context: Context, plan: ConsoleSharePlan, interrupt: Interrupt): Promise<number> {
  const { options, output } = context;
  const timeoutMs = rethrowing(() => options.value('timeout-ms'));
  const reader = await openReader(context, interrupt, (options) => ShareConsumer.create(plan.consumer, options));
  const { consumer } = reader;
  wakeOnInterrupt(reader);
  consumer.subscribe([options.value('topic')!]);
  return printToTheEnd(context, { tool: TOOL, systestEvents: plan.systestEvents }, reader, () =>
    printShareRecords(consumer, {
      ...plan,
      ...standardOutput(output),
      timeoutMs: timeoutMs === undefined || timeoutMs < 0 ? undefined : timeoutMs,
      maxMessages: options.value('max-messages') ?? -1,
      onRejected: (error) => complain(output, TOOL, 'Error processing message, rejecting this message: ', error),
    }),
  );
}
