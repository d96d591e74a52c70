// `partition.metadata`: the topic id of a partition directory (org.apache.kafka.storage.internals.log.PartitionMetadataFile).
import { isUuid } from '../util/uuid.ts';
import { readTextIfPresent, replaceFile } from './atomic-file.ts';
import type { Files } from './files.ts';

export const PARTITION_METADATA = 'partition.metadata';

export function writePartitionMetadata(files: Files, file: string, topicId: string): void {
  replaceFile(files, file, `version: 0\ntopic_id: ${topicId}`, { sync: false });
}

/** undefined for a missing file and for one that a crash left without its content. */
export function readPartitionMetadata(files: Files, file: string): string | undefined {
  const match = /^version: \d+\ntopic_id: (\S+)\s*$/.exec(readTextIfPresent(files, file) ?? '');
  const id = match?.[1];
  return id !== undefined && isUuid(id) ? id : undefined;
}
