// `meta.properties`: whose log directory this is (org.apache.kafka.metadata.properties.MetaProperties, version 1).
import path from 'node:path';
import { parseProperties } from '../util/properties.ts';
import { isUuid, randomUuid } from '../util/uuid.ts';
import { readTextIfPresent, replaceFile } from './atomic-file.ts';
import type { Files } from './files.ts';

export const META_PROPERTIES = 'meta.properties';

export interface MetaProperties {
  clusterId: string;
  nodeId: number;
  directoryId: string;
}

/**
 * What the file in `directory` says; undefined if there is none.
 * @throws Error naming the file if it is not of version 1 or lacks a property
 */
export function readMetaProperties(files: Files, directory: string): MetaProperties | undefined {
  const file = path.join(directory, META_PROPERTIES);
  const text = readTextIfPresent(files, file);
  if (text === undefined) return undefined;
  const properties = parseProperties(text);
  const version = properties.get('version');
  if (version !== '1') {
    throw new Error(`${file} has version ${version ?? 'none'}, but only version 1 can be read`);
  }
  const clusterId = properties.get('cluster.id');
  const nodeId = Number(properties.get('node.id'));
  if (clusterId === undefined || clusterId === '') throw new Error(`${file} has no cluster.id`);
  if (!Number.isInteger(nodeId) || nodeId < 0) throw new Error(`${file} has no valid node.id`);
  const directoryId = properties.get('directory.id');
  return {
    clusterId,
    nodeId,
    directoryId: directoryId !== undefined && isUuid(directoryId) ? directoryId : randomUuid(),
  };
}

export function writeMetaProperties(files: Files, directory: string, properties: MetaProperties): void {
  const { clusterId, nodeId, directoryId } = properties;
  const text = `cluster.id=${clusterId}\ndirectory.id=${directoryId}\nnode.id=${nodeId}\nversion=1\n`;
  replaceFile(files, path.join(directory, META_PROPERTIES), text, { sync: true });
}
