// What `kafka-storage format` has written for the first start of a cluster: `bootstrap.checkpoint` in the directory of the
// metadata, a snapshot with the levels of features and the users that were asked for (BootstrapDirectory).
import { join } from 'node:path';
import { replaceFile } from '../../log/atomic-file.ts';
import type { Files } from '../../log/files.ts';
import { BOOTSTRAP_CHECKPOINT, bootstrapCheckpoint } from '../../protocol/state/bootstrap-checkpoint.ts';
import type { Logger } from '../../util/logger.ts';
import type { FramedRecord } from './record-serde.ts';
import { readSnapshot, visitSnapshot } from './snapshot.ts';

/** The records of a directory that was formatted; undefined if it was not. */
export async function formattedRecords(
  files: Files,
  directory: string,
  logger: Logger,
): Promise<readonly FramedRecord[] | undefined> {
  const path = join(directory, BOOTSTRAP_CHECKPOINT);
  if (files.stat(path) === undefined) return undefined;
  const content = readSnapshot(files, { path, endOffset: 0, epoch: 0 });
  if (content === undefined) {
    logger.warn(
      `${path} is not whole: features begin at the levels of a new cluster, and users that it names are not made`,
    );
    return undefined;
  }
  const records: FramedRecord[] = [];
  await visitSnapshot(content, (record) => records.push(record));
  return records;
}

/** Leaves in directories that nobody formatted what formatting does, for the tools that read it. */
export function writeFormatted(
  files: Files,
  directories: readonly string[],
  values: readonly Buffer[],
  nowMs: number,
): void {
  for (const directory of directories) {
    const path = join(directory, BOOTSTRAP_CHECKPOINT);
    if (files.stat(path) === undefined) replaceFile(files, path, bootstrapCheckpoint(values, nowMs), { sync: true });
  }
}
