import type { Admin } from '../../client/admin.ts';
import { METADATA_VERSION, metadataVersionOf } from '../../protocol/features.ts';
import type { Report } from '../report.ts';
import { wrapping } from '../wrapped-error.ts';

/**
 * `features describe`, by name. Data: [{ feature, supportedMinVersion, supportedMaxVersion, finalizedVersionLevel, epoch }],
 * levels as numbers, epoch null if the node does not say.
 */
export async function describeFeatures(
  admin: Pick<Admin, 'describeFeatures'>,
  nodeId: number | undefined,
): Promise<Report> {
  const { supported, finalized, finalizedEpoch } = await wrapping(admin.describeFeatures({ nodeId }));
  const epoch = finalizedEpoch < 0 ? null : finalizedEpoch;
  const found = supported
    .map(({ name, minVersion, maxVersion }) => ({
      feature: name,
      supportedMinVersion: minVersion,
      supportedMaxVersion: maxVersion,
      finalizedVersionLevel: finalized.find((each) => each.name === name)?.maxLevel ?? 0,
      epoch,
    }))
    .sort((a, b) => (a.feature < b.feature ? -1 : 1));
  const rows = found.map((each) => [
    each.feature,
    levelText(each.feature, each.supportedMinVersion),
    levelText(each.feature, each.supportedMaxVersion),
    levelText(each.feature, each.finalizedVersionLevel),
    String(epoch ?? '-'),
  ]);
  return {
    data: found,
    text: rows.map(lineOf).join(''),
    table: { columns: ['Feature', 'From', 'To', 'Level', 'Epoch'], rows },
  };
}

function lineOf([feature, min, max, level, epoch]: readonly string[]): string {
  const cells = [
    `Feature: ${feature!.padEnd(40)}`,
    `SupportedMinVersion: ${min!.padEnd(15)}`,
    `SupportedMaxVersion: ${max!.padEnd(15)}`,
    `FinalizedVersionLevel: ${level!.padEnd(15)}`,
    `Epoch: ${epoch}`,
  ];
  return `${cells.join('  ')}\n`;
}

function levelText(feature: string, level: number): string {
  if (feature !== METADATA_VERSION) return String(level);
  return metadataVersionOf(level)?.name ?? `UNKNOWN ${level}`;
}
