// What kafka-features and kafka-storage know of versions without a cluster; they word some mistakes differently.
import {
  defaultLevel,
  FEATURES,
  LATEST_PRODUCTION,
  METADATA_VERSION,
  metadataVersionOf,
  parseMetadataVersion,
} from '../../protocol/features.ts';
import type { Report } from '../report.ts';

/**
 * `version-mapping`: the levels of all features at a release.
 * @param release as typed; the latest without one
 * @throws UnknownMetadataVersion
 */
export function versionMapping(release: string = LATEST_PRODUCTION.name): Report {
  const { level } = parseMetadataVersion(release);
  const levels = FEATURES.map((feature) => [feature.name, defaultLevel(feature, level)] as const);
  const lines = [`${METADATA_VERSION}=${level} (${release})`, ...levels.map(([name, value]) => `${name}=${value}`)];
  return {
    data: { release, features: Object.fromEntries([[METADATA_VERSION, level], ...levels]) },
    text: lines.map((line) => `${line}\n`).join(''),
    table: { columns: ['Feature', 'Level'], rows: [[`${METADATA_VERSION} (${release})`, level], ...levels] },
  };
}

/** `feature=level` with a level that is a number. */
export interface WantedFeature {
  readonly name: string;
  readonly level: number;
}

/**
 * `feature-dependencies`, up to the first that is wrong. Data: [{ feature, level, requires: { feature: level } }].
 * @param noLevel the script's words for a level that the feature does not have
 */
export function featureDependencies(
  wanted: readonly WantedFeature[],
  noLevel: (name: string, level: number) => string,
): Report {
  const found: { feature: string; level: number; requires: Readonly<Record<string, number>> }[] = [];
  let failure: Error | undefined;
  try {
    for (const { name, level } of wanted) found.push({ feature: name, level, requires: needsOf(name, level, noLevel) });
  } catch (error) {
    if (found.length === 0) throw error;
    failure = error as Error;
  }
  return {
    data: found,
    text: found.map(({ feature, level, requires }) => dependencyText(feature, level, requires)).join(''),
    ...(failure && { failed: true, warnings: [failure.message] }),
  };
}

function needsOf(
  name: string,
  level: number,
  noLevel: (name: string, level: number) => string,
): Readonly<Record<string, number>> {
  if (name === METADATA_VERSION) {
    if (!metadataVersionOf(level)) throw new Error(`Unknown metadata.version ${level}`);
    return {};
  }
  const feature = FEATURES.find((each) => each.name === name);
  if (!feature) throw new Error(`Unknown feature: ${name}`);
  const found = feature.levels.find((each) => each.level === level);
  if (!found) throw new Error(noLevel(name, level));
  return found.needs ?? {};
}

function dependencyText(feature: string, level: number, requires: Readonly<Record<string, number>>): string {
  const version = (name: string, value: number) =>
    name === METADATA_VERSION ? ` (${metadataVersionOf(value)?.name})` : '';
  const named = `${feature}=${level}${version(feature, level)}`;
  const needs = Object.entries(requires);
  if (needs.length === 0) return `${named} has no dependencies.\n`;
  return `${named} requires:\n${needs.map(([name, value]) => `    ${name}=${value}${version(name, value)}\n`).join('')}`;
}
