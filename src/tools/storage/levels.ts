// The levels that a cluster begins with (Formatter.calculateEffectiveFeatureLevels).
import {
  defaultLevel,
  FEATURES,
  LATEST_PRODUCTION,
  METADATA_VERSION,
  type MetadataVersion,
  metadataVersionOf,
  parseMetadataVersion,
} from '../../protocol/features.ts';
import { JavaException } from '../java-exception.ts';
import { FormatRefused } from './refused.ts';

const KRAFT_VERSION = 'kraft.version';
/** Of the versions that this knows, the last is not for production. */
const LATEST_TESTING = 31;

export interface WantedLevels {
  /** --release-version. */
  readonly release: string | undefined;
  /** --feature, by name. */
  readonly levels: ReadonlyMap<string, number>;
  /** The quorum's voters are not configured, and it was said who they are, or that nobody knows. */
  readonly hasDynamicQuorum: boolean;
  readonly allowsUnstable: boolean;
}

export interface EffectiveLevels {
  readonly metadataVersion: MetadataVersion;
  /** Of all features but metadata.version, by name. */
  readonly levels: ReadonlyMap<string, number>;
}

const illegal = (message: string) => new JavaException('java.lang.IllegalArgumentException', message);

/** @throws FormatRefused, UnknownMetadataVersion or JavaException with Kafka's text */
export function effectiveLevels(wanted: WantedLevels): EffectiveLevels {
  const given = wanted.release === undefined ? undefined : releaseOf(wanted.release, wanted.allowsUnstable);
  const metadataVersion = metadataVersionFor(wanted, given);
  const known = FEATURES.map(({ name }) => name).sort();
  for (const name of [...wanted.levels.keys()].sort())
    if (name !== METADATA_VERSION && !known.includes(name))
      throw new FormatRefused(`Unsupported feature: ${name}. Supported features are: ${known.join(', ')}`);
  const levels = new Map<string, number>();
  for (const feature of FEATURES) {
    const asked = wanted.levels.get(feature.name);
    const initial =
      feature.name === KRAFT_VERSION ? Number(wanted.hasDynamicQuorum) : defaultLevel(feature, metadataVersion.level);
    if (feature.name === KRAFT_VERSION && asked !== undefined) checkKraftVersion(asked, wanted.hasDynamicQuorum);
    levels.set(feature.name, asked ?? initial);
  }
  const sorted = new Map([...levels].sort(([a], [b]) => (a < b ? -1 : 1)));
  for (const [name, level] of sorted) checkLevel(name, level, sorted, metadataVersion.level);
  return { metadataVersion, levels: sorted };
}

const releaseOf = (text: string, allowsUnstable: boolean): MetadataVersion =>
  parseMetadataVersion(text, { stableOnly: !allowsUnstable });

function metadataVersionFor(
  { levels, allowsUnstable }: WantedLevels,
  release: MetadataVersion | undefined,
): MetadataVersion {
  const level = levels.get(METADATA_VERSION);
  if (level === undefined) return release ?? (allowsUnstable ? metadataVersionOf(LATEST_TESTING)! : LATEST_PRODUCTION);
  if (release)
    throw new FormatRefused('Use --release-version instead of --feature metadata.version=X to avoid ambiguity.');
  const found = metadataVersionOf(level);
  if (!found)
    throw illegal(
      `No MetadataVersion with feature level ${level}. Valid feature levels are from 7 to ${LATEST_TESTING}.`,
    );
  if (level > LATEST_PRODUCTION.level && !allowsUnstable)
    throw new FormatRefused(`metadata.version ${found.name} is not yet stable.`);
  return found;
}

function checkKraftVersion(level: number, hasDynamicQuorum: boolean): void {
  const flags =
    'controller.quorum.voters is empty and one of the flags --standalone, --initial-controllers, or --no-initial-controllers is used.';
  if (level === 0 && hasDynamicQuorum)
    throw new FormatRefused(
      `Cannot set kraft.version to 0 if ${flags} For dynamic controllers support, try removing the --feature flag for kraft.version.`,
    );
  if (level !== 0 && !hasDynamicQuorum)
    throw new FormatRefused(
      `Cannot set kraft.version to ${level} unless ${flags} For dynamic controllers support, try using one of --standalone, --initial-controllers, or --no-initial-controllers and removing controller.quorum.voters.`,
    );
}

/** The feature has the level, and what it needs is there (Feature.validateVersion). */
function checkLevel(name: string, level: number, levels: ReadonlyMap<string, number>, metadataVersion: number): void {
  const found = FEATURES.find((feature) => feature.name === name)?.levels.find((each) => each.level === level);
  if (!found) throw illegal(`No feature:${name} with feature level ${level}`);
  for (const [other, needed] of Object.entries(found.needs ?? {}))
    if ((other === METADATA_VERSION ? metadataVersion : (levels.get(other) ?? 0)) < needed)
      throw illegal(`${name} could not be set to ${level} because it depends on ${other} level ${needed}`);
}
