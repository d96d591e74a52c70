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
    const connection = {
      bootstrapServer: options.value('bootstrap-server'),
      commandConfig: options.value('command-config'),
    };
    const tool = await import('../tools/broker-api-versions/broker-api-versions.ts');
    return withAdmin(() => openAdmin(connection, context), tool.brokerApiVersions);
  },
  failure(error, { compat }) {
    // Kafka's script makes its client by itself, so that the reason is not wrapped.
    const reason = error instanceof ClientSetupError ? innermost(error) : error;
    return { stderr: `${reason.message}\n${advice(error, compat)}` };
  },
});

const innermost = (error: Error): Error => (error.cause instanceof Error ? innermost(error.cause) : error);
