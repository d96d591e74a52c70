// What is in the locations: jars and class files are found as by PluginUtils.pluginUrls (4.3.1). Which of their classes are
// plugins, of which version, and whether they can be loaded, Kafka learns by loading them: ktool can tell nothing about them.
import { realpathSync } from 'node:fs';
import type { Report } from '../../tools/report.ts';
import { NoJvmError, ScanError } from './errors.ts';
import { isArchive, isClassFile, pluginEntries } from './locations.ts';

const COLUMNS = [
  'pluginName',
  'firstAlias',
  'secondAlias',
  'pluginVersion',
  'pluginType',
  'isLoadable',
  'hasManifest',
  'pluginLocation',
].join('\t');

/**
 * The list of plugins for locations that hold none.
 * @throws NoJvmError at the first location that holds jars or class files
 * @throws ScanError for a location that is neither a folder nor a jar
 */
export function listPlugins(locations: readonly string[]): Report {
  const head = `${COLUMNS}\n`;
  scan(locations, head, 'Unexpected error occurred while listing plugins');
  const counts = ['Total plugins:      ', 'Loadable plugins:   ', 'Compatible plugins: '];
  return {
    data: { plugins: 0, loadable: 0, compatible: 0 },
    text: `${head}\n${counts.map((label) => `${label}\t0\n`).join('')}`,
  };
}

/** Manifests where there are no plugins: nothing changes. Throws as listPlugins(). */
export function syncManifests(locations: readonly string[], { dryRun }: { readonly dryRun: boolean }): Report {
  const head = `${dryRun ? 'Dry run started: No changes will be committed.\n' : ''}Scanning for plugins...\n`;
  // Kafka 4.3.1 speaks of a dry run in both cases.
  scan(locations, head, 'Unexpected error occurred while dry-running sync');
  return { data: { dryRun, changes: 0 }, text: `${head}No changes required.\n` };
}

function scan(locations: readonly string[], printed: string, failure: string): void {
  for (const location of locations) {
    const code = codeIn(location, printed, failure);
    if (code === undefined) continue;
    throw new NoJvmError(
      `ktool has no JVM to look into plugins (${code}): use Apache Kafka's own connect-plugin-path for them`,
    );
  }
}

function codeIn(location: string, printed: string, failure: string): string | undefined {
  try {
    if (!isArchive(location)) return firstCode(location, new Set());
    return target(location);
  } catch (error) {
    throw new ScanError(failure, printed, error as Error);
  }
}

/** The first jar or class file in a folder or below it; links are followed, those that lead nowhere are left out. */
function firstCode(folder: string, seen: Set<string>): string | undefined {
  for (const entry of pluginEntries(folder)) {
    const path = target(entry);
    if (path === undefined || seen.has(path)) continue;
    seen.add(path);
    const code = isArchive(path) || isClassFile(path) ? path : firstCode(path, seen);
    if (code !== undefined) return code;
  }
  return undefined;
}

function target(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
