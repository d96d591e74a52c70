// Our batches read by Apache Kafka's own code, and damaged ones: what it says of each is what we say.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { CODEC_NAMES, type CodecName, codecByName, loadCodec } from '../../src/protocol/records/compression.ts';
import { buildControlBatch, buildEndTxnMarker, ControlType } from '../../src/protocol/records/control.ts';
import { buildBatch, emptyBatch, type RecordInput } from '../../src/protocol/records/write.ts';
import {
  BATCH_CORRUPTIONS,
  type Corruption,
  RECORD_CORRUPTIONS,
  VALID_BATCH,
} from '../protocol/records/corruptions.ts';
import { java, whyNoKafka } from './kafka-jars.ts';

const reason = whyNoKafka();
const suite = reason === undefined ? 'with Kafka' : `with Kafka (skipped: ${reason})`;
const TIME = 1_700_000_000_000;

describe.skipIf(reason !== undefined)(suite, { timeout: 60_000 }, () => {
  const dir = mkdtempSync(join(tmpdir(), 'ktool-records-'));
  afterAll(() => rmSync(dir, { recursive: true }));

  /** What kafka-dump-log prints for a segment of these batches, one line a batch or record. */
  function dumpLog(batches: readonly Buffer[]): string[] {
    const file = join(dir, '00000000000000000000.log');
    writeFileSync(file, Buffer.concat(batches));
    const args = ['--deep-iteration', '--print-data-log', '--files', file];
    return java('org.apache.kafka.tools.DumpLogSegments', args).trim().split('\n').slice(2);
  }

  /** More than one block of snappy's framing and of LZ4, then the cases that differ in encoding. */
  function records(): RecordInput[] {
    const many = Array.from({ length: 60 }, (_, i) => ({
      timestamp: TIME + i,
      key: Buffer.from(`key-${i}`),
      value: Buffer.from(`value ${i} `.repeat(300)),
      headers: [{ key: 'number', value: Buffer.from(`${i}`) }],
    }));
    return [
      ...many,
      { timestamp: TIME - 1000, value: Buffer.from('no key') },
      { timestamp: TIME, key: Buffer.from('no value') },
    ];
  }

  function expectedLine(codec: CodecName, record: RecordInput, offset: number): string {
    const size = (bytes: Uint8Array | null | undefined) => bytes?.length ?? -1;
    const headers = (record.headers ?? []).map((h) => h.key).join(',');
    const key = record.key ? ` key: ${record.key}` : '';
    const value = record.value ? ` payload: ${record.value}` : '';
    const sizes = `keySize: ${size(record.key)} valueSize: ${size(record.value)}`;
    return `${codec}| offset: ${offset} CreateTime: ${record.timestamp} ${sizes} sequence: ${offset} headerKeys: [${headers}]${key}${value}`;
  }

  test('reads each codec as we write it', async () => {
    for (const codec of CODEC_NAMES) {
      await loadCodec(codecByName(codec));
      const sent = records();
      const producer = { producerId: 4, producerEpoch: 1, baseSequence: 0 };
      const [header, ...lines] = dumpLog([
        buildBatch(sent, { codec: codecByName(codec), leaderEpoch: 2, ...producer }),
      ]);
      expect(header).toMatch(/^baseOffset: 0 lastOffset: 61 count: 62 baseSequence: 0 lastSequence: 61 producerId: 4 /);
      expect(header).toMatch(new RegExp(`partitionLeaderEpoch: 2 .* compresscodec: ${codec} .*isvalid: true$`));
      const printed = lines.map((line) => `${codec}${line.trimEnd()}`);
      expect(printed).toEqual(sent.map((record, i) => expectedLine(codec, record, i).trimEnd()));
    }
  });

  test('reads transaction markers, control records and emptied batches', () => {
    const common = { timestampMs: TIME, producerId: 9, producerEpoch: 0, coordinatorEpoch: 3, leaderEpoch: 0 };
    const lines = dumpLog([
      buildEndTxnMarker({ ...common, type: 'COMMIT', baseOffset: 0 }),
      buildEndTxnMarker({ ...common, type: 'ABORT', baseOffset: 1 }),
      buildControlBatch([{ type: ControlType.SNAPSHOT_FOOTER, payload: Buffer.from('000000', 'hex') }], {
        timestampMs: TIME,
        baseOffset: 2,
      }),
      emptyBatch({
        baseOffset: 3,
        lastOffsetDelta: 4,
        maxTimestamp: TIME,
        producerId: 9,
        producerEpoch: 0,
        baseSequence: 5,
      }),
    ]);
    expect(lines).toHaveLength(7);
    expect(lines[0]).toMatch(/isTransactional: true isControl: true .*isvalid: true$/);
    expect(lines[1]).toContain('endTxnMarker: COMMIT coordinatorEpoch: 3');
    expect(lines[3]).toContain('endTxnMarker: ABORT coordinatorEpoch: 3');
    expect(lines[5]).toContain('SnapshotFooter {"version":0}');
    expect(lines[6]).toMatch(/^baseOffset: 3 lastOffset: 7 count: 0 baseSequence: 5 lastSequence: 9 .*isvalid: true$/);
  });

  test('says of damaged batches what we say', () => {
    const all = [...RECORD_CORRUPTIONS, ...BATCH_CORRUPTIONS];
    const input = [VALID_BATCH, ...all.map((c) => c.batch)].map((batch) => batch.toString('hex')).join('\n');
    const program = fileURLToPath(new URL('ReadRecords.java', import.meta.url));
    const [valid, ...said] = java(program, [], `${input}\n`).trim().split('\n');
    expect(valid).toBe('ok');
    const exception = (c: Corruption) => (c.kind === 'corrupt' ? 'CorruptRecordException' : 'InvalidRecordException');
    expect(said.map((line, i) => `${all[i]?.name}: ${line}`)).toEqual(
      all.map((c) => `${c.name}: ${c.kafka ?? `${exception(c)}: ${c.message}`}`),
    );
  });
});
