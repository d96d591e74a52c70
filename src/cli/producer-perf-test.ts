import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ConnectionError } from '../client/errors.ts';
import { createProducer } from '../client/producer.ts';
import { PRODUCER_METRICS } from '../tools/metric-names.ts';
import {
  chosenPayloads,
  monotonicPayloads,
  type Payloads,
  randomPayloads,
  splitPayloads,
} from '../tools/producer-perf-test/payloads.ts';
import { measureProducer, type PerfResult } from '../tools/producer-perf-test/run.ts';
import { totalsLine } from '../tools/producer-perf-test/stats.ts';
import type { Report } from '../tools/report.ts';
import { deferred } from '../util/deferred.ts';
import type { Compat } from './compat.ts';
import { causes, toolLogger } from './log-lines.ts';
import { metricReport, nodesOf } from './metric-report.ts';
import {
  checkProducerPerfTest,
  type ProducerPerfPlan,
  type producerPerfTest,
} from './options/scripts/producer-perf-test.ts';
import type { ScriptContext } from './script-command.ts';
import { progress } from './terminal/progress.ts';

type Context = ScriptContext<typeof producerPerfTest>;

/** Runs producer-perf-test: progress as it goes, the totals at the end. */
export async function runProducerPerfTest(context: Context): Promise<Report> {
  const { options, compat, notice } = context;
  const plan = checkProducerPerfTest(options, { notice }, compat.defaultBootstrap);
  const payloads = payloadsOf(plan, notice);
  return reportOf(plan, await measure(context, plan, payloads), compat);
}

function payloadsOf(
  { payloadFile, payloadDelimiter, recordSize }: ProducerPerfPlan,
  notice: (line: string) => void,
): Payloads {
  if (recordSize !== undefined) return randomPayloads(recordSize);
  if (payloadFile === undefined) return monotonicPayloads;
  notice(`Reading payloads from: ${resolve(payloadFile)}`);
  const payloads = splitPayloads(textOf(payloadFile), payloadDelimiter);
  notice(`Number of records read: ${payloads.length}`);
  return chosenPayloads(payloads);
}

/** A file that cannot be read counts as empty, as in Kafka's script. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

type Measured = PerfResult & { readonly brokerIds: readonly number[] };

async function measure(
  { output, compat, notice }: Context,
  plan: ProducerPerfPlan,
  payloads: Payloads,
): Promise<Measured> {
  const unreachable = deferred<never>();
  const producer = await createProducer(plan.producer, {
    logger: toolLogger(output),
    ...(compat.failFast && { onUnreachable: ({ message }: ConnectionError) => unreachable.reject(new Error(message)) }),
  });
  if (plan.warmupRecords > 0)
    notice(
      `Warmup first ${plan.warmupRecords} records. Steady state results will print after the complete test summary.`,
    );
  const onError = (error: Error) => output.warn(causes(error));
  const shown = progress(output, compat.progress, { total: plan.records });
  const onRecords = (records: number) => shown?.add(records);
  try {
    const result = await Promise.race([
      measureProducer(producer, { ...plan, payloads, print: notice, onRecords, onError }),
      unreachable.promise,
    ]);
    await producer.close();
    return { ...result, brokerIds: producer.brokerIds };
  } finally {
    shown?.end();
  }
}

function reportOf(
  { printMetrics, producer, topic }: ProducerPerfPlan,
  { all, steadyState, failed, brokerIds }: Measured,
  compat: Compat,
): Report {
  const lines = [totalsLine(all), ...(steadyState ? [totalsLine(steadyState, ' steady state')] : [])];
  if (printMetrics) {
    const client = {
      clientId: producer['client.id']!,
      groups: PRODUCER_METRICS,
      group: 'producer-metrics',
      counts: { 'record-error-total': failed, 'record-send-total': all.records + failed },
      nodes: nodesOf(brokerIds, false),
      partitions: [{ topic, partition: 0 }],
    };
    lines.push(...metricReport(client, compat));
  }
  return {
    data: { ...all, failed, steadyState: steadyState ?? null },
    text: `${lines.join('\n')}\n`,
    failed: failed > 0,
    kafkaExit: 0,
  };
}
