import { type ConnectionOptions, PropertiesFileError } from '../cli/command-config.ts';
import { advice, causedBy, setupText } from '../cli/failure-text.ts';
import { logLine } from '../cli/log-lines.ts';
import { openAdmin } from '../cli/open-admin.ts';
import { OptionError } from '../cli/options/errors.ts';
import {
  type ClientMetricsOptions,
  CommandError,
  checkClientMetrics,
  clientMetrics,
} from '../cli/options/scripts/client-metrics.ts';
import { scriptCommand } from '../cli/script-command.ts';
import { ClientSetupError, withAdmin } from '../cli/with-admin.ts';
import { randomUuid } from '../util/uuid.ts';

export default scriptCommand({
  script: clientMetrics,
  async run(context) {
    const { options, compat } = context;
    const action = checkClientMetrics(options, compat.manner === 'kafka');
    const name = options.value('name');
    const connection = connectionOf(options);
    const tool = await import('../tools/client-metrics/client-metrics.ts');
    return withAdmin(
      () => openAdmin(connection, context),
      (admin) => {
        if (action === 'list') return tool.listClientMetrics(admin);
        if (action === 'describe') return tool.describeClientMetrics(admin, name);
        if (action === 'delete') return tool.deleteClientMetrics(admin, name!);
        return tool.alterClientMetrics(admin, name ?? randomUuid(), changesOf(options));
      },
    );
  },
  failure(error, { compat }) {
    if (error instanceof CommandError) {
      const stack = compat.manner === 'kafka' ? `${error}\n\n` : '';
      return { stderr: `${error.message}\n${stack}` };
    }
    const thrown = error instanceof ClientSetupError ? (error.cause as Error) : error;
    if (thrown instanceof PropertiesFileError) return { stderr: `${setupText(error)}${advice(error, compat)}` };
    const log = logLine('ERROR', `${thrown}\n${causedBy(thrown)}`, 'org.apache.kafka.tools.ClientMetricsCommand');
    return {
      stdout: `Error while executing client metrics command : ${error.message}\n`,
      stderr: `${compat.manner === 'kafka' ? `${log}\n` : ''}${advice(error, compat)}`,
    };
  },
});

/** What is wrong with these Kafka's script says before it begins. @throws CommandError */
function connectionOf(options: ClientMetricsOptions): ConnectionOptions {
  try {
    const commandConfig = options.value('command-config');
    return { commandConfig, bootstrapServer: options.value('bootstrap-server') };
  } catch (error) {
    throw error instanceof OptionError ? new CommandError(error.message, error.javaClass) : error;
  }
}

function changesOf(options: ClientMetricsOptions): Map<string, string> {
  const changes = new Map<string, string>();
  const interval = options.value('interval');
  if (interval !== undefined) changes.set('interval.ms', interval === '' ? '' : String(Number(interval)));
  if (options.has('metrics')) changes.set('metrics', options.values('metrics').join(','));
  if (options.has('match')) changes.set('match', options.values('match').join(','));
  return changes;
}
