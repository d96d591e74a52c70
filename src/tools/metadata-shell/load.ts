import { type Files, nodeFiles } from '../../log/files.ts';
import { lockDirectory } from '../../log/lock-file.ts';
import { decode } from '../../protocol/codec.ts';
import { Reader } from '../../protocol/reader.ts';
import { codecOf, isControl, lastOffset } from '../../protocol/records/batch.ts';
import { loadCodec } from '../../protocol/records/compression.ts';
import { ControlType, readControlKey } from '../../protocol/records/control.ts';
import { openRecords } from '../../protocol/records/read.ts';
import { metadataRecords } from '../../protocol/state/metadata/index.ts';
import { type FileBatch, fileBatches } from '../dump-log/file-batch.ts';
import { JavaException } from '../java-exception.ts';
import { Image } from './image.ts';
import type { Provenance } from './tree.ts';

export interface LoadedMetadata {
  readonly image: Image;
  readonly provenance: Provenance;
  /** What Kafka's reader logs as an error: control records that it has no use for. */
  readonly ignored: readonly string[];
}

const CONTROL_NAMES: Readonly<Record<number, string>> = {
  [ControlType.SNAPSHOT_HEADER]: 'SNAPSHOT_HEADER',
  [ControlType.SNAPSHOT_FOOTER]: 'SNAPSHOT_FOOTER',
  [ControlType.KRAFT_VERSION]: 'KRAFT_VERSION',
  [ControlType.KRAFT_VOTERS]: 'KRAFT_VOTERS',
};

const WHAT_TO_NAME = 'Name a snapshot (….checkpoint) or a segment (….log) of the folder __cluster_metadata-0.';

/**
 * Reads a segment of a metadata log, or a snapshot of one. The directory that it belongs to, the one above its own, is locked
 * meanwhile where it has a lock; then `onLocked` is called.
 * @throws JavaException if there is no such file, Error if a process uses the directory or the file is none of these
 */
export async function loadMetadata(
  path: string,
  { files = nodeFiles, onLocked }: { readonly files?: Files; readonly onLocked?: (() => void) | undefined } = {},
): Promise<LoadedMetadata> {
  const lock = await lockAbove(path, files);
  try {
    onLocked?.();
    return await readAll(path, files);
  } finally {
    lock?.release();
  }
}

async function lockAbove(path: string, files: Files) {
  const above = /^(.*)\/[^/]*\/[^/]*$/.exec(path)?.[1];
  if (!above || files.stat(`${above}/.lock`) === undefined) return undefined;
  try {
    return await lockDirectory(files, above);
  } catch {
    throw new Error(
      `Unable to lock ${above}. Please ensure that no broker or controller process is using this directory before proceeding.`,
    );
  }
}

async function readAll(path: string, files: Files): Promise<LoadedMetadata> {
  if (files.stat(path) === undefined) {
    const missing = new JavaException('java.nio.file.NoSuchFileException', path);
    throw new JavaException('java.util.concurrent.ExecutionException', String(missing));
  }
  if (files.stat(path)!.isDirectory) throw new Error(`${path} is a directory. ${WHAT_TO_NAME}`);
  const file = files.open(path);
  const image = new Image();
  let batches = 0;
  const ignored: string[] = [];
  let provenance: Provenance = { offset: -1, epoch: -1, time: -1 };
  try {
    for (const batch of fileBatches(file, path, 0, file.size())) {
      batches++;
      if (isControl(batch.header.attributes)) {
        ignored.push(...ignoredIn(batch));
        continue;
      }
      await loadCodec(codecOf(batch.header.attributes));
      const { header } = batch;
      accept(image, batch);
      provenance = { offset: lastOffset(header), epoch: header.partitionLeaderEpoch, time: header.maxTimestamp };
    }
  } finally {
    file.close();
  }
  if (batches === 0) throw new Error(`There are no records in ${path}. ${WHAT_TO_NAME}`);
  return { image, provenance, ignored };
}

function ignoredIn({ bytes }: FileBatch): string[] {
  const found: string[] = [];
  const cursor = openRecords(bytes);
  while (cursor.next()) {
    const name = CONTROL_NAMES[readControlKey(cursor.key).type];
    if (name) found.push(`Ignoring control record with type ${name} at offset ${cursor.offset}`);
  }
  return found;
}

function accept(image: Image, { bytes }: FileBatch): void {
  const cursor = openRecords(bytes);
  while (cursor.next()) {
    const reader = new Reader(cursor.value ?? Buffer.alloc(0));
    reader.uvarint();
    const type = reader.uvarint();
    const version = reader.uvarint();
    const schema = metadataRecords.get(type);
    if (!schema) throw new Error(`Unknown metadata id ${type}`);
    image.accept({ kind: schema.name, data: decode(schema, version, reader) });
  }
}
