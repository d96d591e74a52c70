import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { nodeFiles } from '../../src/log/files.ts';

test('folders are made with those above them, and refused where none can be', () => {
  const dir = mkdtempSync(join(tmpdir(), 'ktool-files-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  nodeFiles.makeDirectory(join(dir, 'a/b/c'));
  nodeFiles.makeDirectory(join(dir, 'a/b/c'));
  expect(existsSync(join(dir, 'a/b/c'))).toBe(true);
  writeFileSync(join(dir, 'file'), '');
  expect(() => nodeFiles.makeDirectory(join(dir, 'file'))).toThrow(/EEXIST/);
  for (const below of ['file/a', 'file/a/b'])
    expect(() => nodeFiles.makeDirectory(join(dir, below))).toThrow(
      expect.objectContaining({ code: 'ENOTDIR', path: join(dir, below) }),
    );
});

test.runIf(process.platform === 'linux')('a folder under /proc is refused at once', () => {
  expect(() => nodeFiles.makeDirectory('/proc/ktool/data')).toThrow(/ENOENT|EACCES|EPERM/);
});
