// The program at a real pseudo-terminal, by util-linux's script(1).
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { environment } from './environment.ts';
import { expectNoSecrets } from './secrets.ts';

const driver = fileURLToPath(new URL('./terminal-driver.js', import.meta.url));
const program = fileURLToPath(new URL('../../bin/run.js', import.meta.url));

/** Whether there is a script(1) that makes pseudo-terminals and passes the exit status on. */
export const hasTerminals: boolean =
  spawnSync('script', ['-qefc', 'stty size', '/dev/null'], { input: '', encoding: 'utf8' }).status === 0;

if (!hasTerminals) console.warn('No script(1) of util-linux here: what is to be seen at a terminal is not tested');

export interface Terminal {
  readonly child: ChildProcessWithoutNullStreams;
  /** Everything on the screen so far, with its escape sequences, lines ending with \n. */
  screen(): string;
  /** Resolves when the screen shows it, which may be behind what was waited for before. */
  shows(text: string | RegExp): Promise<void>;
  type(keys: string): void;
  /** The exit status, and all that was on the screen. */
  readonly ended: Promise<{ readonly status: number | null; readonly screen: string }>;
}

/** Goes to the beginning of a line and erases it. */
const IN_PLACE = '\r\u001b[K';

/** A screen without the lines that were drawn in place and erased again: a busy machine makes people wait, and they are told. */
export const leftOn = (screen: string): string =>
  screen
    .split(IN_PLACE)
    .filter((text, i, texts) => i === 0 || i === texts.length - 1 || text.includes('\n'))
    .join('');

/** What is on the screen after many command lines, run one after the other in one process: see terminal-driver.js. */
export async function screens(
  lines: readonly { readonly argv: readonly string[]; readonly until?: string | undefined }[],
  settings: { readonly columns: number; readonly env: NodeJS.ProcessEnv; readonly folder: string },
): Promise<{ readonly status: string; readonly screen: string }[]> {
  const file = join(settings.folder, `lines-${settings.columns}.json`);
  writeFileSync(file, JSON.stringify(lines));
  const { screen } = await terminal([file], { ...settings, rows: 50, runs: driver }).ended;
  const parts = screen.split('\u001e');
  return lines.map((_, i) => ({ screen: parts[2 * i] ?? '', status: parts[2 * i + 1] ?? 'none' }));
}

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

/** Starts ktool at a terminal of the given size; killed when the test is over. */
export function terminal(
  argv: readonly string[],
  {
    columns = 100,
    rows = 30,
    env = {},
    before = '',
    runs = program,
  }: { columns?: number; rows?: number; env?: NodeJS.ProcessEnv; before?: string; runs?: string } = {},
): Terminal {
  const command = [process.execPath, runs, ...argv].map(quoted).join(' ');
  const line = `stty rows ${rows} cols ${columns}; ${before}${before === '' ? 'exec ' : ''}${command}`;
  const child = spawn('script', ['-qefc', line, '/dev/null'], {
    env: { ...environment, TERM: 'xterm', KTOOL_COMPAT: '', ...env },
  });
  let text = '';
  let seen = 0;
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (chunk: string) => {
    text = (text + chunk).replaceAll('\r\n', '\n');
  });
  child.stdin.on('error', () => {});
  const closed = once(child, 'close');
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await closed;
    expectNoSecrets(text, `ktool ${argv[0]}`);
  });
  return {
    child,
    screen: () => text,
    async shows(wanted) {
      for (;;) {
        const rest = text.slice(seen);
        const at = typeof wanted === 'string' ? rest.indexOf(wanted) : rest.search(wanted);
        if (at >= 0) {
          seen += at + 1;
          return;
        }
        const end = closed.then(() => 'ended');
        if ((await Promise.race([once(child.stdout, 'data'), end])) === 'ended')
          throw new Error(`ktool ended without ${wanted}: ${text}`);
      }
    },
    type: (keys) => void child.stdin.write(keys),
    ended: closed.then(() => ({ status: child.exitCode, screen: text })),
  };
}
