import { readPropertiesFile } from '../cli/command-config.ts';
import { advice } from '../cli/failure-text.ts';
import { openAdmin } from '../cli/open-admin.ts';
import { features, featuresConnection, parseFeatureLevel } from '../cli/options/scripts/features.ts';
import { type ScriptContext, scriptCommand } from '../cli/script-command.ts';
import { withAdmin } from '../cli/with-admin.ts';
import type { Admin } from '../client/admin.ts';
import type { FeatureOperation } from '../tools/features/update.ts';
import type { Report } from '../tools/report.ts';

type Context = ScriptContext<typeof features>;

export default scriptCommand({
  script: features,
  async run(context) {
    const { options } = context;
    switch (options.commands[0]) {
      case 'version-mapping':
        return (await import('../tools/features/mapping.ts')).versionMapping(options.value('release-version'));
      case 'feature-dependencies': {
        const { featureDependencies } = await import('../tools/features/mapping.ts');
        const noLevel = (name: string, level: number) => `No feature:${name} with feature level ${level}`;
        return featureDependencies(options.values('feature').map(parseFeatureLevel), noLevel);
      }
    }
    // Kafka reads the file before it looks for an address.
    const commandConfig = options.value('command-config');
    if (commandConfig !== undefined) readPropertiesFile(commandConfig);
    const connection = featuresConnection(options);
    return withAdmin(
      () => openAdmin(connection, context),
      (admin) => action(admin, context),
    );
  },
  failure: (error, { compat }) => ({ stderr: `${error.message}\n${advice(error, compat)}` }),
});

async function action(admin: Admin, context: Context): Promise<Report> {
  const { options } = context;
  const command = options.commands[0];
  if (command === 'describe') {
    const nodeId = options.value('node-id');
    if (nodeId !== undefined && nodeId < 0) throw new Error(`Invalid node id ${nodeId}: must be non-negative.`);
    return (await import('../tools/features/describe.ts')).describeFeatures(admin, nodeId);
  }
  const operation = command as FeatureOperation;
  const { levelsOfRelease, updateFeatures, UpgradeType } = await import('../tools/features/update.ts');
  const downgrade = options.has('unsafe') ? UpgradeType.UNSAFE_DOWNGRADE : UpgradeType.SAFE_DOWNGRADE;
  const upgradeType = operation === 'upgrade' ? UpgradeType.UPGRADE : downgrade;
  const release = operation === 'disable' ? undefined : options.value('release-version');
  if (release !== undefined && (options.has('metadata') || options.has('feature')))
    throw new Error('Can not specify `release-version` with other feature flags.');
  const levels =
    release === undefined ? await levelsOf(context, operation, upgradeType) : levelsOfRelease(release, upgradeType);
  return updateFeatures(admin, operation, levels, { upgradeType, dryRun: options.has('dry-run') });
}

/** The levels that the command line names one by one. */
async function levelsOf(
  { options, notice }: Context,
  operation: FeatureOperation,
  upgradeType: number,
): Promise<Map<string, number>> {
  const { checkLevel, levelOfMetadata } = await import('../tools/features/update.ts');
  const levels = new Map<string, number>();
  const metadata = operation === 'disable' ? undefined : options.value('metadata');
  if (metadata !== undefined) {
    notice(' `metadata` flag is deprecated and may be removed in a future release.');
    levels.set(...levelOfMetadata(metadata));
  }
  for (const input of options.values('feature')) {
    const { name, level } = operation === 'disable' ? { name: input, level: 0 } : parseFeatureLevel(input);
    checkLevel(level, upgradeType);
    if (levels.has(name)) throw new Error(`Feature ${name} was specified more than once.`);
    levels.set(name, level);
  }
  return levels;
}
