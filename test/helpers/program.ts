// The program as users start it, from another folder than its own and with a home of its own.
import { type ChildProcessByStdio, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { environment } from './environment.ts';
import { expectNoSecrets } from './secrets.ts';

export const program = fileURLToPath(new URL('../../bin/run.js', import.meta.url));

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningProgram {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  /** The next line of standard output. */
  line(): Promise<string>;
  /** Resolves when the process has ended. */
  readonly ended: Promise<Ended>;
}

/** A user with a home of their own; everything in it is removed, and what they started killed, after the test. */
export class User {
  readonly home = mkdtempSync(join(tmpdir(), 'ktool-home-'));
  readonly #env: NodeJS.ProcessEnv;

  constructor(env: NodeJS.ProcessEnv = {}) {
    this.#env = { ...environment, XDG_DATA_HOME: this.home, XDG_CONFIG_HOME: this.home, ...env };
    onTestFinished(() => rmSync(this.home, { recursive: true, force: true }));
  }

  /** Starts ktool and goes on. */
  start(argv: readonly string[], env: NodeJS.ProcessEnv = {}): RunningProgram {
    const child = spawn(process.execPath, [program, ...argv], {
      cwd: this.home,
      env: { ...this.#env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const exited = once(child, 'close');
    onTestFinished(async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await exited;
      expectNoSecrets(text.stdout + text.stderr, `ktool ${argv[0]}`);
    });
    const text = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => (text.stdout += chunk));
    child.stderr.on('data', (chunk: Buffer) => (text.stderr += chunk));
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    return {
      child,
      async line() {
        const { value, done } = await lines.next();
        if (done) throw new Error(`ktool ended: ${text.stderr}`);
        return value;
      },
      ended: exited.then(() => ({ status: child.exitCode, ...text })),
    };
  }

  /** Runs ktool to its end, with `input` as its standard input if given. */
  run(argv: readonly string[], env: NodeJS.ProcessEnv = {}, input?: string): Promise<Ended> {
    if (input === undefined) return this.start(argv, env).ended;
    return new Promise((resolve) => {
      const options = { cwd: this.home, env: { ...this.#env, ...env } };
      let shown = '';
      const child = execFile(process.execPath, [program, ...argv], options, (_, stdout, stderr) => {
        shown = stdout + stderr;
        resolve({ status: child.exitCode, stdout, stderr });
      });
      onTestFinished(() => expectNoSecrets(shown, `ktool ${argv[0]}`));
      // A program may end without having read.
      child.stdin?.on('error', () => {});
      child.stdin?.end(input);
    });
  }
}
