import { readFile } from 'node:fs/promises';

/** @throws NodeJS.ErrnoException */
export function readTextFile(path: string): Promise<string> {
  return readFile(path, 'utf8');
}
