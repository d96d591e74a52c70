// What dump-log says of real files. That Kafka's own tool says the same of them is in test/interop/log.test.ts.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { Records } from '../../src/broker/metadata/record-kinds.ts';
import { encodeMetadataRecord } from '../../src/broker/metadata/record-serde.ts';
import dumpLog from '../../src/commands/dump-log.ts';
import { buildBatch } from '../../src/protocol/records/write.ts';
import { capture } from '../cli/capture.ts';
import { append, appendMarker, NOW_MS, openLog, temporaryDirectory } from '../log/helpers.ts';

let directory: string;
const NAME = '00000000000000000000';
const at = (suffix: string) => join(directory, `${NAME}${suffix}`);

async function dump(...argv: string[]) {
  const { stdout, stderr, output } = capture();
  const status = await dumpLog.execute(argv, { env: { KTOOL_COMPAT: 'kafka' }, output });
  const plain = (text: string) => text.replaceAll(`${directory}/`, '');
  const out = plain(stdout.text).split('\n');
  // A line that an exception cut off has no end.
  if (out.at(-1) === '') out.pop();
  return { status, out, err: plain(stderr.text) };
}

/** Three batches, a transaction and its marker, closed so that all files are there. */
async function filled(): Promise<void> {
  const { log, manager } = await openLog({ config: { indexIntervalBytes: 1 } });
  for (const [i, value] of ['a', 'b', 'c'].entries())
    log.append(buildBatch([{ timestamp: NOW_MS + i, key: Buffer.from(`k${i}`), value: Buffer.from(value) }]), {
      leaderEpoch: 0,
      nowMs: NOW_MS,
      origin: 'client',
    });
  append(log, { producerId: 7, producerEpoch: 2, baseSequence: 0, transactional: true });
  appendMarker(log, { type: 'ABORT', producerId: 7, producerEpoch: 2 });
  await manager.close();
  directory = log.directory;
}

describe('a partition', () => {
  beforeEach(filled);

  test('batches, then records, keys and values', async () => {
    const [file, start, batch, second] = (await dump('--files', at('.log'))).out;
    expect([file, start]).toEqual([`Dumping ${NAME}.log`, 'Log starting offset: 0']);
    expect(batch).toMatch(
      /^baseOffset: 0 lastOffset: 0 count: 1 baseSequence: -1 lastSequence: -1 producerId: -1 producerEpoch: -1 partitionLeaderEpoch: 0 isTransactional: false isControl: false deleteHorizonMs: OptionalLong\.empty position: 0 CreateTime: \d+ size: 71 magic: 2 compresscodec: none crc: \d+ isvalid: true$/,
    );
    expect(second).toMatch(/^baseOffset: 1 .* position: 71 /);
    const { out } = await dump('--files', at('.log'), '--print-data-log');
    expect(out[3]).toBe(
      `| offset: 0 CreateTime: ${NOW_MS} keySize: 2 valueSize: 1 sequence: -1 headerKeys: [] key: k0 payload: a`,
    );
    expect(out.at(-1)).toMatch(/^\| offset: 4 .* endTxnMarker: ABORT coordinatorEpoch: \d+$/);
  });

  test('--skip-record-metadata leaves an empty line for a marker', async () => {
    const { out } = await dump('--files', at('.log'), '--print-data-log', '--skip-record-metadata');
    expect(out.filter((line) => !line.startsWith('baseOffset')).slice(2, 5)).toEqual([
      '| key: k0 payload: a',
      '| key: k1 payload: b',
      '| key: k2 payload: c',
    ]);
    expect(out.at(-1)).toBe('');
  });

  test('indexes, the snapshot of producers and the index of aborted transactions', async () => {
    const files = ['.index', '.timeindex', '.txnindex'].map(at).join(',');
    const { out, err } = await dump('--files', files);
    expect(err).toBe('');
    expect(out[0]).toBe(`Dumping ${NAME}.index`);
    expect(out[1]).toMatch(/^offset: 1 position: 71$/);
    expect(out.find((line) => line.startsWith('timestamp: '))).toBe(`timestamp: ${NOW_MS + 1} offset: 1`);
    expect(out.at(-1)).toBe('version: 0 producerId: 7 firstOffset: 3 lastOffset: 4 lastStableOffset: 5');
    const snapshot = (await dump('--files', join(directory, '00000000000000000005.snapshot'))).out[1];
    expect(snapshot).toMatch(
      /^producerId: 7 producerEpoch: 2 coordinatorEpoch: \d+ currentTxnFirstOffset: OptionalLong\.empty /,
    );
  });

  test('an index that tells something else than its segment', async () => {
    const index = readFileSync(at('.index'));
    index.writeInt32BE(9, 0);
    writeFileSync(at('.index'), index);
    const { err, status } = await dump('--files', at('.index'), '--verify-index-only');
    expect(err).toContain(`Mismatches in :${NAME}.index\n  Index offset: 9, log offset: 1\n`);
    expect(status).toBe(0);
    expect((await dump('--files', at('.index'), '--index-sanity-check')).out).toContain(
      `${NAME}.index passed sanity check.`,
    );
  });

  test('a time index whose end is zeros, as Kafka leaves it while it runs', async () => {
    writeFileSync(at('.timeindex'), Buffer.concat([readFileSync(at('.timeindex')), Buffer.alloc(24)]));
    const { err, status } = await dump('--files', at('.timeindex'), '--index-sanity-check');
    expect(err).toContain('CorruptIndexException: Corrupt time index found');
    expect(status).toBe(1);
    expect((await dump('--files', at('.timeindex'))).status).toBe(0);
  });

  test('bytes behind the last batch, gaps, and a limit in bytes', async () => {
    const bytes = readFileSync(at('.log'));
    writeFileSync(at('.log'), Buffer.concat([bytes, Buffer.alloc(30, 1)]));
    expect((await dump('--files', at('.log'))).out.at(-1)).toBe(`Found 30 invalid bytes at the end of ${NAME}.log`);
    writeFileSync(at('.log'), Buffer.concat([bytes.subarray(0, 71), bytes.subarray(142)]));
    const gap = await dump('--files', at('.log'), '--deep-iteration');
    expect(gap.err).toBe(`Non-consecutive offsets in ${NAME}.log\n  0 is followed by 2\n`);
    expect((await dump('--files', at('.log'), '--max-bytes', '100')).out).toHaveLength(3);
  });

  test('decoders that are none', async () => {
    const thrown = async (...argv: string[]) => (await dump('--files', at('.log'), ...argv)).err.trimEnd();
    const inMain = 'Exception in thread "main"';
    expect(await thrown('--value-decoder-class', 'nope.Nope')).toBe(
      `${inMain} java.lang.RuntimeException: Failed to load decoder class`,
    );
    expect(await thrown('--key-decoder-class', 'java.lang.String')).toBe(
      `${inMain} java.lang.ClassCastException: class java.lang.String`,
    );
  });

  test('a damaged batch is shown as not valid', async () => {
    const bytes = readFileSync(at('.log'));
    bytes[70]! ^= 1;
    writeFileSync(at('.log'), bytes);
    expect((await dump('--files', at('.log'))).out[2]).toMatch(/isvalid: false$/);
  });

  test('--json is one document for each piece', async () => {
    const { stdout, output } = capture();
    await dumpLog.execute(['--files', at('.log'), '--print-data-log', '--json'], { env: {}, output });
    const pieces = stdout.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(pieces[0]).toEqual({ type: 'file', file: at('.log') });
    expect(pieces[2]).toMatchObject({ type: 'batch', baseOffset: 0, codec: 'none', isValid: true });
    expect(pieces[3]).toMatchObject({ type: 'record', offset: 0, keySize: 2, key: 'k0', payload: 'a' });
  });
});

