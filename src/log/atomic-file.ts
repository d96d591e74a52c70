// Replacing a small file so that at any moment either the old or the new content is there (CheckpointFile.write).
import path from 'node:path';
import type { Files } from './files.ts';

/**
 * Writes `<file>.tmp` and renames it over `file`.
 * @param options.sync fsync the content before and the directory after, so that a power loss cannot leave an empty file
 */
export function replaceFile(files: Files, file: string, content: Buffer | string, options: { sync: boolean }): void {
  const temporary = `${file}.tmp`;
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const handle = files.open(temporary, { create: true });
  try {
    handle.truncate(0);
    handle.write(bytes, 0);
    if (options.sync) handle.sync();
  } finally {
    handle.close();
  }
  files.rename(temporary, file);
  if (options.sync) files.syncDirectory(path.dirname(file));
}

/** The text of a file, undefined if it is not there. */
export function readTextIfPresent(files: Files, file: string): string | undefined {
  return files.stat(file) === undefined ? undefined : files.readFile(file).toString('utf8');
}
