import { PropertiesFileError } from '../cli/command-config.ts';
import { advice, clusterError } from '../cli/failure-text.ts';
import { openAdmin } from '../cli/open-admin.ts';
import { UsageError } from '../cli/options/errors.ts';
import {
  checkReassignPartitions,
  type ReassignAction,
  type ReassignOptions,
  reassignPartitions,
} from '../cli/options/scripts/reassign-partitions.ts';
import { scriptCommand } from '../cli/script-command.ts';
import { readTextFile } from '../cli/text-file.ts';
import { ClientSetupError, withAdmin } from '../cli/with-admin.ts';
import type { Admin, Reassignment } from '../client/admin.ts';
import { commandFailed } from '../tools/admin-exceptions.ts';
import { JavaException } from '../tools/java-exception.ts';
import { type Print, TerseFailure } from '../tools/reassign-partitions/action.ts';
import { execution } from '../tools/reassign-partitions/cluster-state.ts';
import type { Report } from '../tools/report.ts';

/** A failure, with what was printed before it. */
class Failed extends Error {
  readonly printed: string;
  constructor(cause: Error, printed: string) {
    super(cause.message, { cause });
    this.printed = printed;
  }
}

export default scriptCommand({
  script: reassignPartitions,
  async run(context) {
    const { options, compat, output, format } = context;
    const action = checkReassignPartitions(options, compat.manner === 'kafka');
    const atOnce = compat.kafkaStreams && format === 'text';
    let text = '';
    const print: Print = (more) => {
      if (atOnce) output.write(more);
      else text += more;
    };
    try {
      const connection = {
        bootstrapServer: options.value('bootstrap-server'),
        bootstrapController: options.value('bootstrap-controller'),
        commandConfig: options.value('command-config'),
      };
      const data = await withAdmin(
        () => openAdmin(connection, context, { 'client.id': 'reassign-partitions-tool' }),
        async (admin) => (await prepare(action, options))(admin, print),
      );
      return {
        data,
        text,
        ...tableOf(action, data),
        ...(action === 'verify' && { finished: !/ still in progress\.$/m.test(text) }),
      };
    } catch (error) {
      if (!(error instanceof Error) || error instanceof UsageError) throw error;
      throw new Failed(error, text);
    }
  },
  failure(error, { compat, format }) {
    if (!(error instanceof Failed)) return { stderr: `${error.message}\n` };
    const cause = error.cause as Error;
    const shown = clusterError(cause) ? execution(cause) : cause;
    if (!compat.kafkaStreams || format !== 'text') {
      const reason = cause.cause instanceof Error && clusterError(cause.cause) ? cause.cause : cause;
      return { printed: error.printed, stderr: `${reason.message}\n${advice(cause, compat)}` };
    }
    if (cause instanceof TerseFailure) return { stdout: `${error.printed}${cause.message}\n` };
    const stdout = `${error.printed}Error: ${shown.message}\n`;
    if (compat.manner === 'script') return { stdout, stderr: advice(cause, compat) };
    return { stdout: `${stdout}${thrown(shown)}\n` };
  },
});

/** Looks have tables; JSON that is to be kept, and what was done, are text for everybody. */
function tableOf(action: ReassignAction, data: unknown): Pick<Report, 'table'> {
  if (action === 'list') {
    const rows = (data as readonly Reassignment[]).map((one) => [
      `${one.topic}-${one.partition}`,
      ...[one.replicas, one.addingReplicas, one.removingReplicas].map((ids) => ids.join(',') || '-'),
    ]);
    return { table: { columns: ['Partition', 'Replicas', 'Adding', 'Removing'], rows } };
  }
  return {};
}

/** The exception and what caused it, a file that is not there by Java's name. */
function thrown(error: Error): string {
  const file = error instanceof ClientSetupError ? error.cause : error;
  if (file instanceof PropertiesFileError) return `java.nio.file.NoSuchFileException: ${file.path}\n`;
  return `${error}\n${causesOf(error)}`;
}

/** As Java prints them; what is behind an answer of the cluster's is ktool's own. */
function causesOf({ cause }: Error): string {
  if (!(cause instanceof Error)) return '';
  return `Caused by: ${cause}\n${clusterError(cause) ? '' : causesOf(cause)}`;
}

/** Reads the files that an action needs. */
async function prepare(
  action: ReassignAction,
  options: ReassignOptions,
): Promise<(admin: Admin, print: Print) => Promise<unknown>> {
  const tool = await import('../tools/reassign-partitions/actions.ts');
  const { duplicates, parsePlan, parseTopics } = await import('../tools/reassign-partitions/plan.ts');
  if (action === 'list') return tool.list;
  if (action === 'generate') {
    const text = readTextFile(options.value('topics-to-move-json-file')!);
    const brokers = brokerWords(options.value('broker-list')!).map(brokerId);
    const twice = duplicates(brokers, (id) => id);
    if (twice.length > 0) throw commandFailed(`Broker list contains duplicate entries: [${twice.join(', ')}]`);
    const topics = parseTopics(text);
    const rackAware = !options.has('disable-rack-aware');
    return (admin, print) => tool.generate(admin, topics, brokers, rackAware, print);
  }
  const text = readTextFile(options.value('reassignment-json-file')!);
  const plan = parsePlan(text);
  const preserve = options.has('preserve-throttles');
  if (action === 'verify') return (admin, print) => tool.verify(admin, plan, preserve, print);
  const timeoutMs = options.value('timeout')!;
  const cancelling = { preserveThrottles: preserve, timeoutMs };
  if (action === 'cancel') return (admin, print) => tool.cancel(admin, plan, cancelling, print);
  const wanted = {
    additional: options.has('additional'),
    interBroker: options.value('throttle')!,
    logDirs: options.value('replica-alter-log-dirs-throttle')!,
    timeoutMs,
    allowReplicationFactorChange: !options.has('disallow-replication-factor-change'),
  };
  return (admin, print) => tool.execute(admin, plan, wanted, print);
}

/** As Java splits it: without empty words at the end. */
const brokerWords = (list: string): string[] => list.replace(/(?<=.),+$/, '').split(',');

function brokerId(word: string): number {
  if (/^[+-]?\d{1,10}$/.test(word)) return Number(word);
  throw new JavaException('java.lang.NumberFormatException', `For input string: "${word}"`);
}
