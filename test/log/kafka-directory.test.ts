// A log directory that Apache Kafka 4.3.1 wrote, see fixtures/README.md.
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { loadCodec } from '../../src/protocol/records/compression.ts';
import { append, checkIndexFiles, namesIn, openManager, readValues, temporaryDirectory } from './helpers.ts';

const FIXTURE = path.join(import.meta.dirname, 'fixtures/kafka-4.3.1');

function copy(): string {
  const directory = temporaryDirectory();
  fs.cpSync(FIXTURE, directory, { recursive: true });
  return directory;
}

/** What the broker left is kept, apart from what a start and a stop change. */
function otherFiles(directory: string): Map<string, string> {
  const names = fs
    .readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => !fs.statSync(path.join(directory, name)).isDirectory());
  const changing = /checkpoint$|cleanshutdown|\.snapshot$|\.lock$/;
  const kept = names.filter((name) => !changing.test(name) || name === 'bootstrap.checkpoint');
  return new Map(kept.sort().map((name) => [name, fs.readFileSync(path.join(directory, name)).toString('base64')]));
}

test('is opened without a scan, with its records, producers and aborted transactions', async () => {
  await loadCodec(3);
  const directory = copy();
  const before = otherFiles(directory);
  const { manager, logger } = await openManager({ directory });
  expect(manager.wasClean).toBe(true);
  expect(manager.clusterId).toBe('MkU3OEVBNTcwNTJENDM2Qg');
  const log = manager.get('plain', 0)!;
  expect(log).toMatchObject({
    topicId: 'x9YdtqzRRE-ZEaAXRz-jrw',
    logStartOffset: 0,
    logEndOffset: 374,
    latestEpoch: 0,
    failure: undefined,
  });
  expect(logger.matching(/\[plain-0\]/)).toEqual([]);
  const values = await readValues(log);
  expect(values.slice(0, 2)).toEqual(['v0v0v0v0v0', 'v1v1v1v1v1']);
  expect(values.slice(300, 350)).toEqual(Array(50).fill('w'.repeat(50)));
  expect(log.abortedTransactions(0, 374)).toHaveLength(2);
  expect(log.lastStableOffset).toBe(374);
  expect(log.producerStates().length).toBeGreaterThanOrEqual(3);
  await manager.close();
  expect(otherFiles(directory)).toEqual(before);
});

test('is opened although the metadata log is never in its checkpoints', async () => {
  const { manager, logger } = await openManager({ directory: copy() });
  const metadata = manager.get('__cluster_metadata', 0)!;
  expect(metadata).toMatchObject({ topicId: 'AAAAAAAAAAAAAAAAAAAAAQ', logEndOffset: 219, failure: undefined });
  expect(logger.matching(/ERROR/)).toEqual([]);
  await manager.close();
});

test('is opened as after kill -9, with indexes that have room for more entries', async () => {
  const directory = copy();
  fs.rmSync(path.join(directory, '.kafka_cleanshutdown'));
  fs.rmSync(path.join(directory, 'plain-0/00000000000000000374.snapshot'));
  fs.truncateSync(path.join(directory, 'plain-0/00000000000000000000.index'), 10_485_760);
  fs.truncateSync(path.join(directory, 'plain-0/00000000000000000000.timeindex'), 10_485_756);
  const { manager } = await openManager({ directory, config: { indexIntervalBytes: 512 } });
  const log = manager.get('plain', 0)!;
  expect(manager.wasClean).toBe(false);
  expect(log.logEndOffset).toBe(374);
  expect(log.abortedTransactions(0, 374)).toHaveLength(2);
  await manager.close();
  for (const suffix of ['.log', '.index', '.timeindex', '.txnindex']) {
    const name = `plain-0/00000000000000000000${suffix}`;
    expect(fs.readFileSync(path.join(directory, name)).equals(fs.readFileSync(path.join(FIXTURE, name)))).toBe(true);
  }
  expect(checkIndexFiles(path.join(directory, 'plain-0'))).toBeGreaterThan(20);
});

test('is written on', async () => {
  const directory = copy();
  const first = await openManager({ directory, config: { indexIntervalBytes: 512 } });
  for (let i = 0; i < 50; i++) expect(append(first.manager.get('plain', 0)!).baseOffset).toBe(374 + i);
  await first.manager.close();
  expect(checkIndexFiles(path.join(directory, 'plain-0'))).toBeGreaterThan(25);
  const again = await openManager({ directory });
  expect(again.manager.get('plain', 0)!.logEndOffset).toBe(424);
  expect(namesIn(path.join(directory, '__cluster_metadata-0'))).toContain('quorum-state');
});
