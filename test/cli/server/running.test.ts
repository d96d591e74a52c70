import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test, vi } from 'vitest';
import { isRunning } from '../../../src/cli/server/running.ts';

const isLinux = process.platform === 'linux';

test.skipIf(!isLinux)(
  'a process that has ended runs no more, whether its parent asks for its status or not',
  async () => {
    // A parent that did not start it, and so will not ask.
    const script = 'sleep 60 & exec sh -c "echo $!; exec sleep 60"';
    const parent = spawn('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'ignore'] });
    onTestFinished(() => void parent.kill('SIGKILL'));
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(String(line));
    expect(isRunning(pid)).toBe(true);
    process.kill(pid, 'SIGKILL');
    await vi.waitFor(() => expect(isRunning(pid)).toBe(false));
    // It is still there for its parent.
    expect(() => process.kill(pid, 0)).not.toThrow();
  },
);
