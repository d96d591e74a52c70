// What other coordinators may have left in `__consumer_offsets`: transactions, older versions, other kinds of groups.
import { expect, test } from 'vitest';
import { encode } from '../../../src/protocol/codec.ts';
import { buildEndTxnMarker } from '../../../src/protocol/records/control.ts';
import { buildBatch } from '../../../src/protocol/records/write.ts';
import type { EncodableMessage, Message } from '../../../src/protocol/schema.ts';
import { groupRecords } from '../../../src/protocol/state/group/index.ts';
import { OffsetCommitKey, OffsetCommitValue } from '../../../src/protocol/state/group/offset-commit.ts';
import { Writer } from '../../../src/protocol/writer.ts';
import { ManualClock } from '../../../src/util/clock.ts';
import { MemoryStore, openCoordinator } from './memory-store.ts';

function bytes<M extends Message>(prefix: number, message: M, version: number, value: EncodableMessage<M>): Buffer {
  const writer = new Writer();
  writer.int16(prefix);
  encode(message, version, writer, value);
  return Buffer.concat(writer.finish());
}

function commit(offset: number, { keyType = 1, version = 4, partition = 0 } = {}) {
  const value = { offset, metadata: 'm', commitTimestamp: 7, expireTimestamp: 9 };
  return {
    timestamp: 0,
    key: bytes(keyType, OffsetCommitKey, 0, { group: 'g', topic: 't', partition }),
    value: bytes(version, OffsetCommitValue, version, value),
  };
}

async function offsetsAfter(...batches: Buffer[]): Promise<Record<number, number>> {
  const store = new MemoryStore();
  store.batches.push(...batches);
  const groups = await openCoordinator(new ManualClock(), store);
  const partitions = groups.offsets('g').get('t') ?? new Map<number, { offset: number }>();
  return Object.fromEntries([...partitions].map(([partition, { offset }]) => [partition, offset]));
}

test('offsets of a transaction count when it is committed, and not when it is aborted or undecided', async () => {
  const inTransaction = (offset: number, partition: number, producerId: number) =>
    buildBatch([commit(offset, { partition })], { producerId, producerEpoch: 0, baseSequence: 0, transactional: true });
  const end = (type: 'COMMIT' | 'ABORT', producerId: number) =>
    buildEndTxnMarker({ type, producerId, producerEpoch: 0, coordinatorEpoch: 0, timestampMs: 0 });
  const batches = [inTransaction(10, 0, 1), inTransaction(20, 1, 2), inTransaction(30, 2, 3)];
  expect(await offsetsAfter(...batches, end('COMMIT', 1), end('ABORT', 2))).toEqual({ 0: 10 });
  expect(await offsetsAfter(inTransaction(10, 0, 1), end('ABORT', 1), end('COMMIT', 1))).toEqual({});
});

test('the end of a transaction in one partition decides nothing in another', async () => {
  const properties = { producerId: 1, producerEpoch: 0, baseSequence: 0, transactional: true };
  const end = { producerId: 1, producerEpoch: 0, coordinatorEpoch: 0, timestampMs: 0 };
  class TwoPartitions extends MemoryStore {
    override async *read(): AsyncGenerator<{ partition: number; batches: Buffer }> {
      yield { partition: 0, batches: buildBatch([commit(1)], properties) };
      yield { partition: 1, batches: buildEndTxnMarker({ type: 'COMMIT', ...end }) };
    }
  }
  const groups = await openCoordinator(new ManualClock(), new TwoPartitions());
  expect(groups.offsets('g').size).toBe(0);
});

test('every version of the records is read, and records of other kinds of groups are passed over', async () => {
  const versions = [0, 1, 2, 3, 4].map((version) => commit(100 + version, { version, partition: version }));
  const legacy = commit(200, { keyType: 0, version: 0, partition: 5 });
  const other = groupRecords.get(3)!;
  const consumerGroup = { timestamp: 0, key: bytes(3, other.key, 0, { groupId: 'modern' }), value: Buffer.alloc(8) };
  const batch = buildBatch([...versions, legacy, consumerGroup]);
  expect(await offsetsAfter(batch)).toEqual({ 0: 100, 1: 101, 2: 102, 3: 103, 4: 104, 5: 200 });
});

test('compressed batches are read', async () => {
  const { loadCodec } = await import('../../../src/protocol/records/compression.ts');
  await loadCodec(1);
  expect(await offsetsAfter(buildBatch([commit(1)], { codec: 1 }))).toEqual({ 0: 1 });
});
