// `.kafka_cleanshutdown`: the last thing written by a clean stop, the first thing deleted by a start
// (org.apache.kafka.storage.internals.log.CleanShutdownFileHandler).
import path from 'node:path';
import { replaceFile } from './atomic-file.ts';
import type { Files } from './files.ts';

const FILE_NAME = '.kafka_cleanshutdown';

export function writeCleanShutdown(files: Files, directory: string): void {
  const content = JSON.stringify({ version: 0, brokerEpoch: -1 });
  replaceFile(files, path.join(directory, FILE_NAME), content, { sync: true });
}

/** Whether the marker was there. It is gone afterwards, so that a crash while starting does not look like a clean stop. */
export function takeCleanShutdown(files: Files, directory: string): boolean {
  const file = path.join(directory, FILE_NAME);
  if (files.stat(file) === undefined) return false;
  files.remove(file);
  files.syncDirectory(directory);
  return true;
}
