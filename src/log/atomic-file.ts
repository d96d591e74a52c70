// Replacing a small file so that at any moment either the old or the new content is there (CheckpointFile.write).
import path from 'node:path';
import type { Files, OpenFile } from './files.ts';

/**
 * Writes `<file>.tmp` and renames it over `file`.
 * @param options.sync fsync the content before and the directory after, so that a power loss cannot leave an empty file
 */
export function replaceFile(files: Files, file: string, content: Buffer | string, options: { sync: boolean }): void {
  const handle = files.open(temporaryOf(file), { create: true });
  try {
    writeWhole(handle, content);
    if (options.sync) handle.sync();
  } finally {
    handle.close();
  }
  files.rename(temporaryOf(file), file);
  if (options.sync) files.syncDirectory(path.dirname(file));
}

/** The same with `sync`, without blocking; nothing else may replace the file meanwhile. */
export async function replaceFileAsync(files: Files, file: string, content: Buffer | string): Promise<void> {
  const handle = files.open(temporaryOf(file), { create: true });
  try {
    writeWhole(handle, content);
    await handle.syncAsync();
  } finally {
    handle.close();
  }
  files.rename(temporaryOf(file), file);
  await files.syncDirectoryAsync(path.dirname(file));
}

function temporaryOf(file: string): string {
  return `${file}.tmp`;
}

function writeWhole(handle: OpenFile, content: Buffer | string): void {
  handle.truncate(0);
  handle.write(typeof content === 'string' ? Buffer.from(content) : content, 0);
}

/** The text of a file, undefined if it is not there. */
export function readTextIfPresent(files: Files, file: string): string | undefined {
  return files.stat(file) === undefined ? undefined : files.readFile(file).toString('utf8');
}
