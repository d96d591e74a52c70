import type { Files } from '../../log/files.ts';
import { parseProperties } from '../../util/properties.ts';
import { fileException } from '../file-exception.ts';
import { illegalArgument, JavaException } from '../java-exception.ts';
import { parseUuid } from '../java-uuid.ts';

/** What a meta.properties says (MetaProperties), of any version. */
export interface StoredMeta {
  /** 0 where the file does not say: a directory from before KRaft. */
  readonly version: number;
  readonly clusterId: string | undefined;
  readonly nodeId: number | undefined;
  readonly directoryId: string | undefined;
  /** As `info` shows it: the properties that the version has, sorted. */
  readonly properties: Readonly<Record<string, string>>;
}

export interface LoadedMeta {
  /** undefined for a directory that is not formatted or cannot be read. */
  readonly meta: StoredMeta | undefined;
  /** Why it cannot be read. */
  readonly failure?: JavaException;
  /** Its text is none of a .properties file, which `info` does not survive. */
  readonly isMalformed?: boolean;
}

/** The logger that Kafka names a directory to that it cannot read. */
export const META_LOGGER = 'org.apache.kafka.metadata.properties.MetaPropertiesEnsemble';

/** The identity of a directory (MetaPropertiesEnsemble.Loader). Never throws. */
export function loadMeta(files: Files, directory: string): LoadedMeta {
  const file = `${directory}/meta.properties`;
  try {
    const stat = files.stat(directory);
    if (stat && !stat.isDirectory)
      throw new JavaException('java.nio.file.FileSystemException', `${file}: Not a directory`);
    if (stat === undefined || files.stat(file) === undefined) return { meta: undefined };
    const given = propertiesOf(files.readFile(file).toString());
    return given instanceof JavaException
      ? { meta: undefined, failure: given, isMalformed: true }
      : { meta: metaOf(given) };
  } catch (error) {
    return { meta: undefined, failure: error instanceof JavaException ? error : fileException(error as Error) };
  }
}

function propertiesOf(text: string): Map<string, string> | JavaException {
  try {
    return parseProperties(text);
  } catch (error) {
    return illegalArgument((error as Error).message);
  }
}

const refused = (message: string, cause?: Error) => new JavaException('java.lang.RuntimeException', message, { cause });

/** In the order in which MetaProperties.Builder finds what is wrong. */
function metaOf(given: ReadonlyMap<string, string>): StoredMeta {
  const version = versionOf(given.get('version') ?? '0');
  const idKey = version === 0 ? 'broker.id' : 'node.id';
  const nodeId = given.has(idKey) || version === 1 ? nodeIdOf(idKey, given.get(idKey)) : undefined;
  const directoryId = given.has('directory.id') ? directoryIdOf(given.get('directory.id')!) : undefined;
  const clusterId = given.get('cluster.id');
  if (version === 1 && clusterId === undefined) throw refused('cluster.id was not found.');
  const shown = ['cluster.id', 'directory.id'].flatMap((key) =>
    given.has(key) ? [[key, given.get(key)!] as const] : [],
  );
  if (nodeId !== undefined) shown.push([idKey, String(nodeId)]);
  return {
    ...{ version, clusterId, nodeId, directoryId },
    properties: Object.fromEntries(
      [...shown, ['version', String(version)] as const].sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  };
}

const isInteger = (text: string): boolean =>
  /^[+-]?\d+$/.test(text) && Number(text) < 2 ** 31 && Number(text) >= -(2 ** 31);

function versionOf(text: string): number {
  if (!isInteger(text)) throw refused(`Invalid meta.properties version string '${text}'`);
  const version = Number(text);
  if (version !== 0 && version !== 1) throw refused(`Unknown meta.properties version number ${version}`);
  return version;
}

const noNumber = (text: string): JavaException =>
  new JavaException('java.lang.NumberFormatException', `For input string: "${text}"`);

function nodeIdOf(key: string, text: string | undefined): number {
  if (text === undefined) throw refused(`Failed to find ${key}`);
  if (!isInteger(text)) throw refused(`Unable to read ${key} as a base-10 number.`, noNumber(text));
  return Number(text);
}

function directoryIdOf(text: string): string {
  try {
    return parseUuid(text);
  } catch (error) {
    throw refused(`Unable to read directory.id as a Uuid: ${(error as Error).message}`, error as Error);
  }
}
