import { advice, clusterError } from '../cli/failure-text.ts';
import { openAdmin } from '../cli/open-admin.ts';
import { brokerApiVersions, checkBrokerApiVersions } from '../cli/options/scripts/broker-api-versions.ts';
import { scriptCommand } from '../cli/script-command.ts';
import { stackText } from '../cli/stack-text.ts';
import { ClientSetupError, withAdmin } from '../cli/with-admin.ts';
import { AuthenticationError } from '../client/errors.ts';
import { JavaException } from '../tools/java-exception.ts';

export default scriptCommand({
  script: brokerApiVersions,
  async run(context) {
    const { options } = context;
    checkBrokerApiVersions(options);
    // The settings of this client are its own, and so are their rules.
    if (options.value('bootstrap-server') === '')
      throw new Error("Configuration 'bootstrap.servers' must not be empty. Valid values include: any non-empty value");
    const connection = {
      bootstrapServer: options.value('bootstrap-server'),
      commandConfig: options.value('command-config'),
    };
    const tool = await import('../tools/broker-api-versions/broker-api-versions.ts');
    // Kafka's script has a client of its own, which numbers its ids itself.
    const open = () =>
      openAdmin(connection, context, { 'client.id': 'admin-1' }, 'LegacyAdminClient', { triesOnce: true });
    return withAdmin(open, tool.brokerApiVersions);
  },
  failure(error, { options, compat }) {
    // Kafka's script makes its client by itself, so that the reason is not wrapped.
    const reason = error instanceof ClientSetupError ? innermost(error) : error;
    if (compat.manner === 'kafka' && clusterError(reason) && !(reason instanceof AuthenticationError))
      return { stderr: stackText(unanswered(options.value('bootstrap-server')!), compat) };
    return { stderr: `${reason.message}\n${advice(error, compat)}` };
  },
});

/** The script asks each of the addresses once, and says no more of what they answered. */
function unanswered(servers: string): Error {
  const nodes = servers
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  const texts = nodes.map((one, i) => `${one} (id: ${-1 - i} rack: null isFenced: false)`);
  return new JavaException('java.lang.RuntimeException', `Request METADATA failed on brokers [${texts.join(', ')}]`);
}

const innermost = (error: Error): Error => (error.cause instanceof Error ? innermost(error.cause) : error);
