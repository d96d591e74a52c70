import { advice, clusterError } from '../cli/failure-text.ts';
import { openAdmin } from '../cli/open-admin.ts';
import { OptionError } from '../cli/options/errors.ts';
import {
  checkLeaderElection,
  type LeaderElectionOptions,
  leaderElection,
} from '../cli/options/scripts/leader-election.ts';
import { scriptCommand } from '../cli/script-command.ts';
import { stackText } from '../cli/stack-text.ts';
import { readTextFile } from '../cli/text-file.ts';
import { withAdmin } from '../cli/with-admin.ts';
import type { TopicPartition } from '../client/admin.ts';
import { commandFailed } from '../tools/admin-exceptions.ts';
import { executionException, JavaException } from '../tools/java-exception.ts';

const OWN_MISTAKE = 'org.apache.kafka.tools.AdminOperationException';

/** Half as long as the whole call, as the script itself sets it. */
const TIMEOUTS = { 'default.api.timeout.ms': '30000', 'request.timeout.ms': '15000' };

export default scriptCommand({
  script: leaderElection,
  async run(context) {
    const { options, compat, notice } = context;
    const type = checkLeaderElection(options, compat.manner === 'kafka');
    if (options.has('admin.config'))
      notice(
        'Option --admin.config has been deprecated and will be removed in a future version. Use --command-config instead.',
      );
    const connection = {
      bootstrapServer: options.value('bootstrap-server'),
      commandConfig: options.value('admin.config') ?? options.value('command-config'),
    };
    const partitions = await partitionsOf(options);
    const { electLeaders } = await import('../tools/leader-election/elect.ts');
    return withAdmin(
      () => openAdmin(connection, context, {}, undefined, { defaults: TIMEOUTS }),
      (admin) => electLeaders(admin, type, partitions),
    );
  },
  failure(error, { compat, format }) {
    if (error instanceof OptionError) return { stderr: `${error.message}\n` };
    const failed = answeredAs(error);
    if (failed === undefined) return { stderr: stackText(compat.manner === 'kafka' ? wrapped(error) : error, compat) };
    const text = `${failed.message}\n`;
    if (compat.manner === 'kafka') return { stdout: text, stderr: stackText(failed, compat) };
    if (compat.kafkaStreams && format === 'text') return { stdout: text, stderr: advice(error, compat) };
    return { stderr: `${text}${advice(error, compat)}` };
  },
});

/** What the cluster answered to the call as a whole, wrapped twice. */
function wrapped(error: Error): Error {
  if (clusterError(error) === undefined) return error;
  const failure = executionException(error);
  return Object.assign(new JavaException('java.lang.RuntimeException', String(failure)), { cause: failure });
}

/** The exception that stands for a call that failed as a whole, in the words of Kafka's script. */
function answeredAs(error: Error): Error | undefined {
  const name = clusterError(error)?.info.name;
  const isTimeout = name === 'REQUEST_TIMED_OUT';
  if (!isTimeout && name !== 'CLUSTER_AUTHORIZATION_FAILED') return undefined;
  const text = isTimeout ? 'Timeout waiting for election results' : 'Not authorized to perform leader election';
  return Object.assign(commandFailed(text), { cause: error });
}

async function partitionsOf(options: LeaderElectionOptions): Promise<TopicPartition[] | undefined> {
  if (options.has('all-topic-partitions')) return undefined;
  const file = options.value('path-to-json-file');
  if (file === undefined) return [{ topic: options.value('topic')!, partition: options.value('partition')! }];
  const { parseElectionFile } = await import('../tools/leader-election/election-file.ts');
  return wrapping(() => parseElectionFile(readTextFile(file)));
}

/** The script wraps what reading its file throws, but not what it has to say of the content itself. */
function wrapping<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof JavaException && error.javaClass === OWN_MISTAKE) throw error;
    throw Object.assign(new JavaException('java.lang.RuntimeException', String(error)), { cause: error });
  }
}
