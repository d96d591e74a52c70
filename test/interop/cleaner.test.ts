// Compacted logs read by Apache Kafka's kafka-dump-log.
import { describe, expect, test } from 'vitest';
import { isControl } from '../../src/protocol/records/batch.ts';
import { CODEC_NAMES, loadCodec } from '../../src/protocol/records/compression.ts';
import { openCompacted, put, rollAndCompact, seenBatches } from '../log/cleaner/cleaning.ts';
import { appendMarker, checkIndexFiles, NOW_MS } from '../log/helpers.ts';
import { expectKafkaToRead } from './dump-log.ts';
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
});
