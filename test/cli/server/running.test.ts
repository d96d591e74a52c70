import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { isRunning } from '../../../src/cli/server/running.ts';

const isLinux = process.platform === 'linux';

test.skipIf(!isLinux)(
  'a process that has ended runs no more, whether its parent asks for its status or not',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ktool-parent-'));
    // What tells the process is a parent that never asks for anybody's status: a shell does so between its commands.
    const script = 'sleep 60 & echo $! > pid; exec tail -f pid';
    const parent = spawn('sh', ['-c', script], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
    onTestFinished(() => {
      parent.kill('SIGKILL');
      rmSync(folder, { recursive: true });
    });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(String(line));
    expect(isRunning(pid)).toBe(true);
    process.kill(pid, 'SIGKILL');
    await expect.poll(() => isRunning(pid)).toBe(false);
    // It is still there for its parent.
    expect(() => process.kill(pid, 0)).not.toThrow();
  },
);
