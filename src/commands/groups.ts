import { PropertiesFileError } from '../cli/command-config.ts';
import { advice } from '../cli/failure-text.ts';
import { causes, logLine } from '../cli/log-lines.ts';
import { openAdmin } from '../cli/open-admin.ts';
import { OptionError } from '../cli/options/errors.ts';
import { checkGroups, type GroupsOptions, groups, UnknownGroupType } from '../cli/options/scripts/groups.ts';
import { scriptCommand } from '../cli/script-command.ts';
import { ClientSetupError, withAdmin } from '../cli/with-admin.ts';
import { JavaException } from '../tools/java-exception.ts';

export default scriptCommand({
  script: groups,
  async run(context) {
    const { options } = context;
    const wanted = checkGroups(options);
    const connection = {
      bootstrapServer: options.value('bootstrap-server'),
      commandConfig: options.value('command-config'),
    };
    const { listGroups } = await import('../tools/groups/list.ts');
    return withAdmin(
      () => openAdmin(connection, context),
      (admin) => listGroups(admin, { ...wanted, protocol: protocolOf(options) }),
    );
  },
  failure(error, { compat }) {
    const isKafka = compat.manner === 'kafka';
    const thrown = beforeTheClient(error);
    if (thrown) return { stderr: `${error.message}\n${isKafka ? `${thrown}: ${error.message}\n` : ''}` };
    const log = isKafka
      ? `${logLine('ERROR', `${causes(error instanceof ClientSetupError ? error.cause : error)}\n`, 'org.apache.kafka.tools.GroupsCommand')}\n`
      : '';
    return {
      stdout: `Error while executing groups command : ${error.message}\n`,
      stderr: `${log}${advice(error, compat)}`,
    };
  },
});

/** Kafka's script takes this option only when it lists: two of them are a failure of the listing. */
function protocolOf(options: GroupsOptions): string | undefined {
  try {
    return options.value('protocol');
  } catch (error) {
    throw error instanceof OptionError ? new JavaException(error.javaClass, error.message) : error;
  }
}

/** The class of an exception that Kafka's script meets while it reads its options; undefined for any other. */
function beforeTheClient(error: Error): string | undefined {
  if (error instanceof UnknownGroupType) return 'java.lang.IllegalArgumentException';
  if (error instanceof OptionError) return error.javaClass;
  return error.cause instanceof PropertiesFileError ? error.cause.javaClass : undefined;
}
