import { PropertiesFileError, readPropertiesFile } from '../cli/command-config.ts';
import { advice, causedBy, clusterError } from '../cli/failure-text.ts';
import { openAdmin } from '../cli/open-admin.ts';
import { type ConfigsOptions, configs } from '../cli/options/scripts/configs.ts';
import { type ConfigsPlan, checkConfigs } from '../cli/options/scripts/configs-checks.ts';
import { type ScriptContext, scriptCommand } from '../cli/script-command.ts';
import { hideTypedSecrets, withoutTypedSecrets } from '../cli/typed-secrets.ts';
import { ClientSetupError, withAdmin } from '../cli/with-admin.ts';
import type { Admin } from '../client/admin.ts';
import type { Changes } from '../tools/configs/changes.ts';
import type { Report } from '../tools/report.ts';

export default scriptCommand({
  script: configs,
  async run(context) {
    const { argv, compat } = context;
    try {
      return await act(context);
    } catch (error) {
      // Kafka's script repeats what it was given.
      if (compat.manner === 'friendly') hideTypedSecrets(error, argv);
      throw error;
    }
  },
  failure(error, { argv, compat }) {
    const cause = error instanceof ClientSetupError && error.cause instanceof Error ? error.cause : error;
    if (cause instanceof PropertiesFileError || error instanceof ClientSetupError || clusterError(error)) {
      const line = withArguments(argv);
      const told = compat.manner === 'friendly' ? withoutTypedSecrets(line, argv) : line;
      return { stderr: `${told}${cause}\n${causedBy(cause)}${advice(error, compat)}` };
    }
    return { stderr: `${error.message}\n` };
  },
});

async function act(context: ScriptContext<typeof configs>): Promise<Report> {
  const { options } = context;
  const plan = await checkConfigs(options);
  const connection = {
    bootstrapServer: options.value('bootstrap-server'),
    bootstrapController: options.value('bootstrap-controller'),
    commandConfig: options.value('command-config'),
  };
  return withAdmin(
    () => openAdmin(connection, context),
    (admin) => (plan.action === 'alter' ? alter(admin, plan, options) : describe(admin, plan, context)),
  );
}

const withArguments = (argv: readonly string[]): string =>
  `Error while executing config command with args '${argv.join(' ')}'\n`;

async function alter(admin: Admin, { types, names }: ConfigsPlan, options: ConfigsOptions): Promise<Report> {
  const changes = await changesOf(options);
  const { alterConfigs } = await import('../tools/configs/alter.ts');
  if (types.length !== names.length) throw new Error('An entity name must be specified for every entity type');
  return alterConfigs(
    admin,
    types.map((type, i) => ({ type, name: names[i]! })),
    changes,
  );
}

async function changesOf(options: ConfigsOptions): Promise<Changes> {
  const { checkedKeys, parseAddConfig } = await import('../tools/configs/changes.ts');
  const [argument, file] = [options.value('add-config'), options.value('add-config-file')];
  const fromFile = file === undefined ? {} : readPropertiesFile(file);
  return {
    add: argument === undefined ? checkedKeys(new Map(Object.entries(fromFile))) : parseAddConfig(argument),
    remove: options.values('delete-config').map((key) => key.trim()),
  };
}

async function describe(
  admin: Admin,
  { types, names }: ConfigsPlan,
  { options, compat, format, output, notice }: ScriptContext<typeof configs>,
): Promise<Report> {
  const type = types[0]!;
  if (type === 'users' || type === 'clients' || type === 'ips') {
    const { describeQuotas } = await import('../tools/configs/describe-quotas.ts');
    return describeQuotas(admin, { types, names }, notice);
  }
  const { describeConfigs } = await import('../tools/configs/describe.ts');
  const asItGoes = compat.kafkaStreams && format === 'text';
  const progress = asItGoes ? (text: string) => output.write(text) : undefined;
  return describeConfigs(admin, { type, name: names[0], all: options.has('all'), progress });
}
