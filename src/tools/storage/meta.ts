import type { Files } from '../../log/files.ts';
import { parseProperties } from '../../util/properties.ts';

/** What a meta.properties says (MetaProperties), of any version. */
export interface StoredMeta {
  /** 0 where the file does not say: a directory from before KRaft. */
  readonly version: number;
  readonly clusterId: string | undefined;
  readonly nodeId: number | undefined;
  /** As `info` shows it: the properties that the version has, sorted. */
  readonly properties: Readonly<Record<string, string>>;
}

export interface LoadedMeta {
  /** undefined for a directory that is not formatted or cannot be read. */
  readonly meta: StoredMeta | undefined;
  /** Why it cannot be read. */
  readonly failure?: Error;
}

/** The identity of a directory. Never throws. */
export function loadMeta(files: Files, directory: string): LoadedMeta {
  try {
    const stat = files.stat(directory);
    if (stat === undefined) return { meta: undefined };
    if (!stat.isDirectory) return { meta: undefined, failure: new Error(`${directory} is not a directory`) };
    const file = `${directory}/meta.properties`;
    if (files.stat(file) === undefined) return { meta: undefined };
    return { meta: metaOf(parseProperties(files.readFile(file).toString())) };
  } catch (error) {
    return { meta: undefined, failure: error as Error };
  }
}

function metaOf(given: ReadonlyMap<string, string>): StoredMeta {
  const version = Number(given.get('version') ?? '0');
  if (version !== 0 && version !== 1) throw new Error(`Unknown meta.properties version number ${version}`);
  const idKey = version === 0 ? 'broker.id' : 'node.id';
  if (version === 1)
    for (const key of ['cluster.id', 'node.id']) if (!given.has(key)) throw new Error(`Failed to find ${key}`);
  const id = given.get(idKey);
  if (id !== undefined && !/^\d+$/.test(id)) throw new Error(`Unable to read ${idKey} as a base-10 number.`);
  const shown = [...['cluster.id', 'directory.id', idKey].filter((key) => given.has(key))].map(
    (key) => [key, given.get(key)!] as const,
  );
  return {
    version,
    clusterId: given.get('cluster.id'),
    nodeId: id === undefined ? undefined : Number(id),
    properties: Object.fromEntries(
      [...shown, ['version', String(version)] as const].sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  };
}
