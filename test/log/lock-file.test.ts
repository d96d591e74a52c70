import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { nodeFiles } from '../../src/log/files.ts';
import { lockDirectory } from '../../src/log/lock-file.ts';

function directory(): string {
  const dir = mkdtempSync(join(tmpdir(), 'ktool-lock-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A process that holds the lock of a directory as a broker does. */
async function holder(dir: string) {
  const program = `
    const { readFileSync, writeFileSync } = require('node:fs');
    let start = '-';
    try {
      const stat = readFileSync('/proc/self/stat', 'latin1');
      start = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    } catch {}
    writeFileSync(${JSON.stringify(join(dir, '.lock'))}, process.pid + ' ' + start + '\\n');
    console.log('held');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}

test('a lock is waited for while its owner dies', async () => {
  const dir = directory();
  const child = await holder(dir);
  const lock = lockDirectory(nodeFiles, dir);
  child.kill('SIGKILL');
  (await lock).release();
  expect(existsSync(join(dir, '.lock'))).toBe(false);
});

test('a lock whose owner lives is refused, naming the process', async () => {
  const dir = directory();
  const child = await holder(dir);
  await expect(lockDirectory(nodeFiles, dir)).rejects.toThrow(`using this directory (process ${child.pid})`);
});
