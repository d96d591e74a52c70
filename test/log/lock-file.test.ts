import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Files, nodeFiles } from '../../src/log/files.ts';
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

test('a lock of the system, as Kafka takes it, is refused until its owner is gone', async () => {
  const dir = directory();
  writeFileSync(join(dir, '.lock'), '');
  const { ino } = statSync(join(dir, '.lock'));
  const locks = (inode: number) =>
    Buffer.from(
      `1: FLOCK  ADVISORY  WRITE 41 fe:00:${inode} 0 EOF\n2: POSIX  ADVISORY  WRITE 42 fe:00:${inode} 0 EOF\n`,
    );
  const files = (inode: number): Files => ({
    ...nodeFiles,
    readFile: (path) => (path === '/proc/locks' ? locks(inode) : nodeFiles.readFile(path)),
  });
  await expect(lockDirectory(files(ino), dir)).rejects.toThrow('using this directory (process 42)');
  (await lockDirectory(files(ino + 1), dir)).release();
});
