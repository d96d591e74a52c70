import { type Files, nodeFiles } from '../../log/files.ts';
import { lockDirectory } from '../../log/lock-file.ts';
import { isControl, lastOffset } from '../../protocol/records/batch.ts';
import { ControlType, readControlKey } from '../../protocol/records/control.ts';
import { reading } from '../dump-log/batch-records.ts';
import { fileBatches } from '../dump-log/file-batch.ts';
import { type FoundRecord, recordsIn } from '../dump-log/log-file.ts';
import { JavaException } from '../java-exception.ts';
import { type MetadataRecordRead, readMetadataRecord } from '../metadata-record.ts';
import { Image } from './image.ts';
import type { Provenance } from './tree.ts';

export interface LoadedMetadata {
  readonly image: Image;
  readonly provenance: Provenance;
}

/** What Kafka's reader logs as an error and goes on: control records that it has no use for, records that are none. */
export type OnIgnored = (text: string, cause?: Error) => void;

const CONTROL_NAMES: Readonly<Record<number, string>> = {
  [ControlType.ABORT]: 'ABORT',
  [ControlType.COMMIT]: 'COMMIT',
  [ControlType.SNAPSHOT_HEADER]: 'SNAPSHOT_HEADER',
  [ControlType.SNAPSHOT_FOOTER]: 'SNAPSHOT_FOOTER',
  [ControlType.KRAFT_VERSION]: 'KRAFT_VERSION',
  [ControlType.KRAFT_VOTERS]: 'KRAFT_VOTERS',
};

const WHAT_TO_NAME = 'Name a snapshot (….checkpoint) or a segment (….log) of the folder __cluster_metadata-0.';

export interface LoadOptions {
  readonly files?: Files;
  readonly onLocked?: (() => void) | undefined;
  readonly onIgnored?: OnIgnored;
}

/**
 * Reads a segment of a metadata log, or a snapshot of one. The directory that it belongs to, the one above its own, is locked
 * meanwhile where it has a lock; then `onLocked` is called.
 * @throws JavaException if there is no such file or a batch is damaged, Error if a process uses the directory or the file is no log
 */
export async function loadMetadata(path: string, options: LoadOptions = {}): Promise<LoadedMetadata> {
  const { files = nodeFiles, onLocked, onIgnored = () => {} } = options;
  const lock = await lockAbove(path, files);
  try {
    onLocked?.();
    return await readAll(path, files, onIgnored);
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

async function readAll(path: string, files: Files, onIgnored: OnIgnored): Promise<LoadedMetadata> {
  if (files.stat(path) === undefined) {
    const missing = new JavaException('java.nio.file.NoSuchFileException', path);
    throw new JavaException('java.util.concurrent.ExecutionException', String(missing));
  }
  if (files.stat(path)!.isDirectory) throw new Error(`${path} is a directory. ${WHAT_TO_NAME}`);
  const file = files.open(path);
  const image = new Image();
  let batches = 0;
  let provenance: Provenance = { offset: -1, epoch: -1, time: -1 };
  try {
    for (const batch of fileBatches(file, path, 0, file.size())) {
      batches++;
      const { header } = batch;
      const control = isControl(header.attributes);
      for (const record of await recordsIn(batch)) (control ? passOver : accept)(record, image, onIgnored);
      if (!control)
        provenance = { offset: lastOffset(header), epoch: header.partitionLeaderEpoch, time: header.maxTimestamp };
    }
  } catch (error) {
    if (error instanceof JavaException) onIgnored('Unexpected error while handling a batch of events', error);
    throw error;
  } finally {
    file.close();
  }
  if (batches === 0) throw new Error(`There are no records in ${path}. ${WHAT_TO_NAME}`);
  return { image, provenance };
}

function passOver({ offset, contents }: FoundRecord, _: Image, onIgnored: OnIgnored): void {
  try {
    const { type } = reading(() => readControlKey(contents.key));
    if (type !== ControlType.LEADER_CHANGE)
      onIgnored(`Ignoring control record with type ${CONTROL_NAMES[type] ?? 'UNKNOWN'} at offset ${offset}`);
  } catch (error) {
    onIgnored(`unable to read control record at offset ${offset}`, error as Error);
  }
}

function accept({ offset, contents }: FoundRecord, image: Image, onIgnored: OnIgnored): void {
  let record: MetadataRecordRead;
  try {
    record = readMetadataRecord(contents.value);
  } catch (error) {
    onIgnored(`unable to read metadata record at offset ${offset}`, error as Error);
    return;
  }
  image.accept({ kind: record.schema.name, data: record.data });
}
