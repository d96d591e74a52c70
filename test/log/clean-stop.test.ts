// A clean stop of many partitions must not sync them one after the other, with the program standing still meanwhile.
import { expect, test } from 'vitest';
import { type Files, nodeFiles, type OpenFile } from '../../src/log/files.ts';
import { append, openManager, TOPIC_ID, temporaryDirectory } from './helpers.ts';

/** Files on disk that count what is synced, blocking and not. */
function countingFiles() {
  const count = { blocking: 0, running: 0, mostAtOnce: 0 };
  const running = async (sync: Promise<void>) => {
    count.running++;
    count.mostAtOnce = Math.max(count.mostAtOnce, count.running);
    await sync;
    count.running--;
  };
  const files: Files = {
    ...nodeFiles,
    open(path, options): OpenFile {
      const file = nodeFiles.open(path, options);
      return {
        size: () => file.size(),
        read: (target, position) => file.read(target, position),
        readAsync: (target, position) => file.readAsync(target, position),
        write: (data, position) => file.write(data, position),
        truncate: (size) => file.truncate(size),
        reserve: (size) => file.reserve(size),
        close: () => file.close(),
        sync() {
          count.blocking++;
          file.sync();
        },
        syncAsync: () => running(file.syncAsync()),
      };
    },
    syncDirectory(path) {
      count.blocking++;
      nodeFiles.syncDirectory(path);
    },
    syncDirectoryAsync: (path) => running(nodeFiles.syncDirectoryAsync(path)),
  };
  return { files, count };
}

test('syncs many partitions at once and without blocking', async () => {
  const directory = temporaryDirectory();
  const { files, count } = countingFiles();
  const { manager } = await openManager({ directory, files });
  for (let partition = 0; partition < 20; partition++) append(manager.create('orders', partition, TOPIC_ID));
  const empty = manager.create('empty', 0, TOPIC_ID);
  count.blocking = 0;
  await manager.close();
  // The checkpoints of the directory and the marker, whatever the number of partitions.
  expect(count.blocking).toBeLessThan(20);
  expect(count.mostAtOnce).toBeGreaterThan(10);
  expect(count.running).toBe(0);
  expect(empty.failure).toBe('Partition empty-0 is closed');

  const again = await openManager({ directory });
  expect(again.logger.matching(/[Rr]ecover/)).toEqual([]);
  expect(again.manager.get('orders', 19)?.logEndOffset).toBe(1);
});
