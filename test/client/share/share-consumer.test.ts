// The share consumer against ktool's broker over real sockets.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startBroker } from '../../../src/broker/start.ts';
import { AcknowledgeType, ShareConsumer } from '../../../src/client/share-consumer.ts';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { freePort } from '../../helpers/free-port.ts';
import { openReader, prepare, produce, startShareBroker, TOPIC, textOf } from './share-session.ts';

const EXPLICIT = { 'share.acknowledgement.mode': 'explicit' };

test('implicit: each poll accepts what the one before delivered, and a commit the rest', async () => {
  const broker = await startShareBroker();
  const admin = await prepare(broker);
  await produce(broker, ['one', 'two', 'three']);
  const { consumer, acknowledged, read } = await openReader(broker);
  expect((await read(3)).map(textOf)).toEqual(['one#1', 'two#1', 'three#1']);
  expect(acknowledged).toEqual([]);
  await consumer.commit();
  expect(acknowledged).toMatchObject([{ partition: { topic: TOPIC, partition: 0 }, offsets: [0, 1, 2] }]);
  expect(acknowledged[0]).not.toHaveProperty('error');
  await produce(broker, ['four']);
  await read(1);
  while (acknowledged.length < 2) await consumer.poll(1000);
  expect(acknowledged.at(-1)).toMatchObject({ offsets: [3] });
  expect(consumer.lockTimeoutMs).toBe(30_000);
  expect(await admin.listShareGroupOffsets('g')).toMatchObject([{ topic: TOPIC, partition: 0, lag: 0 }]);
});

test('explicit: accepted and rejected records are done with, released ones come again', async () => {
  const broker = await startShareBroker();
  await prepare(broker);
  await produce(broker, ['accept', 'release', 'reject']);
  const { consumer, read } = await openReader(broker, EXPLICIT);
  const types = {
    accept: AcknowledgeType.ACCEPT,
    release: AcknowledgeType.RELEASE,
    reject: AcknowledgeType.REJECT,
  } as const;
  const first = await read(3, (record) =>
    consumer.acknowledge(record, types[String(record.value) as keyof typeof types]),
  );
  const second = await read(1, (record) => consumer.acknowledge(record));
  expect(second.map(textOf)).toEqual(['release#2']);
  expect(() => consumer.acknowledge(first[0]!)).toThrow('The record cannot be acknowledged.');
  await consumer.commit();
});

test('explicit: nothing more is read before all of it is acknowledged', async () => {
  const broker = await startShareBroker();
  await prepare(broker);
  await produce(broker, ['one', 'two']);
  const { consumer, read } = await openReader(broker, EXPLICIT);
  const [one, two] = await read(2);
  consumer.acknowledge(one!);
  expect(() => consumer.poll(0)).toThrow('All records must be acknowledged in explicit acknowledgement mode.');
  consumer.acknowledge(two!);
  expect(await consumer.poll(0)).toEqual([]);
});

test('a renewed record is held for another while, and comes back to be acknowledged', async () => {
  const broker = await startShareBroker();
  await prepare(broker);
  await produce(broker, ['slow']);
  const { consumer, acknowledged, read } = await openReader(broker, EXPLICIT);
  await read(1, (record) => consumer.acknowledge(record, AcknowledgeType.RENEW));
  expect((await read(1, (record) => consumer.acknowledge(record))).map(textOf)).toEqual(['slow#1']);
  await consumer.commit();
  expect(acknowledged.map(({ offsets, error }) => [offsets, error])).toEqual([
    [[0], undefined],
    [[0], undefined],
  ]);
});

test('what was not acknowledged is free for others when a consumer closes', async () => {
  const broker = await startShareBroker();
  await prepare(broker);
  await produce(broker, ['one', 'two', 'three']);
  const first = await openReader(broker, EXPLICIT);
  const [one] = await first.read(3);
  first.consumer.acknowledge(one!);
  await first.consumer.close();
  const second = await openReader(broker);
  expect((await second.read(2)).map(textOf)).toEqual(['two#2', 'three#2']);
});

