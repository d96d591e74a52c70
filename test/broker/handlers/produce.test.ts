// Expected codes, offsets and messages are what Apache Kafka 4.3.1 answered to the same requests.
import { describe, expect, it } from 'vitest';
import { produceHandler } from '../../../src/broker/handlers/produce.ts';
import { memoryFiles } from '../../../src/log/memory-files.ts';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { encodeRequest } from '../../../src/protocol/headers.ts';
import { Produce } from '../../../src/protocol/messages/produce.ts';
import { FIELD } from '../../../src/protocol/records/batch.ts';
import { loadCodec } from '../../../src/protocol/records/compression.ts';
import { buildBatch } from '../../../src/protocol/records/write.ts';

import { startTestBroker } from '../../helpers/broker.ts';
import { connect } from '../../helpers/client.ts';
import { batch, createTopic, fetch, fetchPartition, NOW_MS, patched, produce, produceRequest } from '../data-path.ts';

const GHOST = 'ZZZZZZZZZZZZZZZZZZZZZg';

async function brokerWith(topic: string, partitions = 1, configs: Record<string, string> = {}) {
  const broker = await startTestBroker();
  const topicId = createTopic(broker, topic, partitions, configs);
  return { broker, topicId, client: await connect(broker) };
}

describe('produce', () => {
  it('is advertised from version 0, but served from 3', async () => {
    expect(produceHandler.advertised).toEqual([0, 13]);
  });

  it.each([3, 5, 7, 8, 9, 10, 12])('appends in version %i', async (version) => {
    const { client } = await brokerWith('a');
    await produce(client, 'a', batch(['1', '2']), { version });
    const told = await produce(client, 'a', batch(['3']), { version });
    expect(told).toMatchObject({
      errorCode: 0,
      baseOffset: 2,
      logAppendTimeMs: -1,
      logStartOffset: version >= 5 ? 0 : -1,
    });
  });

  it('finds topics by id from version 13 on', async () => {
    const { client, topicId } = await brokerWith('a');
    expect(await produce(client, '', batch(['1']), { version: 13, topicId })).toMatchObject({
      errorCode: 0,
      baseOffset: 0,
    });
    const unknown = await produce(client, '', batch(['1']), { version: 13, topicId: GHOST });
    expect(unknown).toMatchObject({ errorCode: ErrorCode.UNKNOWN_TOPIC_ID, baseOffset: -1 });
  });

  it.each([1, 0x7fffffff, -1])('does not know partition %i', async (partition) => {
    const { client } = await brokerWith('a');
    const told = await produce(client, 'a', batch(['1']), { partition });
    expect(told).toMatchObject({ errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, baseOffset: -1, logStartOffset: -1 });
  });

  it('refuses acks other than 0, 1 and -1, unknown topics first', async () => {
    const { client } = await brokerWith('a');
    expect((await produce(client, 'a', batch(['1']), { acks: 2 })).errorCode).toBe(ErrorCode.INVALID_REQUIRED_ACKS);
    const unknown = await produce(client, 'nope', batch(['1']), { acks: 2 });
    expect(unknown.errorCode).toBe(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    expect(await fetch(client, [{ topic: 'a', partitions: [fetchPartition(0, 0)] }])).toMatchObject([
      { highWatermark: 0 },
    ]);
  });

  it('answers nothing with acks=0: the next answer belongs to the next request', async () => {
    const { broker, client } = await brokerWith('a');
    client.send(Buffer.concat(frame(produceRequest('a', batch(['1']), { acks: 0 }))));
    expect(await produce(client, 'a', batch(['2']))).toMatchObject({ errorCode: 0, baseOffset: 1 });
    expect(broker.services.logs.get('a', 0)!.logEndOffset).toBe(2);
  });

  it('closes the connection when a request with acks=0 fails', async () => {
    const { client } = await brokerWith('a');
    client.send(Buffer.concat(frame(produceRequest('nope', batch(['1']), { acks: 0 }))));
    await client.closed;
  });

  it('takes one batch of magic 2 for each partition', async () => {
    const { client } = await brokerWith('a');
    const one = batch(['1']);
    const invalid = { errorCode: ErrorCode.INVALID_RECORD, baseOffset: -1, logStartOffset: -1, errorMessage: null };
    expect(await produce(client, 'a', Buffer.alloc(0))).toMatchObject(invalid);
    expect(await produce(client, 'a', Buffer.concat([one, one]))).toMatchObject(invalid);
    expect(await produce(client, 'a', withMagic(one, 0))).toMatchObject(invalid);
    expect(await produce(client, 'a', withMagic(one, 1))).toMatchObject(invalid);
    expect(await produce(client, 'a', withMagic(one, 3))).toMatchObject({
      errorCode: ErrorCode.CORRUPT_MESSAGE,
      errorMessage: 'Invalid magic found in record: 3',
    });
    expect((await produce(client, 'a', batch(['1']))).baseOffset).toBe(0);
  });

  it.each([
    ['a wrong sum', ErrorCode.CORRUPT_MESSAGE, -1, corrupted()],
    ['control records', ErrorCode.INVALID_RECORD, 0, changed((b) => b.writeInt16BE(0x20, FIELD.attributes))],
    ['a base offset', ErrorCode.INVALID_RECORD, 0, changed((b) => b.writeInt32BE(5, 4))],
    ['a wrong count', ErrorCode.INVALID_RECORD, 0, changed((b) => b.writeInt32BE(3, FIELD.count))],
    ['a producer id without sequence', ErrorCode.INVALID_RECORD, 0, batch(['1'], { producerId: 7, producerEpoch: 0 })],
    ['too large a batch', ErrorCode.MESSAGE_TOO_LARGE, -1, batch(['x'.repeat(1_100_000)])],
  ])('refuses %s', async (_, errorCode, logStartOffset, records) => {
    const { client } = await brokerWith('a');
    const told = await produce(client, 'a', records);
    expect(told).toMatchObject({ errorCode, baseOffset: -1, logStartOffset, errorMessage: null, recordErrors: [] });
  });

  it('knows zstd from version 7 on', async () => {
    await loadCodec(4);
    const { client } = await brokerWith('a');
    const old = await produce(client, 'a', batch(['1'], { codec: 4 }), { version: 6 });
    expect(old.errorCode).toBe(ErrorCode.UNSUPPORTED_COMPRESSION_TYPE);
    expect((await produce(client, 'a', batch(['1'], { codec: 4 }), { version: 7 })).errorCode).toBe(0);
  });

  it('names the records that are at fault from version 8 on', async () => {
    const { client } = await brokerWith('c', 1, { 'cleanup.policy': 'compact' });
    const records = buildBatch([
      { timestamp: NOW_MS, key: Buffer.from('k') },
      { timestamp: NOW_MS, key: null },
    ]);
    const message = 'Compacted topic cannot accept message without key in topic partition c-0';
    expect(await produce(client, 'c', records)).toMatchObject({
      errorCode: ErrorCode.INVALID_RECORD,
      logStartOffset: 0,
      errorMessage: `One or more records have been rejected due to 1 record errors in total, and only showing the first three errors at most: [RecordError(batchIndex=1, message='${message}')]`,
      recordErrors: [{ batchIndex: 1, batchIndexErrorMessage: message }],
    });
    expect(await produce(client, 'c', records, { version: 7 })).toMatchObject({ errorMessage: null, recordErrors: [] });
  });

  it('looks into compressed batches of compacted topics, whose codec is loaded for that', async () => {
    await loadCodec(2);
    const { client } = await brokerWith('c', 1, { 'cleanup.policy': 'compact' });
    expect((await produce(client, 'c', batch(['1'], { codec: 2 }))).errorCode).toBe(0);
  });

  it('lets clients write to internal topics only as the admin client', async () => {
    const { client } = await brokerWith('__consumer_offsets', 1, { 'cleanup.policy': 'compact' });
    const told = await produce(client, '__consumer_offsets', batch(['1']));
    expect(told).toMatchObject({ errorCode: ErrorCode.INVALID_TOPIC_EXCEPTION, logStartOffset: -1 });
    const admin = await produce(client, '__consumer_offsets', batch(['1']), { clientId: '__admin_client' });
    expect(admin.errorCode).toBe(0);
  });

  it('refuses transactional batches of ids that nobody initialized', async () => {
    const { client } = await brokerWith('a');
    const records = () => batch(['1'], { transactional: true, producerId: 9, producerEpoch: 0, baseSequence: 0 });
    const nameless = await produce(client, 'a', records());
    expect(nameless.errorCode).toBe(ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED);
    const named = await produce(client, 'a', records(), { transactionalId: 'tx' });
    expect(named.errorCode).toBe(ErrorCode.INVALID_PRODUCER_ID_MAPPING);
  });

  it('answers each partition for itself', async () => {
    const { client } = await brokerWith('a', 2);
    const { responses } = await client.request(Produce, 9, {
      transactionalId: null,
      acks: 1,
      timeoutMs: 1000,
      topicData: [
        {
          name: 'a',
          partitionData: [
            { index: 0, records: batch(['1']) },
            { index: 9, records: batch(['1']) },
          ],
        },
        { name: 'nope', partitionData: [{ index: 0, records: batch(['1']) }] },
      ],
    });
    const codes = responses.map(({ partitionResponses }) => partitionResponses.map(({ errorCode }) => errorCode));
    expect(codes).toEqual([[0, 3], [3]]);
  });

  it('gives LogAppendTime back, and stores it', async () => {
    const { client } = await brokerWith('a', 1, { 'message.timestamp.type': 'LogAppendTime' });
    const before = Date.now();
    const { logAppendTimeMs } = await produce(client, 'a', batch(['1']));
    expect(logAppendTimeMs).toBeGreaterThanOrEqual(before);
    const [read] = await fetch(client, [{ topic: 'a', partitions: [fetchPartition(0, 0)] }]);
    expect(Number(read!.records!.readBigInt64BE(FIELD.maxTimestamp))).toBe(logAppendTimeMs);
  });
});

describe('idempotent produce', () => {
  const sequence = (baseSequence: number, values = ['1', '2']) =>
    batch(values, { producerId: 77, producerEpoch: 0, baseSequence });

  it('answers a repeated batch with its first offset, also on another connection', async () => {
    const { broker, client } = await brokerWith('a');
    expect((await produce(client, 'a', sequence(0))).baseOffset).toBe(0);
    expect((await produce(client, 'a', sequence(2))).baseOffset).toBe(2);
    const other = await connect(broker);
    const again = await produce(other, 'a', sequence(0));
    expect(again).toMatchObject({ errorCode: 0, baseOffset: 0, logAppendTimeMs: NOW_MS + 10 });
    expect(broker.services.logs.get('a', 0)!.logEndOffset).toBe(4);
  });

  it('refuses a gap and an older epoch', async () => {
    const { client } = await brokerWith('a');
    await produce(client, 'a', batch(['1'], { producerId: 77, producerEpoch: 1, baseSequence: 0 }));
    const gap = await produce(client, 'a', batch(['1'], { producerId: 77, producerEpoch: 1, baseSequence: 9 }));
    expect(gap).toMatchObject({ errorCode: ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, baseOffset: -1, logStartOffset: 0 });
    expect((await produce(client, 'a', sequence(0))).errorCode).toBe(ErrorCode.INVALID_PRODUCER_EPOCH);
  });

  it('still knows the batches after a restart', async () => {
    const files = memoryFiles();
    const first = await startTestBroker({ files, dataDir: '/data' });
    createTopic(first, 'a');
    await produce(await connect(first), 'a', sequence(0));
    await first.close();
    const second = await startTestBroker({ files, dataDir: '/data' });
    const client = await connect(second);
    expect(await produce(client, 'a', sequence(0))).toMatchObject({ errorCode: 0, baseOffset: 0 });
    expect(await produce(client, 'a', sequence(2))).toMatchObject({ errorCode: 0, baseOffset: 2 });
    expect(second.services.logs.get('a', 0)!.logEndOffset).toBe(4);
  });
});

function frame(body: ReturnType<typeof produceRequest>): Buffer[] {
  return encodeRequest(Produce, 9, { correlationId: 99, clientId: 'test' }, body);
}

function withMagic(records: Buffer, magic: number): Buffer {
  const copy = Buffer.from(records);
  copy.writeInt8(magic, FIELD.magic);
  return copy;
}

function changed(change: (copy: Buffer) => void): Buffer {
  return patched(batch(['1', '2']), change);
}

function corrupted(): Buffer {
  const copy = batch(['1']);
  copy[FIELD.crc]! ^= 1;
  return copy;
}
