import { advice } from '../cli/failure-text.ts';
import { openAdmin } from '../cli/open-admin.ts';
import { brokerApiVersions, checkBrokerApiVersions } from '../cli/options/scripts/broker-api-versions.ts';
import { scriptCommand } from '../cli/script-command.ts';
import { ClientSetupError, withAdmin } from '../cli/with-admin.ts';

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
    const open = () => openAdmin(connection, context, { 'client.id': 'admin-1' }, 'LegacyAdminClient');
    return withAdmin(open, tool.brokerApiVersions);
  },
  failure(error, { compat }) {
    // Kafka's script makes its client by itself, so that the reason is not wrapped.
    const reason = error instanceof ClientSetupError ? innermost(error) : error;
    return { stderr: `${reason.message}\n${advice(error, compat)}` };
  },
});

const innermost = (error: Error): Error => (error.cause instanceof Error ? innermost(error.cause) : error);
