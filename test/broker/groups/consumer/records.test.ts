// Against records that Apache Kafka 4.3.1 wrote, as its kafka-dump-log shows them.
import { expect, test } from 'vitest';
import { decode } from '../../../../src/protocol/codec.ts';
import { Reader } from '../../../../src/protocol/reader.ts';
import { batches, openRecords } from '../../../../src/protocol/records/read.ts';
import { groupRecords } from '../../../../src/protocol/state/group/index.ts';
import { World } from './world.ts';

/** `type key value` of what was written; a value of null is a tombstone. */
function written(world: World): unknown[] {
  const found: unknown[] = [];
  for (const buf of world.store.batches) {
    for (const { header, pos } of batches(buf)) {
      const cursor = openRecords(buf, pos, header);
      while (cursor.next()) {
        const key = new Reader(cursor.key!);
        const type = key.int16();
        const { value: schema } = groupRecords.get(type)!;
        const value = cursor.value && new Reader(cursor.value);
        found.push([type, value && decode(schema, value.int16(), value)]);
      }
    }
  }
  return found;
}

test('joining, giving up, leaving: the same records in the same order', async () => {
  const world = await World.open();
  const topicId = world.topics.topic('a')!.id;
  const epochs = (partitions: number[], epoch: number) => ({
    topicId,
    partitions,
    assignmentEpochs: partitions.map(() => epoch),
  });
  const target = (partitions: number[]) => ({ topicPartitions: [{ topicId, partitions }] });
  world.join('m1');
  expect(written(world)).toMatchObject([
    [5, { clientId: 'c', subscribedTopicNames: ['a'], subscribedTopicRegex: '', rebalanceTimeoutMs: 30_000 }],
    [3, { epoch: 2 }],
    [7, target([0, 1, 2, 3])],
    [6, { assignmentEpoch: 2, assignmentTimestamp: world.clock.nowMs() }],
    [8, { memberEpoch: 2, previousMemberEpoch: 0, state: 0, assignedPartitions: [epochs([0, 1, 2, 3], 2)] }],
  ]);
  world.store.batches.length = 0;
  world.join('m2');
  expect(written(world)).toMatchObject([
    [5, { subscribedTopicNames: ['a'] }],
    [3, { epoch: 3 }],
    [7, target([0, 1])],
    [7, target([2, 3])],
    [6, { assignmentEpoch: 3 }],
    [8, { memberEpoch: 3, previousMemberEpoch: 0, state: 2, assignedPartitions: [] }],
  ]);
  world.store.batches.length = 0;
  world.beat('m1', 2);
  expect(written(world)).toMatchObject([
    [8, { memberEpoch: 2, previousMemberEpoch: 2, state: 1, partitionsPendingRevocation: [epochs([2, 3], 2)] }],
  ]);
  world.store.batches.length = 0;
  world.beat('m1', -1);
  world.beat('m2', -1);
  world.groups.deleteGroup('g');
  expect(written(world)).toMatchObject([
    [8, null],
    [7, null],
    [5, null],
    [3, { epoch: 4 }],
    [8, null],
    [7, null],
    [5, null],
    [3, { epoch: 5, metadataHash: 0 }],
    [6, null],
    [4, null],
    [3, null],
  ]);
});
