// Child processes with a limit on their time, servers, and free ports.
import { spawn, spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { createServer } from 'node:net';

/** Whether a program can be run at all. */
export const has = (command, ...args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;

/**
 * Runs a command to its end, or kills it and all that it started after `timeout` ms.
 * @returns its exit code (null when it was killed) and what it printed on both streams, in order
 */
export async function run(command, args, { cwd, env, timeout = 600_000 } = {}) {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const chunks = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => chunks.push(chunk));
  const timer = setTimeout(() => killGroup(child), timeout);
  try {
    const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
    return { code, output: Buffer.concat(chunks).toString() };
  } finally {
    clearTimeout(timer);
  }
}

/** As run. @throws Error with the end of what it printed when it fails */
export async function must(command, args, options) {
  const { code, output } = await run(command, args, options);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${output.slice(-3000)}`);
  return output;
}

function killGroup(child) {
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}

/**
 * Starts a server and resolves when it prints `line`; `logTo(file)` writes there what
 * it prints, `stop()` ends it.
 * @throws Error with its log when it ends before
 */
export async function serve(command, args, line, options = {}) {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => child.on('exit', resolve).on('error', resolve));
  let log = '';
  await new Promise((resolve, reject) => {
    const watch = (chunk) => {
      log += chunk;
      if (log.includes(line)) resolve();
    };
    child.stdout.on('data', watch);
    child.stderr.on('data', watch);
    ended.then((reason) => reject(new Error(`${command} ended with ${reason}: ${log.slice(-3000)}`)));
  });
  const logTo = (file) => {
    const stream = createWriteStream(file);
    stream.write(log);
    for (const from of [child.stdout, child.stderr]) from.removeAllListeners('data').pipe(stream, { end: false });
  };
  const stop = async () => {
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), 20_000);
    await ended;
    clearTimeout(late);
  };
  return { pid: child.pid, logTo, stop };
}

// Below the ports that systems choose for the near end of connections (from 32768 on Linux): no client comes to sit on one
// between the look and its use.
const FIRST_PORT = 10_000;
const LAST_PORT = 20_000;

/** A port that nobody listens on, the first of `count` side by side. */
export async function freePorts(count = 1) {
  for (;;) {
    const port = randomInt(FIRST_PORT, LAST_PORT);
    const side = await Promise.all(Array.from({ length: count }, (_, at) => isFree(port + at)));
    if (side.every(Boolean)) return port;
  }
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
