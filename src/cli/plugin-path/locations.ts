// Where plugins are, by the rules of ConnectPluginPath.parseLocations and PluginUtils.pluginLocations (4.3.1).
import { existsSync, readdirSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { JavaException } from '../../tools/java-exception.ts';
import { PluginPathError, readError, wrapped } from './errors.ts';

export interface PluginPlaces {
  /** A jar or a folder each. */
  readonly locations: readonly string[];
  /** Lists of folders, divided by commas. */
  readonly paths: readonly string[];
  /** Properties files whose plugin.path counts. */
  readonly workerConfigs: readonly string[];
}

/** Reads a properties file; throws when it cannot. */
export type ReadProperties = (path: string) => Readonly<Record<string, string>>;

/**
 * The locations of single plugins, each once: those of paths first.
 * @throws PluginPathError for a path that is empty and for a file or location that is not there
 * @throws JavaException for an element of a path that is not there or cannot be read
 */
export function pluginLocations(places: PluginPlaces, readProperties: ReadProperties): string[] {
  for (const path of places.paths) checkPath('--plugin-path', path);
  const configured = places.workerConfigs.flatMap((file) => configuredPath(file, readProperties));
  const found = new Set([...places.paths, ...configured].flatMap(elements).flatMap(entriesOf));
  for (const raw of places.locations) {
    const location = javaPath(raw);
    if (!existsSync(location)) throw new PluginPathError(`Specified location ${location} does not exist`);
    found.add(location);
  }
  return [...found];
}

export const isArchive = (path: string): boolean => /\.(jar|zip)$/i.test(path);
export const isClassFile = (path: string): boolean => /\.class$/i.test(path);
/** Whether there is a folder of that name, or a link to one. */
const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** The entries of a folder that can be, or hold, plugins. @throws JavaException as Java has it if it cannot be read */
export function pluginEntries(folder: string): string[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    throw readError(folder, error);
  }
  return names
    .map((name) => join(folder, name))
    .filter((path) => isArchive(path) || isClassFile(path) || isFolder(path));
}

function configuredPath(file: string, readProperties: ReadProperties): string[] {
  const path = readProperties(file)['plugin.path'];
  if (path === undefined) return [];
  checkPath('plugin.path', path);
  return [path];
}

function checkPath(name: string, path: string): void {
  if (path.trim() === '') throw new PluginPathError(`'${name}' must not be empty.`);
  if (elements(path).includes('')) throw new PluginPathError(`'${name}' values must not be empty.`);
}

const elements = (path: string): string[] => path.trim().split(/\s*,\s*/);

/** What one element of a path stands for: the entries of a folder, a jar itself, nothing for any other file. */
function entriesOf(element: string): string[] {
  const path = absolute(javaPath(element));
  if (!existsSync(path)) throw wrapped(new JavaException('java.io.FileNotFoundException', path));
  if (!isFolder(path)) return isArchive(path) ? [path] : [];
  try {
    return pluginEntries(path);
  } catch (error) {
    throw wrapped(error as JavaException);
  }
}

/** As java.nio.file.Path prints it: without slashes that say nothing, but with `.` and `..`. */
const javaPath = (path: string): string => path.replace(/\/+/g, '/').replace(/(?<=.)\/$/, '');

const absolute = (path: string): string => (isAbsolute(path) ? path : `${process.cwd()}/${path}`);
