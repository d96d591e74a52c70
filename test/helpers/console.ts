// The program with an open standard input, for the commands that people type into and read from.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { environment } from './environment.ts';
import { expectNoSecrets } from './secrets.ts';

const program = fileURLToPath(new URL('../../bin/run.js', import.meta.url));

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Console {
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<Ended>;
  /** The next line of standard output. */
  line(): Promise<string>;
}

/** Starts ktool as Kafka's scripts behave, with standard input left open; killed when the test is over. */
export function open(argv: readonly string[], env: NodeJS.ProcessEnv = { KTOOL_COMPAT: 'kafka' }): Console {
  const child = spawn(process.execPath, [program, ...argv], { env: { ...environment, ...env } });
  const text = { stdout: '', stderr: '' };
  let read = 0;
  child.stdout.on('data', (chunk: Buffer) => (text.stdout += chunk));
  child.stderr.on('data', (chunk: Buffer) => (text.stderr += chunk));
  child.stdin.on('error', () => {});
  const exited = once(child, 'close');
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await exited;
    expectNoSecrets(text.stdout + text.stderr, `ktool ${argv[0]}`);
  });
  return {
    child,
    ended: exited.then(() => ({ status: child.exitCode, ...text })),
    async line() {
      for (;;) {
        const end = text.stdout.indexOf('\n', read);
        if (end >= 0) {
          const line = text.stdout.slice(read, end);
          read = end + 1;
          return line;
        }
        const ended = exited.then(() => 'ended');
        if ((await Promise.race([once(child.stdout, 'data'), ended])) === 'ended')
          throw new Error(`ktool ended: ${text.stderr}`);
      }
    },
  };
}

/** Runs ktool to its end with `input` as standard input. */
export function run(argv: readonly string[], input = '', env?: NodeJS.ProcessEnv): Promise<Ended> {
  const { child, ended } = open(argv, env);
  child.stdin.end(input);
  return ended;
}