describe('the cluster metadata', () => {
  const topic = encodeMetadataRecord(Records.topic, { name: 'orders', topicId: 'x9YdtqzRRE-ZEaAXRz-jrw' });

  beforeEach(() => {
    directory = temporaryDirectory();
    const records = [topic, Buffer.from([1, 200, 1, 0])].map((value) => ({ timestamp: NOW_MS, value }));
    writeFileSync(at('.log'), buildBatch(records, { baseOffset: 0 }));
  });

  test('is told as JSON, what is not known as an error of its own', async () => {
    const { out } = await dump('--files', at('.log'), '--cluster-metadata-decoder', '--skip-record-metadata');
    expect(out.slice(3)).toEqual([
      '| payload: {"type":"TOPIC_RECORD","version":0,"data":{"name":"orders","topicId":"x9YdtqzRRE-ZEaAXRz-jrw"}}',
      '| payload: Error at 1, skipping. org.apache.kafka.common.errors.UnsupportedVersionException: Unknown metadata id 200',
    ]);
  });

  test('a snapshot is named by its end', async () => {
    const path = join(directory, '00000000000000000042-0000000003.checkpoint');
    copyFileSync(at('.log'), path);
    expect((await dump('--files', path)).out[1]).toBe('Snapshot end offset: 42, epoch: 3');
    const bootstrap = join(directory, 'bootstrap.checkpoint');
    copyFileSync(at('.log'), bootstrap);
    expect((await dump('--files', bootstrap)).out[1]).toBe('KRaft bootstrap snapshot');
  });
});

describe('what cannot be read', () => {
  beforeEach(() => {
    directory = temporaryDirectory();
  });

  test('other files and folders are passed over', async () => {
    mkdirSync(join(directory, 'orders-0'));
    const { out, err, status } = await dump('--files', `${directory}/orders-0/,x`);
    expect(out).toEqual(['Dumping orders-0', 'Dumping x']);
    expect(err).toBe('Ignoring unknown file orders-0\nIgnoring unknown file x\n');
    expect(status).toBe(0);
  });

  test.each([
    ['nope.log', 'java.lang.NumberFormatException: For input string: "nope"'],
    ['00000000000000000001.log', 'java.nio.file.NoSuchFileException: 00000000000000000001.log'],
  ])('%s', async (name, message) => {
    const { err, status } = await dump('--files', join(directory, name));
    expect(err).toContain(`Exception in thread "main" ${message}`);
    expect(status).toBe(1);
  });

  test('a record without a key ends the reading of a coordinator’s log behind what is known of it', async () => {
    writeFileSync(at('.log'), buildBatch([{ timestamp: NOW_MS, value: Buffer.from('v') }], { baseOffset: 0 }));
    const { out, err, status } = await dump('--files', at('.log'), '--offsets-decoder');
    expect(out.at(-1)).toMatch(/^\| offset: 0 /);
    expect(err).toContain(
      'Failed to decode message at offset 0 using the specified decoder (message had a missing key)',
    );
    expect(status).toBe(1);
  });
});
