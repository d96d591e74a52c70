// What a user has running in the foreground or behind: each process writes a file when it serves and removes it when it
// stops, so that the commands that stop them find it. What a killed one left is known by its process being gone.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Kind, readableFolders, writableFolder } from './note-folders.ts';

export interface Running {
  readonly pid: number;
}

interface Entry extends Running {
  /** Tells the process from a later one with the same id. */
  readonly processStart: string;
}

/**
 * Notes that this process runs; returns a function that takes the note away. Where nothing can be written there is none: signals
 * stop the process all the same.
 */
export function announce(kind: Kind, what: object, env: NodeJS.ProcessEnv): () => void {
  const { pid } = process;
  const directory = writableFolder(kind, env);
  if (directory === undefined) return () => {};
  const file = join(directory, `${pid}.json`);
  const entry: Entry = { ...what, pid, processStart: processStart(pid) };
  // Whoever reads meanwhile finds one note or the other, whole.
  writeFileSync(`${file}.new`, JSON.stringify(entry), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return () => rmSync(file, { force: true });
}

/** Those that run. */
export function running<R extends Running>(kind: Kind, env: NodeJS.ProcessEnv): R[] {
  return readableFolders(kind, env)
    .flatMap(noteFiles)
    .flatMap((file) => {
      const entry = readEntry<R & Entry>(file);
      if (entry !== undefined && isRunning(entry.pid) && processStart(entry.pid) === entry.processStart) {
        const { processStart: _, ...rest } = entry;
        return [rest as unknown as R];
      }
      rmSync(file, { force: true });
      return [];
    });
}

function noteFiles(directory: string): string[] {
  try {
    return readdirSync(directory)
      .filter((name) => /^\d+\.json$/.test(name))
      .map((name) => join(directory, name));
  } catch {
    return [];
  }
}

function readEntry<E>(file: string): E | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as E;
  } catch {
    return undefined;
  }
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether a process has ended and only its parent has not asked for its status yet, which a slow init takes seconds for. */
function isZombie(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The command before the state is in brackets and may hold anything.
    return stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
  } catch {
    return false;
  }
}

/** When a process started, in whatever form the system has; '' if it does not say. */
function processStart(pid: number): string {
  try {
    if (process.platform === 'win32') return '';
    if (process.platform !== 'linux')
      return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // Field 22, counted behind the command, which may contain anything.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
