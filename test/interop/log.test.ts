// The log's files read by Apache Kafka's kafka-dump-log, and a directory of a killed Apache Kafka opened by the log.
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { PartitionLog } from '../../src/log/partition-log.ts';
import { CODEC_NAMES, loadCodec } from '../../src/protocol/records/compression.ts';
import {
  append,
  appendMarker,
  checkIndexFiles,
  NOW_MS,
  openLog,
  openManager,
  readOffsets,
  temporaryDirectory,
} from '../log/helpers.ts';
import { expectKafkaToRead } from './dump-log.ts';
import { startKafkaBroker } from './kafka-broker.ts';
import { java, whyNoKafka } from './kafka-jars.ts';

const reason = whyNoKafka();
const suite = reason === undefined ? 'with Kafka' : `with Kafka (skipped: ${reason})`;
const CONFIG = { segmentBytes: 8000, indexIntervalBytes: 300, retentionMs: -1 };
/** Batches of all kinds: codecs, producers, transactions, timestamps out of order. */
function fill(log: PartitionLog, round: number): void {
  for (let i = 0; i < 120; i++) {
    append(log, {
      codec: i % CODEC_NAMES.length,
      count: 1 + (i % 4),
      valueBytes: (i * 53) % 700,
      timestamp: NOW_MS + round * 100_000 + i * 100 + ((i * 7919) % 1000),
    });
    append(log, { producerId: 1, producerEpoch: round, baseSequence: i });
    if (i % 10 !== 0) continue;
    const transaction = { producerId: 100 + i, producerEpoch: round };
    append(log, { ...transaction, baseSequence: 0, transactional: true });
    appendMarker(log, { type: i % 20 === 0 ? 'ABORT' : 'COMMIT', ...transaction });
  }
}

describe.skipIf(reason !== undefined)(suite, () => {
  test('kafka-dump-log has no complaint about any file, after clean stops and after a crash', async () => {
    for (const codec of CODEC_NAMES.keys()) await loadCodec(codec);
    const { log, manager, directory } = await openLog({ config: CONFIG });
    fill(log, 0);
    await manager.close();
    expect(log.segmentBaseOffsets.length).toBeGreaterThan(3);
    expect(await expectKafkaToRead(log.directory)).toBe(log.logEndOffset);

    const second = await openManager({ directory, config: CONFIG });
    const reopened = second.manager.get('orders', 0)!;
    fill(reopened, 1);
    for (const each of second.manager.all()) each.abandon();
    fs.rmSync(path.join(directory, '.lock'));
    fs.appendFileSync(
      path.join(log.directory, `${String(reopened.segmentBaseOffsets.at(-1)).padStart(20, '0')}.log`),
      Buffer.alloc(777),
    );

    const third = await openManager({ directory, config: CONFIG });
    const recovered = third.manager.get('orders', 0)!;
    expect(recovered.logEndOffset).toBe(reopened.logEndOffset);
    fill(recovered, 2);
    await third.manager.close();
    expect(await expectKafkaToRead(log.directory)).toBe(recovered.logEndOffset);
  });

  test('kafka-dump-log reads the files of a log that is being written', async () => {
    const { log } = await openLog({ config: CONFIG });
    for (const codec of CODEC_NAMES.keys()) await loadCodec(codec);
    fill(log, 0);
    expect(await expectKafkaToRead(log.directory)).toBe(log.logEndOffset);
  });

  test('the directory of an Apache Kafka that was killed is opened and recovered', async () => {
    const broker = await startKafkaBroker();
    const directory = temporaryDirectory();
    try {
      java('org.apache.kafka.tools.TopicCommand', [
        ...['--bootstrap-server', broker.address, '--create', '--topic', 'perf', '--partitions', '2'],
        ...['--config', 'segment.bytes=1048576', '--config', 'index.interval.bytes=4096'],
      ]);
      java('org.apache.kafka.tools.ProducerPerformance', [
        ...['--topic', 'perf', '--num-records', '20000', '--record-size', '200', '--throughput', '-1'],
        ...['--producer-props', `bootstrap.servers=${broker.address}`, 'compression.type=lz4'],
      ]);
      fs.cpSync(broker.dataDir, directory, { recursive: true });
    } finally {
      await broker.stop();
    }
    const { manager, logger } = await openManager({ directory });
    await loadCodec(3);
    expect(manager.wasClean).toBe(false);
    expect(logger.matching(/ERROR/)).toEqual([]);
    const logs = [manager.get('perf', 0)!, manager.get('perf', 1)!];
    const offsets = await Promise.all(logs.map(readOffsets));
    expect(offsets.flat()).toHaveLength(20_000);
    expect(manager.get('__cluster_metadata', 0)!.logEndOffset).toBeGreaterThan(10);
    for (const log of logs) append(log);
    await manager.close();
    for (const log of logs) {
      expect(checkIndexFiles(log.directory)).toBeGreaterThan(0);
      await expectKafkaToRead(log.directory);
    }
    const again = await openManager({ directory });
    expect(again.manager.wasClean).toBe(true);
    expect(again.logger.matching(/WARN|ERROR/)).toEqual([]);
    await again.manager.close();
  });
});
