// How a process with several brokers is told to stop or start one of them: by a line of JSON over a socket that only its
// user can open. The answer is a line of JSON too.
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

export interface ControlCommand {
  readonly command: 'stop' | 'start';
  readonly nodeId: number;
}

export interface ControlChannel {
  /** What sendCommand takes. */
  readonly path: string;
  close(): void;
}

/** A path of a socket is at most so long (sun_path on macOS). */
const LONGEST_PATH = 103;
const LONGEST_COMMAND = 1024;
/** A broker stops within 2 s and starts within moments. */
const PATIENCE_MS = 10_000;

/** Takes commands until closed; what `run` throws is the answer of the one who asked. */
export async function openControl(run: (command: ControlCommand) => Promise<void>): Promise<ControlChannel> {
  const path = newPath();
  const server = net.createServer((socket) => {
    socket.on('error', () => {});
    socket.setTimeout(PATIENCE_MS, () => socket.destroy());
    let bytes = 0;
    socket.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > LONGEST_COMMAND) socket.destroy();
    });
    createInterface({ input: socket }).once('line', (line) => {
      const answer = (error?: string) => socket.end(`${JSON.stringify(error === undefined ? {} : { error })}\n`);
      const carriedOut = async () => run(JSON.parse(line));
      carriedOut().then(
        () => answer(),
        (error: Error) => answer(error.message),
      );
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  server.unref();
  if (process.platform !== 'win32') chmodSync(path, 0o600);
  return {
    path,
    close() {
      server.close();
      if (process.platform !== 'win32') rmSync(dirname(path), { recursive: true, force: true });
    },
  };
}

/** Resolves when the command is carried out. @throws Error with what the process answers, or why it cannot be asked */
export function sendCommand(path: string, command: ControlCommand): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(path, () => socket.write(`${JSON.stringify(command)}\n`));
    socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error('The process does not answer')));
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('The process ended before it answered')));
    createInterface({ input: socket }).once('line', (line) => {
      const { error } = JSON.parse(line) as { error?: string };
      if (error === undefined) resolve();
      else reject(new Error(error));
      socket.destroy();
    });
  });
}

/** In a folder of its own that nobody else can enter; on Windows a pipe whose name nobody can guess. */
function newPath(): string {
  if (process.platform === 'win32') return `\\\\.\\pipe\\ktool-${randomUUID()}`;
  const inFolder = (folder: string) => join(mkdtempSync(join(folder, 'ktool-')), 'control');
  const path = inFolder(tmpdir());
  if (path.length <= LONGEST_PATH) return path;
  rmSync(dirname(path), { recursive: true });
  return inFolder('/tmp');
}
