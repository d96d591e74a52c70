import { advice, clusterError, setupText } from '../cli/failure-text.ts';
import { logLine } from '../cli/log-lines.ts';
import { adminLabel, openAdmin } from '../cli/open-admin.ts';
import { type ClusterOptions, cluster, clusterConfigFile } from '../cli/options/scripts/cluster.ts';
import { type ScriptContext, scriptCommand } from '../cli/script-command.ts';
import { ClientSetupError, withAdmin } from '../cli/with-admin.ts';
import type { Admin } from '../client/admin.ts';
import { AuthenticationError, ConnectionError, TimeoutError } from '../client/errors.ts';
import type { Report } from '../tools/report.ts';

export default scriptCommand({
  script: cluster,
  async run(context) {
    const { options, notice } = context;
    const connection = {
      commandConfig: clusterConfigFile(options, { notice }),
      bootstrapServer: options.value('bootstrap-server'),
      bootstrapController: options.value('bootstrap-controller'),
    };
    if (options.has('include-fenced-brokers') && options.has('bootstrap-controller'))
      throw new Error('The option --include-fenced-brokers is only supported with --bootstrap-server option');
    return withAdmin(
      () => openAdmin(connection, context),
      (admin) => action(admin, options),
    );
  },
  failure(error, { options, compat }) {
    if (error instanceof ClientSetupError) return { stderr: `${setupText(error)}${advice(error, compat)}` };
    if (clusterError(error)) return { stderr: `${refusal(error, options)}${advice(error, compat)}` };
    return { stderr: `${error.message}\n` };
  },
});

async function action(admin: Admin, options: ClusterOptions): Promise<Report> {
  switch (options.commands[0]) {
    case 'cluster-id':
      return (await import('../tools/cluster/cluster-id.ts')).clusterId(admin);
    case 'unregister':
      return (await import('../tools/cluster/unregister.ts')).unregisterBroker(admin, options.value('id')!);
    default:
      return (await import('../tools/cluster/list-endpoints.ts')).listEndpoints(admin, {
        controllers: options.has('bootstrap-controller'),
        includeFenced: options.has('include-fenced-brokers'),
      });
  }
}

/** Kafka's client logs what the cluster answers to an unregistration; the script shows the exception of the future. */
function refusal(error: Error, options: ScriptContext<typeof cluster>['options']): string {
  const isBroker = clusterError(error)?.info.name === 'MISMATCHED_ENDPOINT_TYPE';
  const isAnswer = !isBroker && !OWN_FAILURES.some((kind) => error instanceof kind);
  if (options.commands[0] !== 'unregister' || !isAnswer) return `${error}\n`;
  const label = adminLabel({ commandConfig: options.value('command-config') ?? options.value('config') });
  const text = `${label} Unregister broker request for broker ID ${options.value('id')} failed: ${error.message}`;
  return `${logLine('ERROR', text, 'org.apache.kafka.clients.admin.KafkaAdminClient')}\n${error}\n`;
}

/** What the client says by itself. */
const OWN_FAILURES = [TimeoutError, ConnectionError, AuthenticationError];
