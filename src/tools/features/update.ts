import type { Admin, FeatureUpdate, Outcome } from '../../client/admin.ts';
import { asKafkaError } from '../../client/errors.ts';
import type { KafkaError } from '../../protocol/errors.ts';
import { defaultLevel, FEATURES, METADATA_VERSION, parseMetadataVersion } from '../../protocol/features.ts';
import type { Report } from '../report.ts';

export type FeatureOperation = 'upgrade' | 'downgrade' | 'disable';

/** UpgradeType of UpdateFeatures. */
export const UpgradeType = { UPGRADE: 1, SAFE_DOWNGRADE: 2, UNSAFE_DOWNGRADE: 3 } as const;

/** The feature of the metadata's version, and its level at a release. @throws UnknownMetadataVersion */
export const levelOfMetadata = (release: string): [feature: string, level: number] => [
  METADATA_VERSION,
  parseMetadataVersion(release).level,
];

/** Levels by feature: those of a release. A raise leaves out what would become 0. @throws UnknownMetadataVersion */
export function levelsOfRelease(release: string, upgradeType: number): Map<string, number> {
  const { level } = parseMetadataVersion(release);
  const levels = FEATURES.map((feature) => [feature.name, defaultLevel(feature, level)] as const);
  const sent = levels.filter(([, value]) => upgradeType !== UpgradeType.UPGRADE || value > 0);
  return new Map([[METADATA_VERSION, level], ...sent]);
}

/**
 * `features upgrade`, `downgrade` and `disable`: a line for each feature, by name.
 * @throws Error if no feature is given, or a level that cannot be
 */
export async function updateFeatures(
  admin: Pick<Admin, 'updateFeatures'>,
  operation: FeatureOperation,
  levels: ReadonlyMap<string, number>,
  { upgradeType, dryRun }: { readonly upgradeType: number; readonly dryRun: boolean },
): Promise<Report> {
  if (levels.size === 0) throw new Error(`You must specify at least one feature to ${operation}`);
  if (levels.has('')) throw new Error('Provided feature can not be empty.');
  const updates = [...levels].map(([feature, maxVersionLevel]) => ({ feature, maxVersionLevel, upgradeType }));
  const outcomes = await outcomesOf(admin, updates, dryRun);
  const done = [...levels]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([feature, level]) => ({ feature, level, error: outcomes.get(feature)?.message }));
  const failures = done.filter(({ error }) => error !== undefined).length;
  const line = ({ feature, level, error }: (typeof done)[number]): string => {
    const to = operation === 'disable' ? '' : ` to ${level}`;
    if (error !== undefined) return `${dryRun ? 'Can not' : 'Could not'} ${operation} ${feature}${to}. ${error}\n`;
    return `${feature} ${dryRun ? 'can be' : 'was'} ${operation}d${to}.\n`;
  };
  return {
    data: done.map(({ error, ...each }) => ({
      ...each,
      updated: !dryRun && error === undefined,
      dryRun,
      ...(error !== undefined && { error }),
    })),
    text: done.map(line).join(''),
    ...(failures > 0 && { failed: true, warnings: [`${failures} out of ${levels.size} operation(s) failed.`] }),
  };
}

/** What Kafka's client refuses to send (FeatureUpdate). @throws Error with Kafka's text */
export function checkLevel(level: number, upgradeType: number): void {
  if (upgradeType === UpgradeType.UPGRADE && level === 0)
    throw new Error(
      'The upgradeType flag should be set to SAFE_DOWNGRADE or UNSAFE_DOWNGRADE when the provided maxVersionLevel:0 is < 1.',
    );
  if (level < 0) throw new Error('Cannot specify a negative version level.');
}

/** A failure of the whole call is the failure of each feature. */
async function outcomesOf(
  admin: Pick<Admin, 'updateFeatures'>,
  updates: readonly FeatureUpdate[],
  dryRun: boolean,
): Promise<Map<string, Outcome<undefined>>> {
  try {
    return await admin.updateFeatures(updates, { validateOnly: dryRun });
  } catch (error) {
    const failure: KafkaError = asKafkaError(error);
    return new Map(updates.map(({ feature }) => [feature, failure]));
  }
}
