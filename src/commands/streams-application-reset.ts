import { advice } from '../cli/failure-text.ts';
import { logLine } from '../cli/log-lines.ts';
import { openAdmin } from '../cli/open-admin.ts';
import { OptionError } from '../cli/options/errors.ts';
import {
  checkStreamsApplicationReset,
  type StreamsApplicationResetOptions,
  streamsApplicationReset,
} from '../cli/options/scripts/streams-application-reset.ts';
import { readPlan } from '../cli/read-plan.ts';
import { scriptCommand } from '../cli/script-command.ts';
import { ClientSetupError, withAdmin } from '../cli/with-admin.ts';
import { JavaException } from '../tools/java-exception.ts';
import { parseDateTime } from '../tools/offset-reset/datetime.ts';
import { UnexpectedCommitError } from '../tools/streams-application-reset/committed.ts';
import { PlanMismatch } from '../tools/streams-application-reset/positions.ts';
import type { Scenario } from '../tools/streams-application-reset/reset.ts';
import { parseDuration } from '../util/java-duration.ts';

const DEFAULT_BOOTSTRAP_SERVER = 'localhost:9092';

export default scriptCommand({
  script: streamsApplicationReset,
  async run(context) {
    const { options, notice } = context;
    checkStreamsApplicationReset(options);
    if (options.has('config-file'))
      notice(
        'Option --config-file has been deprecated and will be removed in a future version. Use --command-config instead.',
      );
    const connection = {
      bootstrapServer: options.value('bootstrap-server') ?? DEFAULT_BOOTSTRAP_SERVER,
      commandConfig: options.value('config-file') ?? options.value('command-config'),
    };
    const dryRun = options.has('dry-run');
    const wanted = {
      applicationId: options.value('application-id')!,
      inputTopics: options.values('input-topics'),
      intermediateTopics: options.values('intermediate-topics'),
      internalTopics: options.values('internal-topics'),
      scenario: () => scenarioOf(options),
      force: options.has('force'),
      dryRun,
    };
    const { resetApplication } = await import('../tools/streams-application-reset/reset.ts');
    return withAdmin(
      () => openAdmin(connection, context),
      (admin) => resetApplication(wanted, admin, {}),
    );
  },
  failure(error, { compat }) {
    const { text = '', notes = [] } = error as { text?: string; notes?: readonly string[] };
    const log = error.cause instanceof UnexpectedCommitError ? `${commitLog(error.cause)}\n` : '';
    const before = log + notes.map((note) => `${note}\n`).join('');
    const thrown = compat.hints ? error.message : inJavasWords(error);
    const trace = compat.hints ? advice(error, compat) : `${thrown}\n`;
    return { stdout: text, stderr: `${before}ERROR: ${thrown}\n${trace}` };
  },
});

const commitLog = ({ logged }: UnexpectedCommitError): string =>
  logLine('ERROR', logged, 'org.apache.kafka.clients.consumer.internals.ConsumerCoordinator');

/** With the class of the exception that Kafka's script meets. */
function inJavasWords(error: Error): string {
  if (error.cause instanceof PlanMismatch) return error.cause.inJavasWords;
  if (error instanceof OptionError) return `${error.javaClass}: ${error.message}`;
  return error instanceof ClientSetupError ? String(error.cause) : error.message;
}

/** In the order in which Kafka's script looks for them; the first record if none is given. */
async function scenarioOf(options: StreamsApplicationResetOptions): Promise<Scenario> {
  try {
    if (options.has('to-offset')) return { to: 'offset', by: options.value('to-offset')! };
    if (options.has('to-latest')) return { to: 'latest' };
    if (options.has('shift-by')) return { to: 'shift', by: options.value('shift-by')! };
  } catch (error) {
    if (error instanceof OptionError) throw new JavaException(error.javaClass, error.message);
    throw error;
  }
  if (options.has('to-datetime')) return { to: 'time', timestampMs: dateTime(options.value('to-datetime')!) };
  if (options.has('by-duration'))
    return { to: 'time', timestampMs: Date.now() - duration(options.value('by-duration')!) };
  const file = options.value('from-file');
  return file === undefined ? { to: 'earliest' } : { to: 'plan', text: await readPlan(file) };
}

function dateTime(text: string): number {
  try {
    return parseDateTime(text);
  } catch (error) {
    const javaClass = 'java.text.ParseException';
    throw new JavaException(javaClass, (error as Error).message.replace(`${javaClass}: `, ''));
  }
}

function duration(text: string): number {
  try {
    return parseDuration(text);
  } catch (error) {
    throw new JavaException('java.time.format.DateTimeParseException', (error as Error).message);
  }
}
