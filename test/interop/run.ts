import { spawn } from 'node:child_process';

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

/**
 * Runs a command beside this process, which may be serving it.
 * @throws Error with its stderr if it fails, unless `anyExit`
 */
export function runAsync(command: string, args: readonly string[], input = '', anyExit = false): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args);
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      const finished = { code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() };
      if (code === 0 || anyExit) resolve(finished);
      else
        reject(new Error(`${command} ${args.join(' ')} ended with ${code}:\n${finished.stdout}\n${finished.stderr}`));
    });
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}
