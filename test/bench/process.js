// Child processes and what they cost.
import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

/** CPU seconds (user + system) that a live process has used; Linux only, NaN elsewhere. */
export function cpuSeconds(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  } catch {
    return Number.NaN;
  }
}

/** Resident memory of a live process in MiB; Linux only, NaN elsewhere. */
export function residentMiB(pid) {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}

const children = new Set();

/** Starts a process that is killed, with what it starts itself, if this one ends before it, by Ctrl-C or an error too. */
export function spawnMortal(file, args, options) {
  const child = spawn(file, args, { ...options, detached: true });
  children.add(child);
  child.once('close', () => children.delete(child));
  return child;
}

/** Ends this process and what it started on signals, and calls `cleanUp` at the very end of either way. */
export function endWithChildren(cleanUp) {
  process.on('exit', () => {
    for (const { pid } of children) process.kill(-pid, 'SIGKILL');
    cleanUp();
  });
  for (const [signal, number] of Object.entries({ SIGINT: 2, SIGTERM: 15, SIGHUP: 1 }))
    process.on(signal, () => process.exit(128 + number));
}

const TIME = existsSync('/usr/bin/time') ? ['/usr/bin/time', '-f', '@@%e %U %S %M'] : [];

/**
 * Runs a command to its end.
 * @returns wall and CPU seconds, peak memory in MiB (where /usr/bin/time is), and what it printed on stdout
 */
export function run(argv, { stdin, stdout, env } = {}) {
  return new Promise((resolve, reject) => {
    const input = stdin ? openSync(stdin, 'r') : 'ignore';
    const output = stdout ? openSync(stdout, 'w') : 'pipe';
    const [file, ...args] = [...TIME, ...argv];
    const started = performance.now();
    const child = spawnMortal(file, args, { stdio: [input, output, 'pipe'], env: { ...process.env, ...env } });
    const out = [];
    const err = [];
    child.stdout?.on('data', (chunk) => out.push(chunk));
    child.stderr.on('data', (chunk) => err.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      const wall = (performance.now() - started) / 1000;
      for (const fd of [input, output]) if (typeof fd === 'number') closeSync(fd);
      const errors = Buffer.concat(err).toString();
      const figures = /@@([\d.]+) ([\d.]+) ([\d.]+) (\d+)/.exec(errors);
      if (code !== 0) return reject(new Error(`${argv.join(' ')} ended with ${code}: ${errors.slice(-2000)}`));
      resolve({
        wall,
        cpu: figures ? Number(figures[2]) + Number(figures[3]) : Number.NaN,
        peakMiB: figures ? Number(figures[4]) / 1024 : Number.NaN,
        stdout: Buffer.concat(out).toString(),
      });
    });
  });
}

export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};
