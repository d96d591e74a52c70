import { Consumer } from '../client/consumer.ts';
import type { ConnectionError } from '../client/errors.ts';
import { topicPattern } from '../tools/console-consumer/topic-pattern.ts';
import { headerLine, rates, totalLine } from '../tools/consumer-perf-test/lines.ts';
import { type ConsumerPerfResult, measureConsumer, RebalanceTimes } from '../tools/consumer-perf-test/run.ts';
import type { MeasuredClient } from '../tools/metric-lines.ts';
import { CONSUMER_METRICS } from '../tools/metric-names.ts';
import type { Report } from '../tools/report.ts';
import { listenForInterrupt } from './interrupt.ts';
import { causes, toolLogger } from './log-lines.ts';
import { metricReport, nodesOf } from './metric-report.ts';
import { OptionError } from './options/errors.ts';
import {
  checkConsumerPerfTest,
  consumerPerfPlan,
  consumerPerfSettings,
  type consumerPerfTest,
  type PerfPlan,
} from './options/scripts/consumer-perf-test.ts';
import { perfDates } from './perf-dates.ts';
import { isForPrograms } from './print.ts';
import type { ScriptContext } from './script-command.ts';
import { progress } from './terminal/progress.ts';

type Context = ScriptContext<typeof consumerPerfTest>;

/** Runs consumer-perf-test: the titles first, then a line for each interval or one for all. */
export async function runConsumerPerfTest(context: Context): Promise<Report> {
  const { options, notice, output } = context;
  checkConsumerPerfTest(options, { notice });
  const detailed = options.has('show-detailed-stats');
  if (!isForPrograms(context.format) && !options.has('hide-header')) output.print(headerLine(detailed));
  const settings = consumerPerfSettings(options);
  const plan = consumerPerfPlan(options);
  const formatTime = perfDates(plan.datePattern);
  const result = await measure(context, settings, plan, formatTime);
  if (result.records < plan.records)
    notice(
      `WARNING: Exiting before consuming the expected number of records: timeout (${plan.timeoutMs} ms) exceeded. You can use the --timeout option to increase the timeout.`,
    );
  const { records, bytes, rebalanceMs, startMs, endMs } = result;
  const lines = detailed ? [] : [totalLine(result, formatTime(startMs), formatTime(endMs), startMs, endMs)];
  if (options.has('print-metrics'))
    lines.push(...metricReport(measured(settings['client.id']!, result), context.compat));
  return {
    data: { records, bytes, rebalanceMs, startMs, endMs, ...rates(result, startMs, endMs) },
    text: lines.map((line) => `${line}\n`).join(''),
    failed: result.records < plan.records,
    kafkaExit: 0,
  };
}

type Measured = ConsumerPerfResult & { readonly brokerIds: readonly number[] };

/** Of the consumer's metrics those that are counted here. */
const measured = (clientId: string, { records, bytes, partitions, brokerIds }: Measured): MeasuredClient => ({
  clientId,
  groups: CONSUMER_METRICS,
  group: 'consumer-fetch-manager-metrics',
  counts: { 'bytes-consumed-total': bytes, 'records-consumed-total': records },
  nodes: nodesOf(brokerIds, true),
  partitions,
});

async function measure(
  { options, output, compat, notice }: Context,
  settings: Record<string, string>,
  plan: PerfPlan,
  formatTime: (epochMs: number) => string,
): Promise<Measured> {
  const interrupt = listenForInterrupt();
  const rebalances = new RebalanceTimes();
  let unreachable: ConnectionError | undefined;
  const consumer = await Consumer.create(settings, {
    logger: toolLogger(output),
    listener: rebalances,
    ...(compat.failFast && {
      onUnreachable: (error: ConnectionError) => {
        unreachable ??= error;
        consumer.wake();
      },
    }),
  });
  interrupt.signal.addEventListener('abort', () => consumer.wake());
  const include = options.value('include');
  const shown = progress(output, compat.progress, { total: plan.records });
  const onRecords = (records: number) => shown?.add(records);
  try {
    await consumer.subscribe(
      include === undefined ? { topic: options.value('topic')! } : { matches: topicPattern(include) },
    );
    const result = await measureConsumer(consumer, rebalances, { ...plan, formatTime, print: notice, onRecords });
    if (unreachable) throw new Error(unreachable.message);
    return { ...result, brokerIds: consumer.brokerIds };
  } finally {
    shown?.end();
    await consumer.close();
    interrupt.dispose();
  }
}

/** The message, and below it the exception as Java prints it. */
export function consumerPerfFailure(error: Error): { readonly stderr: string } {
  const java = error instanceof OptionError ? `${error.javaClass}: ${error.message}` : causes(error);
  return {
    stderr:
      java === error.message || error.constructor === Error
        ? `${error.message}\n`
        : `${error.message || 'null'}\n${java}\n`,
  };
}
