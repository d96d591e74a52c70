import { advice, asFutures } from '../cli/failure-text.ts';
import { listenForInterrupt } from '../cli/interrupt.ts';
import { printErrorDocument } from '../cli/json-wanted.ts';
import { logLine, logTime } from '../cli/log-lines.ts';
import { openAdmin } from '../cli/open-admin.ts';
import { brokersToVerify, replicaVerification } from '../cli/options/scripts/replica-verification.ts';
import { STREAM_FORMS } from '../cli/own-options/table.ts';
import { Exit, scriptCommand } from '../cli/script-command.ts';
import { withAdmin } from '../cli/with-admin.ts';
import type { TopicPartition } from '../client/admin.ts';
import { JavaException } from '../tools/java-exception.ts';
import { type Finding, findingText } from '../tools/replica-verification/finding.ts';
import { includeList } from '../tools/topic-filter.ts';
import { systemClock } from '../util/clock.ts';

const LOGGER = 'org.apache.kafka.tools.ReplicaVerificationTool';

export default scriptCommand({
  script: replicaVerification,
  forms: STREAM_FORMS,
  rewrite(argv, { output }) {
    const text = 'This tool is deprecated and may be removed in a future major release.';
    output.warn(logLine('WARN', text, LOGGER));
    return argv;
  },
  async run(context) {
    const { options, output, format, compat } = context;
    const connection = { bootstrapServer: brokersToVerify(options), commandConfig: undefined };
    const { NoTopics, verifyReplicas } = await import('../tools/replica-verification/verify.ts');
    const { OffsetMismatch } = await import('../tools/replica-verification/verification.ts');
    const plan = {
      isWanted: (topic: string) => topics(options.value('topics-include')!)(topic),
      initialTime: () => options.value('time')!,
      reportIntervalMs: () => options.value('report-interval-ms')!,
      fetchSize: () => options.value('fetch-size')!,
      maxWaitMs: () => options.value('max-wait-ms')!,
    };
    const interrupt = listenForInterrupt();
    const io = {
      tell: (finding: Finding) => {
        const time = new Date();
        if (format === 'json') output.print(JSON.stringify({ ...finding, time: time.getTime() }));
        else output.print(`${logTime(time)}: ${findingText(finding)}`);
      },
      ...(compat.manner === 'kafka' && {
        onOffset: ({ topic, partition }: TopicPartition) => output.warn(unassigned(`${topic}-${partition}`)),
      }),
      monotonicMs: systemClock.monotonicMs,
      signal: interrupt.signal,
    };
    try {
      await withAdmin(
        () => openAdmin(connection, context),
        (admin) => verifyReplicas(admin, plan, io),
      );
      return new Exit(interrupt.status ?? 0);
    } catch (error) {
      if (error instanceof NoTopics) {
        if (format === 'json') printErrorDocument(error.message, output);
        output.warn(logLine('ERROR', error.message, LOGGER));
      } else if (!(error instanceof OffsetMismatch)) throw error;
      return new Exit(1);
    } finally {
      interrupt.dispose();
    }
  },
  failure(error, { compat }) {
    const thrown = asFutures(error, compat);
    return { stderr: `${thrown.message}\n${compat.hints ? advice(error, compat) : `${thrown}\n`}` };
  },
});

/** The script asks a consumer for offsets of partitions that are not its own, and the consumer says so. */
const unassigned = (partition: string): string =>
  logLine(
    'WARN',
    `[Consumer clientId=consumer-ReplicaVerification-1, groupId=ReplicaVerification] Not updating high watermark for partition ${partition} as it is no longer assigned`,
    'org.apache.kafka.clients.consumer.internals.OffsetFetcherUtils',
  );

/** Kafka's script words a bad pattern without the full stop of the other scripts. */
function topics(argument: string): (topic: string) => boolean {
  try {
    return includeList(argument);
  } catch {
    throw new JavaException('java.lang.RuntimeException', `${argument} is an invalid regex`);
  }
}
