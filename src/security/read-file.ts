// The one door of this room to the disk: files that settings name. Small, and read at start or when they change.
import { readFileSync, statSync } from 'node:fs';

/** As in Java, no path at all is the working directory. @throws NodeJS.ErrnoException */
export const readSettingFile = (path: string): Buffer => readFileSync(path || '.');

/** Something that is another after the file was written again; a word that says so if it is not there. */
export function fileState(path: string): string {
  try {
    const { mtimeMs, size, ino } = statSync(path);
    return `${mtimeMs}/${size}/${ino}`;
  } catch {
    return 'missing';
  }
}

/** Whether every user of the machine may read a file; never on Windows, which has other rights, nor for what is not there. */
export function othersCanRead(path: string): boolean {
  try {
    return process.platform !== 'win32' && (statSync(path).mode & 0o004) !== 0;
  } catch {
    return false;
  }
}
