// Compacted logs read by Apache Kafka's kafka-dump-log.
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { CreateTopics } from '../../src/protocol/messages/create-topics.ts';
import { IncrementalAlterConfigs } from '../../src/protocol/messages/incremental-alter-configs.ts';
import { isControl } from '../../src/protocol/records/batch.ts';
import { CODEC_NAMES, loadCodec } from '../../src/protocol/records/compression.ts';
import { batches, readRecordsSync } from '../../src/protocol/records/read.ts';
import { buildBatch } from '../../src/protocol/records/write.ts';
import { produce } from '../broker/data-path.ts';
import { connect } from '../helpers/client.ts';
import { openCompacted, put, rollAndCompact, seenBatches } from '../log/cleaner/cleaning.ts';
import { appendMarker, CLIENT, checkIndexFiles, NOW_MS } from '../log/helpers.ts';
import { expectKafkaToRead } from './dump-log.ts';
import { startKafkaBroker } from './kafka-broker.ts';
import { whyNoKafka } from './kafka-jars.ts';

const reason = whyNoKafka();
const suite = reason === undefined ? 'with Kafka' : `with Kafka (skipped: ${reason})`;

describe.skipIf(reason !== undefined)(suite, () => {
  test('kafka-dump-log has no complaint about the files of a compacted log', async () => {
    for (const codec of CODEC_NAMES.keys()) await loadCodec(codec);
    const opened = await openCompacted({ config: { segmentBytes: 3000 } });
    const { log, clock } = opened;
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 150; i++) {
        const records = Array.from({ length: 1 + (i % 5) }, (_, j) => ({
          key: `k${(i * 7 + j) % 60}`,
          value: (i + j) % 9 === 0 ? null : 'v'.repeat((i * 53) % 300),
          timestamp: NOW_MS + round * 100_000 + ((i * 7919) % 1000),
          headers: [{ key: 'h', value: Buffer.from(`${i}`) }],
        }));
        put(log, records, { codec: i % CODEC_NAMES.length });
        put(log, [{ key: 'p', value: `${i}` }], { producerId: 1, producerEpoch: round, baseSequence: i });
        if (i % 10 !== 0) continue;
        const producer = { producerId: 100 + i, producerEpoch: round };
        put(log, [{ key: `t${i}`, value: `${i}` }], { ...producer, baseSequence: 0, transactional: true });
        appendMarker(log, { type: i % 20 === 0 ? 'ABORT' : 'COMMIT', ...producer });
      }
      log.updateConfig({ ...log.config, segmentBytes: 6000 });
      expect(await rollAndCompact(opened)).toBeGreaterThan(0);
      clock.advance(25 * 60 * 60 * 1000);
      const batches = await seenBatches(log);
      expect(batches.some(({ records }) => records.length === 0)).toBe(true);
      expect(batches.some(({ header }) => isControl(header.attributes))).toBe(true);
      log.flush();
      expect(checkIndexFiles(log.directory)).toBeGreaterThan(10);
      const records = batches.reduce((sum, one) => sum + one.records.length, 0);
      expect(await expectKafkaToRead(log.directory, true)).toBe(records);
    }
  });

  test('Apache Kafka makes the same of the same batches', async () => {
    for (const codec of CODEC_NAMES.keys()) await loadCodec(codec);
    const config = { segmentBytes: 2000, minCleanableDirtyRatio: 0 };
    const ours = await openCompacted({ config });
    const kafka = await startKafkaBroker({ 'log.cleaner.backoff.ms': '100', 'log.initial.task.delay.ms': '100' });
    try {
      const port = Number(kafka.address.split(':')[1]);
      const client = await connect({ port });
      const configs = Object.entries({
        'retention.ms': '-1',
        'internal.segment.bytes': '2000',
        'min.cleanable.dirty.ratio': '0.01',
      }).map(([name, value]) => ({ name, value }));
      const topic = { name: 'orders', numPartitions: 1, replicationFactor: 1, assignments: [], configs };
      const created = await client.request(CreateTopics, 7, { topics: [topic] });
      expect(created.topics[0]!.errorMessage).toBeNull();
      const directory = path.join(kafka.dataDir, 'orders-0');
      for (const batch of mixedBatches()) {
        const answer = await produce(client, 'orders', Buffer.from(batch));
        expect(answer).toMatchObject({ errorCode: 0 });
        ours.log.append(batch, CLIENT);
      }
      // Not before all is there, so that both clean it in one go.
      const policy = [{ name: 'cleanup.policy', configOperation: 0, value: 'compact' }];
      const resources = [{ resourceType: 2, resourceName: 'orders', configs: policy }];
      await client.request(IncrementalAlterConfigs, 1, { resources, validateOnly: false });
      const active = ours.log.segmentBaseOffsets.at(-1)!;
      await vi.waitFor(() => expect(cleanedUpTo(kafka.dataDir)).toBe(active), { timeout: 60_000, interval: 200 });
      expect(await ours.manager.compact()).toBe(1);
      ours.clock.advance(1);
      expect(described(ours.log.directory)).toEqual(described(directory));
    } finally {
      await kafka.stop();
    }
  }, 120_000);
});

/** Batches of several codecs and producers, with tombstones; keys come again. */
function mixedBatches(): Buffer[] {
  return Array.from({ length: 200 }, (_, i) => {
    const records = Array.from({ length: 1 + (i % 5) }, (_, j) => ({
      key: Buffer.from(`k${(i * 7 + j * 3) % 40}`),
      value: (i + j) % 9 === 0 ? null : Buffer.from('v'.repeat((i * 53) % 200)),
      timestamp: NOW_MS + j,
      headers: j === 1 ? [{ key: 'h', value: Buffer.from(`${i}`) }] : [],
    }));
    const producer = i % 3 === 0 ? { producerId: 4000 + (i % 2), producerEpoch: 0, baseSequence: sequenceOf(i) } : {};
    return buildBatch(records, { codec: i % CODEC_NAMES.length, ...producer });
  });
}

/** Records that the producer of batch `i` sent before it. */
function sequenceOf(i: number): number {
  let sequence = 0;
  for (let before = i % 6; before < i; before += 6) sequence += 1 + (before % 5);
  return sequence;
}

function cleanedUpTo(dataDir: string): number {
  const text = fs.readFileSync(path.join(dataDir, 'cleaner-offset-checkpoint'), 'utf8');
  return Number(/^orders 0 (\d+)$/m.exec(text)?.[1] ?? -1);
}

/** All batches in the files, without what depends on the time of cleaning and on the compressor. */
function described(directory: string) {
  const logs = fs.readdirSync(directory).filter((name) => name.endsWith('.log'));
  return logs.sort().flatMap((name) => {
    const bytes = fs.readFileSync(path.join(directory, name));
    return [...batches(bytes)].map(({ header, pos }) => {
      const { crc, batchLength, baseTimestamp, ...rest } = header;
      return { ...rest, records: readRecordsSync(bytes, pos, header) };
    });
  });
}
