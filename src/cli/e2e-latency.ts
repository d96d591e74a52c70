import { setTimeout } from 'node:timers/promises';
import { type Admin, createAdmin, OffsetSpec, type TopicDescription } from '../client/admin.ts';
import { Consumer } from '../client/consumer.ts';
import { TimeoutError } from '../client/errors.ts';
import { createProducer } from '../client/producer.ts';
import { ErrorCode, KafkaError } from '../protocol/errors.ts';
import { latencyLines, measureLatency } from '../tools/e2e-latency/measure.ts';
import { executionException, JavaException } from '../tools/java-exception.ts';
import type { Report } from '../tools/report.ts';
import { systemClock } from '../util/clock.ts';
import { toolLogger } from './log-lines.ts';
import { checkE2eLatency, type E2eLatencyPlan, type e2eLatency } from './options/scripts/e2e-latency.ts';
import type { ScriptContext } from './script-command.ts';
import { progress } from './terminal/progress.ts';

/** As long as Kafka's script asks for the partitions (default.api.timeout.ms), and how often. */
const TOPIC_TIMEOUT_MS = 60_000;
const RETRY_MS = 100;
/** What Kafka's consumer, which it asks for the topics, says of a cluster that does not answer. */
const NO_METADATA = 'Timeout expired while fetching topic metadata';

type Context = ScriptContext<typeof e2eLatency>;

/** Runs e2e-latency: every thousandth record as it goes, the average and percentiles at the end. */
export async function runE2eLatency(context: Context): Promise<Report> {
  const plan = checkE2eLatency(context.options);
  const groupId = `test-group-${systemClock.nowMs()}`;
  const positions = await preparedTopic(context, plan, groupId);
  const logger = toolLogger(context.output);
  const producer = await createProducer(
    { ...plan.settings, 'linger.ms': '0', 'max.block.ms': String(Number.MAX_SAFE_INTEGER), acks: plan.acks },
    { logger },
  );
  const consumer = await Consumer.create(
    {
      ...plan.settings,
      'group.id': groupId,
      'enable.auto.commit': 'false',
      'auto.offset.reset': 'latest',
      'fetch.max.wait.ms': '0',
    },
    { logger },
  );
  const shown = progress(context.output, context.compat.progress, { total: plan.records });
  const onRecord = () => shown?.add(1);
  try {
    consumer.assignAt(positions);
    const latencies = await measureLatency(producer, consumer, { ...plan, print: context.notice, onRecord });
    await consumer.commitAssigned();
    return { data: latencies, text: latencyLines(latencies) };
  } finally {
    shown?.end();
    await producer.close();
    await consumer.close();
  }
}

/** Makes the topic if it is not there and answers where its partitions end. */
async function preparedTopic(
  { output, compat, notice }: Context,
  { topic, settings }: E2eLatencyPlan,
  groupId: string,
) {
  // Kafka's script asks with its consumer, which its log names.
  const named = { 'client.id': `consumer-${groupId}-1`, ...settings };
  const admin = await createAdmin(named, {
    kind: 'Consumer',
    groupId,
    logger: toolLogger(output),
    clock: systemClock,
    failFast: compat.failFast,
  });
  try {
    const topics = await admin.listTopics().catch((error) => {
      throw error instanceof TimeoutError
        ? new TimeoutError(NO_METADATA, compat.hints ? error.cause : undefined)
        : error;
    });
    if (!topics.some(({ name }) => name === topic)) {
      notice(`Topic "${topic}" does not exist. Will create topic with 1 partition(s) and replication factor = 1`);
      const created = (await admin.createTopics([{ name: topic, numPartitions: 1, replicationFactor: 1 }])).get(topic);
      if (created instanceof Error) {
        notice(`Creation of topic ${topic} failed`);
        const cause = executionException(created);
        throw Object.assign(new JavaException('java.lang.RuntimeException', String(cause)), { cause });
      }
    }
    const description = await described(admin, topic);
    const ends = description.partitions.map(({ partition }) => ({ topic, partition, timestamp: OffsetSpec.LATEST }));
    return await admin.listOffsets(ends);
  } finally {
    await admin.close();
  }
}

/** A topic that was just created is not known to every broker at once. */
async function described(admin: Admin, topic: string): Promise<TopicDescription> {
  const deadlineMs = systemClock.monotonicMs() + TOPIC_TIMEOUT_MS;
  for (;;) {
    const description = (await admin.describeTopics([topic])).get(topic)!;
    if (!(description instanceof Error)) return description;
    const isUnknown = description instanceof KafkaError && description.code === ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
    if (!isUnknown || systemClock.monotonicMs() > deadlineMs) throw description;
    await setTimeout(RETRY_MS);
  }
}
