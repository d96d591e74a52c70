// Where the notes on running processes are: the user's own folder, and a second one for services whose home is missing or
// may not be written to.
import { accessSync, constants, lstatSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { dataHome } from './data-home.ts';

/** Brokers had their folder first. */
const FOLDERS = { broker: 'run', zookeeper: 'run-zookeeper' } as const;
export type Kind = keyof typeof FOLDERS;

/** The folders that may be read: both, the second only if it is nobody else's. */
export function readableFolders(kind: Kind, env: NodeJS.ProcessEnv): string[] {
  const spare = spareFolder(kind);
  return [ownFolder(kind, env), ...(spare !== undefined && isOurs(spare) ? [spare] : [])];
}

/** Makes the first folder that can be written to; undefined if there is none. */
export function writableFolder(kind: Kind, env: NodeJS.ProcessEnv): string | undefined {
  const own = ownFolder(kind, env);
  if (made(own)) return own;
  const spare = spareFolder(kind);
  return spare !== undefined && made(spare) && isOurs(spare) ? spare : undefined;
}

const ownFolder = (kind: Kind, env: NodeJS.ProcessEnv): string => join(dataHome(env), FOLDERS[kind]);

function spareFolder(kind: Kind): string | undefined {
  const uid = process.getuid?.();
  return uid === undefined ? undefined : join(tmpdir(), `ktool-${uid}`, FOLDERS[kind]);
}

function made(directory: string): boolean {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    accessSync(directory, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Whoever comes first makes a folder in /tmp, and notes name processes that are sent signals. */
function isOurs(directory: string): boolean {
  return [dirname(directory), directory].every((path) => {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    return stat?.isDirectory() === true && stat.uid === process.getuid?.();
  });
}
