import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { errnoOf, type Files, nodeFiles } from '../../src/log/files.ts';
import { memoryFiles } from '../../src/log/memory-files.ts';
import { temporaryDirectory } from './helpers.ts';

/** The system error code that an action throws. */
function codeOf(action: () => unknown): string | undefined {
  try {
    action();
  } catch (error) {
    return errnoOf(error);
  }
  return 'nothing thrown';
}

describe.each<[string, () => Files]>([
  ['on disk', () => nodeFiles],
  ['in memory', () => memoryFiles()],
])('files %s', (_, make) => {
  function setUp(): { files: Files; at: (name: string) => string } {
    const files = make();
    const directory = temporaryDirectory();
    files.makeDirectory(directory);
    return { files, at: (name) => path.join(directory, name) };
  }

  test('are written and read at positions', async () => {
    const { files, at } = setUp();
    const file = files.open(at('f'), { create: true });
    file.write(Buffer.from('abcdef'), 0);
    file.write(Buffer.from('XY'), 2);
    file.write(Buffer.from('!'), 8);
    expect(file.size()).toBe(9);
    expect(files.readFile(at('f'))).toEqual(Buffer.from('abXYef\0\0!'));
    const four = Buffer.alloc(4);
    expect([file.read(four, 1), four.toString()]).toEqual([4, 'bXYe']);
    expect(await file.readAsync(four, 7)).toBe(2);
    expect(file.read(four, 100)).toBe(0);
    file.truncate(3);
    file.truncate(5);
    expect(files.readFile(at('f'))).toEqual(Buffer.from('abX\0\0'));
    file.sync();
    await file.syncAsync();
    file.close();
  });

  test('may be larger than a page', () => {
    const { files, at } = setUp();
    const file = files.open(at('f'), { create: true });
    const data = Buffer.alloc(3_000_001, 'kafka');
    for (let done = 0; done < data.length; done += 700_000) file.write(data.subarray(done, done + 700_000), done);
    expect(files.readFile(at('f')).equals(data)).toBe(true);
    const part = Buffer.alloc(100);
    file.read(part, 1_048_526);
    expect(part.equals(data.subarray(1_048_526, 1_048_626))).toBe(true);
    file.close();
  });

  test('that are not there are ENOENT, unless created', () => {
    const { files, at } = setUp();
    expect(codeOf(() => files.open(at('f')))).toBe('ENOENT');
    expect(codeOf(() => files.open(at('no/f'), { create: true }))).toBe('ENOENT');
    expect(codeOf(() => files.readFile(at('f')))).toBe('ENOENT');
    expect(codeOf(() => files.rename(at('f'), at('g')))).toBe('ENOENT');
    expect(codeOf(() => files.readDirectory(at('d')))).toBe('ENOENT');
    expect(files.stat(at('f'))).toBeUndefined();
    files.remove(at('f'));
    files.removeDirectory(at('d'));
  });

  test('are created by one only', () => {
    const { files, at } = setUp();
    expect(files.createExclusive(at('f'), Buffer.from('1'))).toBe(true);
    expect(files.createExclusive(at('f'), Buffer.from('2'))).toBe(false);
    expect(files.readFile(at('f')).toString()).toBe('1');
  });

  test('are renamed and removed, also with their directory, while open', () => {
    const { files, at } = setUp();
    files.makeDirectory(at('a/b'));
    const file = files.open(at('a/f'), { create: true });
    files.createExclusive(at('a/b/g'), Buffer.from('g'));
    files.rename(at('a'), at('z'));
    file.write(Buffer.from('still'), 0);
    expect(files.readFile(at('z/f')).toString()).toBe('still');
    expect(files.readFile(at('z/b/g')).toString()).toBe('g');
    expect(files.stat(at('a'))).toBeUndefined();
    const sorted = files.readDirectory(at('z')).sort((one, other) => (one.name < other.name ? -1 : 1));
    expect(sorted).toEqual([
      { name: 'b', isDirectory: true },
      { name: 'f', isDirectory: false },
    ]);
    files.syncDirectory(at('z'));
    files.rename(at('z/f'), at('z/b/g'));
    expect(files.readFile(at('z/b/g')).toString()).toBe('still');
    files.removeDirectory(at('z'));
    expect(files.stat(at('z/b/g'))).toBeUndefined();
    file.close();
  });

  test('have a size and a time', () => {
    const { files, at } = setUp();
    files.createExclusive(at('f'), Buffer.from('12345'));
    const info = files.stat(at('f'))!;
    expect(info).toMatchObject({ size: 5, isDirectory: false });
    expect(Math.abs(info.modifiedMs - Date.now())).toBeLessThan(60_000);
    expect(files.stat(at('.'))!.isDirectory).toBe(true);
    expect(files.diskSpace(at('.')).totalBytes).not.toBe(0);
  });
});

describe('files in memory', () => {
  const at = (name: string) => `/d/${name}`;

  function withDirectory(options?: { rememberSynced: boolean }) {
    const files = memoryFiles(options);
    files.makeDirectory('/d');
    return files;
  }

  test('fail when told to, as often as told to', () => {
    const files = withDirectory();
    const file = files.open(at('f'), { create: true });
    files.inject({ operation: 'write', code: 'ENOSPC', path: /f$/, skip: 1, times: 2, partialBytes: 1 });
    const write = (text: string) => codeOf(() => file.write(Buffer.from(text), 0));
    expect(['aa', 'bb', 'cc', 'dd'].map(write)).toEqual(['nothing thrown', 'ENOSPC', 'ENOSPC', 'nothing thrown']);
    expect(files.readFile(at('f')).toString()).toBe('dd');
    const takeAway = files.inject({ operation: 'sync', code: 'EIO' });
    expect(codeOf(() => file.sync())).toBe('EIO');
    takeAway();
    expect(codeOf(() => file.sync())).toBe('nothing thrown');
  });

  test('survive a crash, their handles and locks do not', () => {
    const files = withDirectory();
    const file = files.open(at('f'), { create: true });
    file.write(Buffer.from('x'), 0);
    files.createExclusive(at('.lock'), Buffer.from('me'));
    files.crash();
    expect(codeOf(() => file.write(Buffer.from('y'), 0))).toBe('EBADF');
    expect(files.readFile(at('f')).toString()).toBe('x');
    expect(files.stat(at('.lock'))).toBeUndefined();
  });

  test('lose what was not synced with the power', () => {
    const files = withDirectory({ rememberSynced: true });
    const synced = files.open(at('synced'), { create: true });
    synced.write(Buffer.from('ab'), 0);
    synced.sync();
    synced.write(Buffer.from('XYZ'), 0);
    files.open(at('lost'), { create: true }).write(Buffer.from('x'), 0);
    files.rename(at('synced'), at('renamed'));
    files.losePower();
    expect(files.readFile(at('synced')).toString()).toBe('ab');
    expect(files.stat(at('lost'))).toBeUndefined();
    expect(files.stat(at('renamed'))).toBeUndefined();
    files.rename(at('synced'), at('renamed'));
    files.syncDirectory('/d');
    files.losePower();
    expect(files.readFile(at('renamed')).toString()).toBe('ab');
    expect(files.stat(at('synced'))).toBeUndefined();
  });
});
