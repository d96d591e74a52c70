// The brokers that a user has running: each writes a file when it serves and removes it when it stops, so that
// `server stop` and `server status` find it. What a killed broker left is known by its process being gone.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataHome } from './data-home.ts';

/** One of several brokers of a process. */
export interface RunningNode {
  readonly nodeId: number;
  readonly address: string;
  readonly port: number;
  /** False between its stop and its next start. */
  readonly running: boolean;
}

/** A process; what is said of the broker is said of its first. */
export interface RunningBroker {
  readonly pid: number;
  readonly nodeId: number;
  /** Host and port that clients are told. */
  readonly address: string;
  readonly port: number;
  /** null for one that keeps everything in memory. */
  readonly dataDir: string | null;
  readonly clusterId: string;
  /** All brokers of a process that has several. */
  readonly nodes?: readonly RunningNode[];
  /** Where such a process takes commands, see control.ts. */
  readonly control?: string;
}

interface Entry extends RunningBroker {
  /** Tells the process from a later one with the same id. */
  readonly processStart: string;
}

export interface BrokerFilter {
  readonly port?: number | undefined;
  readonly dataDir?: string | undefined;
  readonly nodeId?: number | undefined;
}

const folder = (env: NodeJS.ProcessEnv): string => join(dataHome(env), 'run');

/** Notes that this process serves, anew when something has changed; returns a function that takes the note away. */
export function announceBroker(broker: RunningBroker, env: NodeJS.ProcessEnv): () => void {
  const file = join(folder(env), `${broker.pid}.json`);
  const entry: Entry = { ...broker, processStart: processStart(broker.pid) };
  mkdirSync(folder(env), { recursive: true });
  // Whoever reads meanwhile finds one note or the other, whole.
  writeFileSync(`${file}.new`, JSON.stringify(entry), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return () => rmSync(file, { force: true });
}

/** The brokers that run and fit, by port. */
export function runningBrokers(env: NodeJS.ProcessEnv, { port, dataDir, nodeId }: BrokerFilter = {}): RunningBroker[] {
  return entries(folder(env))
    .filter((entry) => port === undefined || nodesOf(entry).some((node) => node.port === port))
    .filter((entry) => dataDir === undefined || entry.dataDir === dataDir)
    .filter((entry) => nodeId === undefined || nodesOf(entry).some((node) => node.nodeId === nodeId))
    .map(({ processStart: _, ...broker }) => broker)
    .sort((a, b) => a.port - b.port);
}

/** The brokers of a process. */
export function nodesOf({ nodeId, address, port, nodes }: RunningBroker): readonly RunningNode[] {
  return nodes ?? [{ nodeId, address, port, running: true }];
}

/** Whether that very broker still runs. */
export function stillRuns({ pid }: RunningBroker, env: NodeJS.ProcessEnv): boolean {
  return entries(folder(env)).some((entry) => entry.pid === pid) || isRunning(pid);
}

function entries(directory: string): Entry[] {
  return fileNames(directory).flatMap((name) => {
    const file = join(directory, name);
    const entry = readEntry(file);
    if (entry !== undefined && isRunning(entry.pid) && processStart(entry.pid) === entry.processStart) return [entry];
    rmSync(file, { force: true });
    return [];
  });
}

function fileNames(directory: string): string[] {
  try {
    return readdirSync(directory).filter((name) => /^\d+\.json$/.test(name));
  } catch {
    return [];
  }
}

function readEntry(file: string): Entry | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Entry;
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
