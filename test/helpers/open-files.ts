// Which files this process has open, where the system says so: Linux.
import { existsSync, readdirSync, readlinkSync } from 'node:fs';

const DESCRIPTORS = '/proc/self/fd';

export const knowsOpenFiles = existsSync(DESCRIPTORS);

/** Their paths. */
export function openFiles(): string[] {
  return readdirSync(DESCRIPTORS).flatMap((descriptor) => {
    try {
      return [readlinkSync(`${DESCRIPTORS}/${descriptor}`)];
    } catch {
      // The one that the folder itself was read with.
      return [];
    }
  });
}
