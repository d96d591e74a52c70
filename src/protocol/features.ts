// Kafka's versions of its metadata, and the features beside them (MetadataVersion, Feature and their levels in Kafka 4.3.1).

/** The feature that every cluster has. */
export const METADATA_VERSION = 'metadata.version';

/** The first level that is known, 3.3-IV3. */
const FIRST_LEVEL = 7;
/** By rising level; the last is not for production yet. */
const NAMES = [
  ...['3.3-IV3', '3.4-IV0', '3.5-IV0', '3.5-IV1', '3.5-IV2', '3.6-IV0', '3.6-IV1', '3.6-IV2'],
  ...['3.7-IV0', '3.7-IV1', '3.7-IV2', '3.7-IV3', '3.7-IV4', '3.8-IV0', '3.9-IV0'],
  ...['4.0-IV0', '4.0-IV1', '4.0-IV2', '4.0-IV3', '4.1-IV0', '4.1-IV1', '4.2-IV0', '4.2-IV1', '4.3-IV0', '4.4-IV0'],
];

export interface MetadataVersion {
  readonly level: number;
  /** As `4.3-IV0`. */
  readonly name: string;
}

/** A version that is not known; the message is Kafka's. */
export class UnknownMetadataVersion extends Error {
  override name = 'UnknownMetadataVersion';

  override toString(): string {
    return `java.lang.IllegalArgumentException: ${this.message}`;
  }
}

/** The version of a level, undefined where there is none. */
export function metadataVersionOf(level: number): MetadataVersion | undefined {
  const name = NAMES[level - FIRST_LEVEL];
  return name === undefined ? undefined : { level, name };
}

/** The latest version for production: what new clusters of 4.3 begin with. */
export const LATEST_PRODUCTION: MetadataVersion = { level: 30, name: '4.3-IV0' };

/**
 * Reads `3.8-IV0`, or a release (`3.8`, `3.8.1`), which stands for its last version for production (MetadataVersion.fromVersionString).
 * @throws UnknownMetadataVersion
 */
export function parseMetadataVersion(text: string, { stableOnly = false } = {}): MetadataVersion {
  const segments = text.split('.');
  while (segments.at(-1) === '') segments.pop();
  const key = segments.length <= 2 ? text : segments.slice(0, 2).join('.');
  const isRelease = (name: string, i: number) =>
    i + FIRST_LEVEL <= LATEST_PRODUCTION.level && name.split('-')[0] === key;
  const at = NAMES.findLastIndex((name, i) => name === key || isRelease(name, i));
  const found = metadataVersionOf(at + FIRST_LEVEL);
  const names = stableOnly ? NAMES.slice(0, LATEST_PRODUCTION.level - FIRST_LEVEL + 1) : NAMES;
  if (at >= 0 && found && names.includes(found.name)) return found;
  throw new UnknownMetadataVersion(
    `Unknown metadata.version '${text}'. Supported metadata.version are: ${names.join(', ')}`,
  );
}

export interface FeatureLevel {
  readonly level: number;
  /** Level of metadata.version from which on it is what a release begins with. */
  readonly since: number;
  /** Levels of other features that it needs. */
  readonly needs?: Readonly<Record<string, number>>;
}

export interface Feature {
  readonly name: string;
  /** By rising level. */
  readonly levels: readonly FeatureLevel[];
}

const zero: FeatureLevel = { level: 0, since: FIRST_LEVEL };

/** The features beside metadata.version that can be finalized, in the order of Kafka's enum. */
export const FEATURES: readonly Feature[] = [
  { name: 'kraft.version', levels: [zero, { level: 1, since: 21 }] },
  {
    name: 'transaction.version',
    levels: [zero, { level: 1, since: 24 }, { level: 2, since: 24 }],
  },
  { name: 'group.version', levels: [zero, { level: 1, since: 22 }] },
  {
    name: 'eligible.leader.replicas.version',
    levels: [zero, { level: 1, since: 26, needs: { [METADATA_VERSION]: 23 } }],
  },
  { name: 'share.version', levels: [zero, { level: 1, since: 28 }] },
  { name: 'streams.version', levels: [zero, { level: 1, since: 29 }] },
];

/** The level at which a feature begins in a release (Feature.defaultLevel). */
export const defaultLevel = ({ levels }: Feature, metadataVersion: number): number =>
  levels.findLast(({ since }) => since <= metadataVersion)?.level ?? 0;
