import type { ConnectionError } from '../client/errors.ts';
import { ShareConsumer } from '../client/share-consumer.ts';
import { executionException, JavaException } from '../tools/java-exception.ts';
import type { MeasuredClient } from '../tools/metric-lines.ts';
import { SHARE_CONSUMER_METRICS } from '../tools/metric-names.ts';
import type { Report } from '../tools/report.ts';
import { consumerLine, HEADER, totalLine } from '../tools/share-consumer-perf-test/lines.ts';
import { measureShareConsumers, type SharePerfResult } from '../tools/share-consumer-perf-test/run.ts';
import { listenForInterrupt } from './interrupt.ts';
import { toolLogger } from './log-lines.ts';
import { metricReport, nodesOf } from './metric-report.ts';
import { type PerfPlan, perfPlan, perfTestOptions } from './options/scripts/consumer-perf-test.ts';
import {
  checkShareConsumerPerfTest,
  type shareConsumerPerfTest,
  sharePerfSettings,
} from './options/scripts/share-consumer-perf-test.ts';
import { perfDates } from './perf-dates.ts';
import { isForPrograms } from './print.ts';
import type { ScriptContext } from './script-command.ts';
import { progress } from './terminal/progress.ts';

type Context = ScriptContext<typeof shareConsumerPerfTest>;

/** Runs share-consumer-perf-test: the titles first, then the lines that were asked for, and one for all. */
export async function runShareConsumerPerfTest(context: Context): Promise<Report> {
  const { options, notice, output, format } = context;
  checkShareConsumerPerfTest(options, { notice });
  if (!isForPrograms(format) && !options.has('hide-header')) output.print(HEADER);
  const settings = sharePerfSettings(options);
  const threads = options.value('threads')!;
  const plan = perfPlan(options.as(perfTestOptions));
  // As many threads as that cannot be: what java.util.concurrent says of it, which is nothing.
  if (threads <= 0) throw new JavaException('java.lang.IllegalArgumentException');
  const formatTime = timeFormat(plan.datePattern);
  const clientIds = Array.from({ length: threads }, (_, i) =>
    threads === 1 ? settings['client.id']! : `${settings['client.id']}-${i + 1}`,
  );
  const result = await measure(context, settings, clientIds, { plan, formatTime });
  const times = { ...result, formatTime };
  if (options.has('show-consumer-stats'))
    for (const [i, counts] of result.consumers.entries()) notice(consumerLine(counts, times, i + 1, clientIds[i]!));
  if (result.records < plan.records)
    notice(
      `WARNING: Exiting before consuming the expected number of records: timeout (${plan.timeoutMs} ms) exceeded. You can use the --timeout option to increase the timeout.`,
    );
  const lines = [totalLine(result, times)];
  if (options.has('print-metrics'))
    lines.push(
      ...result.consumers.flatMap((one, i) =>
        metricReport(measured(clientIds[i]!, one, result.brokerIds), context.compat),
      ),
    );
  const { records, bytes, startMs, endMs, consumers } = result;
  return {
    data: { records, bytes, startMs, endMs, consumers },
    text: lines.map((line) => `${line}\n`).join(''),
    failed: records < plan.records,
    kafkaExit: 0,
  };
}

/** Kafka's script finds a wrong pattern where it waits for its consumers. */
function timeFormat(pattern: string): (epochMs: number) => string {
  try {
    return perfDates(pattern);
  } catch (error) {
    throw executionException(error as Error);
  }
}

type Measured = SharePerfResult & { readonly brokerIds: readonly number[] };

/** Of a share consumer's metrics those that are counted here. */
const measured = (
  clientId: string,
  { bytes, records }: SharePerfResult['consumers'][number],
  brokerIds: readonly number[],
): MeasuredClient => ({
  clientId,
  groups: SHARE_CONSUMER_METRICS,
  group: 'consumer-share-fetch-manager-metrics',
  counts: { 'bytes-consumed-total': bytes, 'records-consumed-total': records },
  nodes: nodesOf(brokerIds, true),
  partitions: [],
});

async function measure(
  { options, output, compat, notice }: Context,
  settings: Record<string, string>,
  clientIds: readonly string[],
  { plan, formatTime }: { readonly plan: PerfPlan; readonly formatTime: (epochMs: number) => string },
): Promise<Measured> {
  const interrupt = listenForInterrupt();
  let unreachable: ConnectionError | undefined;
  const consumers: ShareConsumer[] = [];
  const wakeAll = () => {
    for (const consumer of consumers) consumer.wake();
  };
  const onUnreachable = (error: ConnectionError) => {
    unreachable ??= error;
    wakeAll();
  };
  interrupt.signal.addEventListener('abort', wakeAll);
  const shown = progress(output, compat.progress, { total: plan.records });
  const onRecords = (records: number) => shown?.add(records);
  try {
    for (const clientId of clientIds) {
      const own = { logger: toolLogger(output), ...(compat.failFast && { onUnreachable }) };
      const consumer = await ShareConsumer.create({ ...settings, 'client.id': clientId }, own);
      consumers.push(consumer);
      consumer.subscribe([options.value('topic')!]);
    }
    const result = await measureShareConsumers(consumers, { ...plan, formatTime, print: notice, onRecords });
    if (unreachable) throw new Error(unreachable.message);
    await Promise.all(consumers.map((consumer) => consumer.commit()));
    return { ...result, brokerIds: consumers[0]!.brokerIds };
  } finally {
    shown?.end();
    await Promise.all(consumers.map((consumer) => consumer.close()));
    interrupt.dispose();
  }
}
