// `.lock` in a log directory: one process at a time. Kafka takes a lock of the operating system, which Node cannot take, but
// see where the system tells of it (Linux); here the file says who holds it, and a process that is no longer there holds nothing.
import path from 'node:path';
import type { Files } from './files.ts';
import { nodeFiles } from './files.ts';

const LOCK_FILE = '.lock';

export interface DirectoryLock {
  release(): void;
}

// A process that was killed a moment ago still counts as running until the system has taken it apart; who restarts a
// broker at once after `kill -9` should not be turned away.
const DYING_MS = 2000;
const LOOK_AGAIN_MS = 20;

class LockHeld extends Error {
  readonly byAnotherProcess: boolean;

  constructor(directory: string, pid: number | undefined) {
    const who = pid === undefined ? 'another process' : `process ${pid}`;
    super(
      `Failed to acquire lock on file ${LOCK_FILE} in ${directory}. A Kafka instance in another process or thread is using this directory (${who}).`,
    );
    this.byAnotherProcess = pid !== process.pid;
  }
}

/**
 * Takes the lock of a log directory. What a killed process left is taken over; another's lock is waited for, for two
 * seconds.
 * @throws Error naming the directory and the process that holds it
 */
export async function lockDirectory(files: Files, directory: string): Promise<DirectoryLock> {
  for (let waitedMs = 0; ; waitedMs += LOOK_AGAIN_MS) {
    try {
      return takeLock(files, directory);
    } catch (error) {
      if (!(error instanceof LockHeld && error.byAnotherProcess) || waitedMs >= DYING_MS) throw error;
      await new Promise((done) => setTimeout(done, LOOK_AGAIN_MS));
    }
  }
}

function takeLock(files: Files, directory: string): DirectoryLock {
  const file = path.join(directory, LOCK_FILE);
  const mine = Buffer.from(`${process.pid} ${startOf(process.pid)}\n`);
  if (!files.createExclusive(file, mine)) {
    const content = files.readFile(file);
    const owner = liveOwner(content.toString('utf8')) ?? systemOwner(files, file);
    if (owner !== undefined) throw new LockHeld(directory, owner);
    takeAway(files, file, content);
    if (!files.createExclusive(file, mine)) throw new LockHeld(directory, undefined);
  }
  return { release: () => files.remove(file) };
}

/** The process that has a lock of the system on a file, as Kafka's FileLock; undefined if none has, or the system does not tell. */
function systemOwner(files: Files, file: string): number | undefined {
  const inode = files.stat(file)?.inode;
  if (inode === undefined) return undefined;
  for (const line of locksOfTheSystem(files)) {
    const [, pid, locked] = /^\d+: POSIX +\S+ +WRITE (\d+) [\da-f]+:[\da-f]+:(\d+) /.exec(line) ?? [];
    if (Number(locked) === inode && Number(pid) !== process.pid) return Number(pid);
  }
  return undefined;
}

function locksOfTheSystem(files: Files): string[] {
  try {
    return files.readFile('/proc/locks').toString().split('\n');
  } catch {
    return [];
  }
}

/** Removes a dead lock, but not one that another process put there in the meantime. */
function takeAway(files: Files, file: string, content: Buffer): void {
  const aside = `${file}.${process.pid}`;
  files.rename(file, aside);
  if (files.readFile(aside).equals(content)) files.remove(aside);
  else files.rename(aside, file);
}

/** The process id in the lock's text, if that very process still runs. */
function liveOwner(text: string): number | undefined {
  const match = /^(\d+) (\S+)\s*$/.exec(text);
  if (match === null) return undefined;
  const pid = Number(match[1]);
  return isRunning(pid) && startOf(pid) === match[2] ? pid : undefined;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** When a process started, in a form that only serves to tell it from a later process with the same id. */
function startOf(pid: number): string {
  try {
    const stat = nodeFiles.readFile(`/proc/${pid}/stat`).toString('latin1');
    // Field 22, counted behind the command, which may contain anything.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '-';
  } catch {
    return '-';
  }
}
