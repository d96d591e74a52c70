// The requests of the recorded session of batches that are not what their header says (test/kafka/counted-session.jsonl), in
// order, against a new cluster of one node with id 1: too few and too many records, records that are none,
// and batches whose codec is not the topic's.
import { CreateTopics } from '../../../src/protocol/messages/create-topics.ts';
import { Produce } from '../../../src/protocol/messages/produce.ts';
import { BATCH_OVERHEAD, computeCrc, FIELD, LOG_OVERHEAD } from '../../../src/protocol/records/batch.ts';
import { compress } from '../../../src/protocol/records/compression.ts';
import { type AdminStep, step } from './admin-requests.ts';
import { batchOf } from './odd-batches.ts';

/** A record without a key, with a value of one byte: size, attributes, time, offset, key size, value size, value, headers. */
const record = (offsetDelta: number, attributes = 0): Buffer =>
  Buffer.of(7 * 2, attributes, 0, offsetDelta * 2, 1, 1 * 2, 0x78, 0);
const THREE = [record(0), record(1), record(2)];

interface Claims {
  /** Of records. */
  count: number;
  records?: Buffer[];
  codec?: number;
  maxTimestamp?: number;
}

/** A batch that claims `count` records and has others. */
function claiming({ count, records = THREE, codec = 0, maxTimestamp = 1_700_000_000_000 }: Claims): Buffer {
  const header = batchOf({ count, attributes: codec }).subarray(0, BATCH_OVERHEAD);
  const batch = Buffer.concat([header, compress(codec, Buffer.concat(records))]);
  batch.writeInt32BE(batch.length - LOG_OVERHEAD, FIELD.batchLength);
  batch.writeBigInt64BE(BigInt(maxTimestamp), FIELD.maxTimestamp);
  batch.writeUInt32BE(computeCrc(batch), FIELD.crc);
  return batch;
}

const produce = (name: string, claims: Claims): AdminStep =>
  step(Produce, 12, {
    transactionalId: null,
    acks: -1,
    timeoutMs: 5000,
    topicData: [{ name, partitionData: [{ index: 0, records: claiming(claims) }] }],
  });

const broken = (change: (bytes: Buffer) => void): Claims => {
  const bytes = record(0);
  change(bytes);
  return { count: 1, records: [bytes] };
};

/** The codecs must be loaded. */
export function countedSteps(): readonly AdminStep[] {
  return [
    ...['plain', 'stamped'].flatMap((topic) => [
      produce(topic, { count: 3 }),
      ...[1, 2, 4, 1000].map((count) => produce(topic, { count })),
      produce(topic, { count: 3, records: [record(0), record(5), record(9)] }),
      produce(topic, { count: 3, records: [record(2), record(1), record(0)] }),
      produce(topic, { count: 3, maxTimestamp: 1_800_000_000_000 }),
      produce(topic, { count: 1, records: [record(0, 3)] }),
      produce(
        topic,
        broken((bytes) => bytes.writeInt8(6 * 2, 0)),
      ),
      produce(
        topic,
        broken((bytes) => bytes.writeInt8(9 * 2, 0)),
      ),
      produce(
        topic,
        broken((bytes) => bytes.writeInt8(-1, 0)),
      ),
      produce(
        topic,
        broken((bytes) => bytes.writeInt8(1, 0)),
      ),
      produce(
        topic,
        broken((bytes) => bytes.writeInt8(5 * 2, 4)),
      ),
      produce(
        topic,
        broken((bytes) => bytes.writeInt8(5 * 2, 5)),
      ),
      produce(
        topic,
        broken((bytes) => bytes.writeInt8(1, 7)),
      ),
      produce(
        topic,
        broken((bytes) => bytes.writeInt8(4, 7)),
      ),
      produce(
        topic,
        broken((bytes) => bytes.writeInt8(3, 4)),
      ),
    ]),
    // Records out of order in the topic's own codec, and data that no codec takes, are UNKNOWN_SERVER_ERROR in Kafka.
    ...['gzip', 'uncompressed', 'zstd'].flatMap((topic) =>
      [0, 1, 2, 3, 4].map((codec) => produce(topic, { count: 3, codec })),
    ),
    ...['gzip', 'uncompressed'].flatMap((topic) => [2, 4].map((count) => produce(topic, { count }))),
    ...[1, 2, 3, 4].flatMap((codec) => [2, 4].map((count) => produce('uncompressed', { count, codec }))),
  ];
}

const topic = (name: string, config: Record<string, string> = {}) => ({
  name,
  numPartitions: 1,
  replicationFactor: 1,
  assignments: [],
  configs: Object.entries(config).map(([key, value]) => ({ name: key, value })),
});

export const COUNTED_PREPARATION: readonly AdminStep[] = [
  step(CreateTopics, 7, {
    topics: [
      topic('plain'),
      topic('stamped', { 'message.timestamp.type': 'LogAppendTime' }),
      ...['gzip', 'uncompressed', 'zstd'].map((name) => topic(name, { 'compression.type': name })),
    ],
    timeoutMs: 10_000,
  }),
];
