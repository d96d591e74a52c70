// Whether a feature may be finalized at another level (FeatureControlManager.updateFeature).
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { SUPPORTED_FEATURES } from './features.ts';

/** FeatureUpdate.UpgradeType by its codes. */
export const FeatureUpgrade = { UPGRADE: 1, SAFE_DOWNGRADE: 2, UNSAFE_DOWNGRADE: 3 } as const;

export interface FeatureUpdate {
  readonly feature: string;
  readonly level: number;
  /** FeatureUpgrade. */
  readonly upgradeType: number;
}

const METADATA_VERSION = 'metadata.version';
/** The quorum keeps the level of this feature, in control records. */
export const KRAFT_VERSION = 'kraft.version';

/** @throws KafkaError INVALID_UPDATE_VERSION with Kafka's text */
export function checkFeatureUpdate(
  { feature, level, upgradeType }: FeatureUpdate,
  finalized: ReadonlyMap<string, number>,
  nodeId: number,
): void {
  const refuse = (why: string) => refused(`Invalid update version ${level} for feature ${feature}. ${why}`);
  if (!Object.values<number>(FeatureUpgrade).includes(upgradeType))
    throw refuse('The controller does not support the given upgrade type.');
  if (level < 0) throw refuse('A feature version cannot be less than 0.');
  const supported = SUPPORTED_FEATURES.find(({ name }) => name === feature);
  if (!supported)
    throw refuse(
      level === 0 ? `Feature ${feature} not found.` : `Local controller ${nodeId} does not support this feature.`,
    );
  const { minVersion, maxVersion } = supported;
  if (level < minVersion || level > maxVersion)
    throw refuse(`Local controller ${nodeId} only supports versions ${minVersion}-${maxVersion}`);
  const current = finalized.get(feature) ?? 0;
  if (level < current && upgradeType === FeatureUpgrade.UPGRADE) {
    const how = 'without setting the upgrade type to either safe or unsafe downgrade.';
    throw refuse(`Can't downgrade the version of this feature ${how}`);
  }
  if (level > current && upgradeType !== FeatureUpgrade.UPGRADE) throw refuse("Can't downgrade to a newer version.");
  if (feature === KRAFT_VERSION && level < current) throw refuse("Can't downgrade the version of this feature.");
  if (feature === METADATA_VERSION && level < current) throw metadataDowngrade(current, level, upgradeType);
}

/** Between the versions from 3.3 to 4.3 every step back would lose records. */
function metadataDowngrade(current: number, level: number, upgradeType: number): KafkaError {
  const why =
    upgradeType === FeatureUpgrade.UNSAFE_DOWNGRADE
      ? 'Unsafe metadata downgrade is not supported in this version.'
      : 'Refusing to perform the requested downgrade because it might delete metadata information.';
  return refused(`Unsupported metadata.version downgrade from ${current} to ${level}. ${why}`);
}

function refused(message: string): KafkaError {
  return new KafkaError(ErrorCode.INVALID_UPDATE_VERSION, message);
}
