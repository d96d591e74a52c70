// A reader of tutorials, in a folder that looks like an unpacked Kafka.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { freePort } from './free-port.ts';
import { type Ended, User } from './program.ts';

export interface Shell {
  readonly child: ChildProcess;
  /** Resolves when standard output has this in it; rejects if it ends without. */
  says(text: string): Promise<void>;
  readonly ended: Promise<Ended>;
}

/** A user in the folder that `ktool dist init` wrote; `localhost:9092` in what is typed is the broker's free port. */
export class Reader {
  readonly user = new User();
  readonly home = join(this.user.home, 'my kafka');
  readonly bootstrap: string;

  private constructor(port: number) {
    this.bootstrap = `127.0.0.1:${port}`;
  }

  static async open(): Promise<Reader> {
    const port = await freePort();
    const reader = new Reader(port);
    expect(await reader.user.run(['dist', 'init', 'my kafka'])).toMatchObject({ status: 0, stderr: '' });
    for (const name of ['server.properties', 'kraft/server.properties'])
      reader.edit(name, (text) => text.replaceAll(':9092', `:${port}`).replaceAll(':9093', ':0'));
    return reader;
  }

  edit(name: string, change: (text: string) => string): void {
    const file = join(this.home, 'config', name);
    writeFileSync(file, change(readFileSync(file, 'utf8')));
  }

  start(line: string, input?: string): Shell {
    const child = spawn('/bin/sh', ['-c', `exec ${line.replaceAll('localhost:9092', this.bootstrap)}`], {
      cwd: this.home,
      env: {
        PATH: `${join(this.home, 'bin')}:${process.env.PATH}`,
        HOME: this.user.home,
        XDG_DATA_HOME: this.user.home,
      },
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    // A script may end without having read.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
    const text = { stdout: '', stderr: '' };
    child.stdout!.on('data', (chunk: Buffer) => (text.stdout += chunk));
    child.stderr!.on('data', (chunk: Buffer) => (text.stderr += chunk));
    const closed = once(child, 'close');
    onTestFinished(async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await closed;
    });
    return {
      child,
      async says(wanted) {
        while (!text.stdout.includes(wanted))
          if ((await Promise.race([once(child.stdout!, 'data'), closed.then(() => 'ended')])) === 'ended')
            throw new Error(`${line} ended: ${text.stdout}${text.stderr}`);
      },
      ended: closed.then(() => ({ status: child.exitCode, ...text })),
    };
  }

  run(line: string, input?: string): Promise<Ended> {
    return this.start(line, input).ended;
  }
}