test('members share the records of a partition, and each record is read once', async () => {
  const broker = await startShareBroker();
  await prepare(broker);
  const settings = { 'max.poll.records': '20', 'share.acquire.mode': 'record_limit' };
  const readers = await Promise.all([openReader(broker, settings), openReader(broker, settings)]);
  const assigned = () =>
    broker.services.groups.shares
      .describe('g')
      .members.filter(({ assignment }) => assignment.topicPartitions.length > 0).length;
  while (assigned() < 2) await Promise.all(readers.map(({ consumer }) => consumer.poll(100)));
  await produce(
    broker,
    Array.from({ length: 400 }, (_, i) => String(i)),
  );
  const counts = [0, 0];
  const seen = new Map<string, number>();
  const readOnce = async ({ consumer }: (typeof readers)[number], i: number) => {
    for (const { records } of await consumer.poll(100)) {
      counts[i]! += records.length;
      for (const { value } of records) seen.set(String(value), (seen.get(String(value)) ?? 0) + 1);
    }
  };
  // Each has some before anybody reads on: one alone could be fast enough for all.
  for (const [i, reader] of readers.entries()) while (counts[i] === 0) await readOnce(reader, i);
  while (seen.size < 400) await Promise.all(readers.map(readOnce));
  await Promise.all(readers.map(({ consumer }) => consumer.commit()));
  expect(seen.size).toBe(400);
  expect([...seen.values()].every((times) => times === 1)).toBe(true);
  expect(Math.min(...counts)).toBeGreaterThan(0);
});

test('several partitions, and offsets without a record that end transactions', async () => {
  const broker = await startShareBroker();
  const admin = await prepare(broker, { partitions: 2 });
  await produce(broker, ['a', 'b', 'c', 'd'], 2, 'transactions');
  await produce(broker, ['e', 'f'], 2);
  const { consumer, acknowledged, read } = await openReader(broker);
  expect((await read(6)).map(textOf).sort()).toEqual(['a#1', 'b#1', 'c#1', 'd#1', 'e#1', 'f#1']);
  await consumer.commit();
  expect(acknowledged.flatMap(({ offsets }) => offsets).sort()).toEqual([0, 0, 1, 1, 3, 3]);
  expect((await admin.listShareGroupOffsets('g')).map(({ lag }) => lag)).toEqual([0, 0]);
});

test('a restart of the broker is got over', async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'ktool-share-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true }));
  const port = await freePort();
  const before = await startShareBroker({ dataDir, port });
  await prepare(before);
  await produce(before, ['one']);
  const { consumer, read } = await openReader(before);
  await read(1);
  await consumer.commit();
  await before.close();
  const after = await startBroker({ dataDir, port });
  onTestFinished(() => after.close());
  await produce(after, ['two']);
  expect((await read(1)).map(textOf)).toEqual(['two#1']);
  await consumer.close();
});

test('a member that the group has forgotten joins again', async () => {
  const broker = await startShareBroker();
  await prepare(broker);
  await produce(broker, ['one']);
  const { consumer, read } = await openReader(broker);
  await read(1);
  await consumer.commit();
  const client = { clientId: 'other', clientHost: '/127.0.0.1', apiVersion: 1 };
  const { memberId } = consumer;
  const leave = { groupId: 'g', memberId, memberEpoch: -1, rackId: null, subscribedTopicNames: null };
  broker.services.groups.shares.heartbeat(client, leave);
  const members = () => broker.services.groups.shares.describe('g').members.map((member) => member.memberId);
  expect(members()).toEqual([]);
  await expect.poll(members).toEqual([memberId]);
  await produce(broker, ['two']);
  expect((await read(1)).map(textOf)).toEqual(['two#1']);
});

test('wake ends a poll', async () => {
  const broker = await startShareBroker();
  await prepare(broker);
  const { consumer } = await openReader(broker);
  const polled = consumer.poll(60_000);
  consumer.wake();
  expect(await polled).toEqual([]);
  expect(consumer.isWoken).toBe(true);
});

test('a group of another kind is a failure that the reader hears of', async () => {
  const broker = await startShareBroker();
  const admin = await prepare(broker);
  await produce(broker, ['one']);
  await admin.alterGroupOffsets('g', [{ topic: TOPIC, partition: 0, offset: 1 }]);
  const { consumer } = await openReader(broker);
  await expect(consumer.poll(10_000)).rejects.toMatchObject({ code: ErrorCode.GROUP_ID_NOT_FOUND });
});

test('settings that a share consumer refuses', async () => {
  const create = (properties: Record<string, string>) =>
    ShareConsumer.create({ 'bootstrap.servers': '127.0.0.1:1', 'group.id': 'g', ...properties });
  await expect(create({ 'auto.offset.reset': 'earliest', 'isolation.level': 'read_committed' })).rejects.toThrow(
    'auto.offset.reset, isolation.level cannot be set when using a share group.',
  );
  await expect(create({ 'share.acknowledgement.mode': 'never' })).rejects.toThrow('share.acknowledgement.mode');
  await expect(create({ 'group.id': '' })).rejects.toMatchObject({
    cause: { message: 'You must provide a valid group.id in the consumer configuration.' },
  });
  const consumer = await create({});
  const record = { topic: TOPIC, partition: 0, offset: 0 } as never;
  expect(() => consumer.acknowledge(record)).toThrow('Implicit acknowledgement of delivery is being used.');
});
