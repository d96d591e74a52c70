// Opens the log directories of a broker (LogManager.createAndValidateLogDirs).
import type { Logger } from '../util/logger.ts';
import { errnoOf, type Files } from './files.ts';
import { LogDirectory } from './log-directory.ts';
import { readMetaProperties } from './meta-properties.ts';

export interface OpenedDirectories {
  directories: LogDirectory[];
  /** Those that cannot be used, with the reason. */
  failed: Map<string, string>;
}

/**
 * All that can be opened. A directory whose disk fails is left out, as long as there is another one.
 * @throws Error if none is left, another process has one, or one belongs to another cluster or node
 */
export async function openDirectories(
  files: Files,
  paths: readonly string[],
  broker: { nodeId: number; clusterId: string | undefined },
  logger: Logger,
): Promise<OpenedDirectories> {
  const opened: OpenedDirectories = { directories: [], failed: new Map() };
  let clusterId = broker.clusterId ?? clusterOf(files, paths);
  let firstError: unknown;
  for (const path of paths) {
    try {
      const directory = await LogDirectory.open(files, path, { nodeId: broker.nodeId, clusterId }, logger);
      clusterId ??= directory.meta.clusterId;
      opened.directories.push(directory);
    } catch (error) {
      firstError ??= error;
      const message = error instanceof Error ? error.message : String(error);
      if (errnoOf(error) === undefined) return release(opened, error);
      opened.failed.set(path, message);
    }
  }
  if (opened.directories.length === 0) return release(opened, firstError);
  for (const [path, message] of opened.failed)
    logger.error(`Failed to create or validate data directory ${path}: ${message}`);
  return opened;
}

/** A directory that is new may come before those that say which cluster it is. */
function clusterOf(files: Files, paths: readonly string[]): string | undefined {
  for (const path of paths) {
    try {
      const found = readMetaProperties(files, path);
      if (found !== undefined) return found.clusterId;
    } catch {
      // Opening the directory will say what is wrong with it.
    }
  }
  return undefined;
}

function release(opened: OpenedDirectories, error: unknown): never {
  for (const directory of opened.directories) directory.release();
  throw error;
}
