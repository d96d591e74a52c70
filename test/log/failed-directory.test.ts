// A log directory that fails, is missing, or is new.
import { describe, expect, test } from 'vitest';
import { memoryFiles } from '../../src/log/memory-files.ts';
import { append, TOPIC_ID } from './helpers.ts';
import { DIRS, names, open, openFilled, STORAGE_ERROR } from './two-directories.ts';

describe('a log directory that fails', () => {
  test('takes its logs offline, and no others; new ones go elsewhere', async () => {
    const files = memoryFiles();
    const fatal: string[] = [];
    const { manager, log } = await openFilled({ files, onFatal: (message) => fatal.push(message) });
    const other = manager.create('orders', 1, TOPIC_ID);
    const third = manager.create('orders', 2, TOPIC_ID);
    expect([log, other, third].map((one) => manager.directoryOf(one))).toEqual(['/one', '/two', '/one']);
    files.inject({ operation: 'write', path: /^\/one\/orders-0/, code: 'EIO', times: 1 });
    expect(() => append(log)).toThrow(STORAGE_ERROR);
    expect(() => append(third)).toThrow(STORAGE_ERROR);
    append(other);
    expect([...manager.failedDirectories.keys()]).toEqual(['/one']);
    expect(manager.directoryOf(manager.create('orders', 3, TOPIC_ID))).toBe('/two');
    expect(() => manager.move(other, '/one')).toThrow(STORAGE_ERROR);
    expect(fatal).toEqual([]);
    files.inject({ operation: 'sync', path: /^\/two\/orders-1/, code: 'EIO', times: 1 });
    expect(() => other.flush()).toThrow(STORAGE_ERROR);
    expect(fatal).toEqual(['Shutdown broker because all log dirs in /one, /two have failed']);
    await manager.close();
    expect(names(files, '/one')).not.toContain('.kafka_cleanshutdown');
  });

  test('as the target of a move ends the move only', async () => {
    const files = memoryFiles();
    const { manager, log } = await openFilled({ files });
    files.inject({ operation: 'write', path: /^\/two.*future.*\.log$/, code: 'EIO' });
    manager.move(log, '/two');
    await manager.movesSettled();
    expect([...manager.failedDirectories.keys()]).toEqual(['/two']);
    expect(log.failure).toBeUndefined();
    append(log);
    expect([...manager.copies()]).toEqual([]);
  });

  test('at the start is left out, as long as there is another', async () => {
    const files = memoryFiles();
    const { manager } = await openFilled({ files });
    manager.create('orders', 1, TOPIC_ID);
    await manager.close();
    const heal = files.inject({ operation: 'open', path: /^\/two\//, code: 'EIO' });
    const { manager: again } = await open({ files });
    expect([...again.failedDirectories.keys()]).toEqual(['/two']);
    expect(again.get('orders', 0)).toBeDefined();
    expect(again.get('orders', 1)).toBeUndefined();
    await again.close();
    files.inject({ operation: 'open', path: /^\/one\//, code: 'EIO' });
    await expect(open({ files })).rejects.toThrow('EIO');
    heal();
  });

  test('that is added later, before the others, gets their cluster and the next logs', async () => {
    const files = memoryFiles();
    const { manager, log } = await openFilled({ files });
    await manager.close();
    const { manager: again } = await open({ files, dirs: ['/zero', ...DIRS] });
    expect(again.clusterId).toBe(manager.clusterId);
    expect(again.directoryOf(again.get('orders', 0)!)).toBe(manager.directoryOf(log));
    expect(again.directoryOf(again.create('orders', 1, TOPIC_ID))).toBe('/zero');
  });
});
