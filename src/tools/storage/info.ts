import { type Files, nodeFiles } from '../../log/files.ts';
import type { Report, Table } from '../report.ts';
import { loadMeta, type StoredMeta } from './meta.ts';

/**
 * `storage info`: the directories, whose they are and what is wrong with them. Data: { directories, metadata, problems },
 * metadata the properties of the first that is formatted, null if none is.
 * @param withExceptions puts why a directory cannot be read in front, as Kafka's script does
 */
export function storageInfo(
  directories: readonly string[],
  { files = nodeFiles, withExceptions = false }: { readonly files?: Files; readonly withExceptions?: boolean } = {},
): Report {
  const found: string[] = [];
  const problems: string[] = [];
  const exceptions: string[] = [];
  let first: StoredMeta | undefined;
  for (const directory of directories) {
    const stat = files.stat(directory);
    if (!stat?.isDirectory) {
      problems.push(stat ? `${directory} is not a directory` : `${directory} does not exist`);
      continue;
    }
    found.push(directory);
    const { meta, failure, isMalformed } = loadMeta(files, directory);
    if (isMalformed) throw failure;
    if (failure) {
      problems.push(`Error loading ${directory}/meta.properties: ${failure.message}`);
      exceptions.push(`${failure}\n${failure.cause ? `Caused by: ${failure.cause}\n` : ''}`);
    } else if (!meta) problems.push(`${directory} is not formatted.`);
    else if (first) problems.push(...mismatch(first, meta));
    first ??= meta;
  }
  if (first?.version === 0)
    problems.push(
      'The kafka configuration file appears to be for a cluster in KRaft mode, but the directories are formatted for legacy mode.',
    );
  const metadata =
    first &&
    `{${Object.entries(first.properties)
      .map(([key, value]) => `${key}=${value}`)
      .join(', ')}}`;
  const sections = [
    ...(withExceptions ? exceptions : []),
    section(found, 'Found log directory:', 'Found log directories:'),
    metadata === undefined ? '' : `Found metadata: ${metadata}\n\n`,
    section(problems, 'Found problem:', 'Found problems:'),
  ];
  return {
    data: { directories: found, metadata: first?.properties ?? null, problems },
    text: sections.join(''),
    table: tablesOf(found, first, problems),
    ...(problems.length > 0 && { failed: true }),
  };
}

function tablesOf(found: readonly string[], first: StoredMeta | undefined, problems: readonly string[]): Table[] {
  const table = (column: string, cells: readonly string[]): Table[] =>
    cells.length === 0 ? [] : [{ columns: [column], rows: cells.map((cell) => [cell]) }];
  const settings: Table = { columns: ['Metadata', 'Value'], rows: Object.entries(first?.properties ?? {}) };
  return [
    ...table('Log directory', found),
    ...(first === undefined ? [] : [settings]),
    ...table(problems.length === 1 ? 'Problem' : 'Problems', problems),
  ];
}

function mismatch(first: StoredMeta, meta: StoredMeta): string[] {
  if (first.clusterId !== meta.clusterId) return ['Mismatched cluster IDs between storage directories.'];
  return first.nodeId === meta.nodeId ? [] : ['Mismatched node IDs between storage directories.'];
}

function section(items: readonly string[], one: string, several: string): string {
  if (items.length === 0) return '';
  return `${items.length === 1 ? one : several}\n${items.map((item) => `  ${item}\n`).join('')}\n`;
}
