import { Consumer } from '../client/consumer.ts';
import { printRecords } from '../tools/console-consumer/print-records.ts';
import { topicPattern } from '../tools/console-consumer/topic-pattern.ts';
import { JavaException } from '../tools/java-exception.ts';
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
import { type consoleConsumer, formatterOptions } from './options/scripts/console-consumer.ts';
import { type ConsoleConsumerPlan, checkConsoleConsumer } from './options/scripts/console-consumer-checks.ts';
import type { Exit, ScriptContext } from './script-command.ts';
import { progress } from './terminal/progress.ts';

type Context = ScriptContext<typeof consoleConsumer>;

const TOOL = 'org.apache.kafka.tools.consumer.ConsoleConsumer';
const CLASSIC_NOTICE =
  'The consumer rebalance protocol (KIP-848) is production-ready! Set group.protocol=consumer to try it out. See https://kafka.apache.org/documentation/#consumer_rebalance_protocol';

/** Runs console-consumer: prints records as they come, what went wrong on standard error, and the count at the end. */
export async function runConsoleConsumer(context: Context): Promise<Exit> {
  const { options } = context;
  const plan = checkConsoleConsumer(options, await formatterChecks(context, options.as(formatterOptions)));
  return runReader(context, TOOL, (interrupt) => consume(context, plan, interrupt));
}

async function consume(context: Context, plan: ConsoleConsumerPlan, interrupt: Interrupt): Promise<number> {
  const { options, output, compat } = context;
  const reader = await openReader(context, interrupt, (options) => Consumer.create(plan.consumer, options));
  const { consumer } = reader;
  if (compat.announcements && !plan.partition && consumer.settings.groupProtocol === 'classic')
    output.warn(CLASSIC_NOTICE);
  wakeOnInterrupt(reader);
  await chooseTopics(consumer, context, plan);
  const shown = progress(output, compat.progress && !output.isTerminal);
  return printToTheEnd(context, { tool: TOOL, systestEvents: plan.systestEvents }, reader, () =>
    printRecords(consumer, {
      ...plan,
      ...standardOutput(output),
      onPrinted: (records) => shown?.add(records),
      maxMessages: options.value('max-messages') ?? -1,
      onSkipped: (error) => complain(output, TOOL, 'Error processing message, skipping this message: ', error),
    }).finally(() => shown?.end()),
  );
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
