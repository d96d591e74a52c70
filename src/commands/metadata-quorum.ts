import { PropertiesFileError, readPropertiesFile } from '../cli/command-config.ts';
import { advice, causedBy } from '../cli/failure-text.ts';
import { openAdmin } from '../cli/open-admin.ts';
import { controllerToRemove, metadataQuorum, quorumView } from '../cli/options/scripts/metadata-quorum.ts';
import { type ScriptContext, scriptCommand } from '../cli/script-command.ts';
import { withAdmin } from '../cli/with-admin.ts';
import type { Admin } from '../client/admin.ts';
import { JavaException } from '../tools/java-exception.ts';
import type { Report } from '../tools/report.ts';

export default scriptCommand({
  script: metadataQuorum,
  async run(context) {
    const { options } = context;
    const connection = {
      bootstrapServer: options.value('bootstrap-server'),
      bootstrapController: options.value('bootstrap-controller'),
      commandConfig: options.value('command-config'),
    };
    return withAdmin(
      () => openAdmin(connection, context),
      (admin) => action(admin, context),
    );
  },
  failure(error, { compat }) {
    if (error.cause instanceof PropertiesFileError)
      return { stderr: `Properties file ${error.cause.path} does not exists!\n` };
    const thrown = compat.manner === 'kafka' ? trace(error) : '';
    return { stderr: `${error.message}\n${thrown}${advice(error, compat)}` };
  },
});

/** Where Kafka's script prints the stack. */
const trace = (error: Error): string =>
  error instanceof JavaException ? `${error}\n` : error.cause instanceof Error ? causedBy(error) : '';

async function action(admin: Admin, { options, compat }: ScriptContext<typeof metadataQuorum>): Promise<Report> {
  const dryRun = options.has('dry-run');
  switch (options.commands[0]) {
    case 'describe': {
      const view = quorumView(options);
      const { describeReplication, describeStatus } = await import('../tools/metadata-quorum/describe.ts');
      if (view === 'status') return describeStatus(admin);
      const clock = options.has('human-readable') ? Date.now : undefined;
      return describeReplication(admin, clock, compat.manner === 'kafka');
    }
    case 'add-controller': {
      const file = options.value('command-config');
      if (file === undefined)
        throw new Error(
          'You must supply the configuration file of the controller you are adding when using add-controller.',
        );
      const { addController, controllerIn } = await import('../tools/metadata-quorum/controllers.ts');
      return addController(admin, controllerIn(readPropertiesFile(file)), dryRun);
    }
    default: {
      const { removeController } = await import('../tools/metadata-quorum/controllers.ts');
      return removeController(admin, controllerToRemove(options), dryRun);
    }
  }
}
