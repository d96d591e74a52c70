// kafkajs with its default settings: the oldest protocol versions of a client in wide use.
import { Kafka, logLevel } from 'kafkajs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { deferred } from '../../src/util/deferred.ts';
import { startTestBroker } from '../helpers/broker.ts';

async function cluster() {
  const broker = await startTestBroker();
  return new Kafka({ clientId: 'test', brokers: [broker.address], logLevel: logLevel.NOTHING });
}

describe('kafkajs', () => {
  it('produces to a topic that is created on first use, and reads it in a group that goes on where it stopped', async () => {
    const kafka = await cluster();
    const producer = kafka.producer();
    await producer.connect();
    onTestFinished(() => producer.disconnect());
    await producer.send({ topic: 'orders', messages: [{ key: 'a', value: '1', headers: { h: 'x' } }, { value: '2' }] });

    const readUntil = async (count: number) => {
      const consumer = kafka.consumer({ groupId: 'readers' });
      await consumer.connect();
      await consumer.subscribe({ topic: 'orders', fromBeginning: true });
      const got: string[] = [];
      const done = deferred<void>();
      await consumer.run({
        eachMessage: async ({ message }) => {
          got.push(String(message.value));
          if (got.length === count) done.resolve();
        },
      });
      await done.promise;
      await consumer.disconnect();
      return got;
    };
    expect(await readUntil(2)).toEqual(['1', '2']);
    await producer.send({ topic: 'orders', messages: [{ value: '3' }] });
    expect(await readUntil(1)).toEqual(['3']);
  });

  it('shares six partitions among three members and hands them over when one leaves', async () => {
    const kafka = await cluster();
    const admin = kafka.admin();
    await admin.connect();
    onTestFinished(() => admin.disconnect());
    await admin.createTopics({ topics: [{ topic: 'shared', numPartitions: 6 }] });

    const owned = new Map<string, number>();
    let changed = deferred<void>();
    const members = await Promise.all(
      ['a', 'b', 'c'].map(async (name) => {
        // Often enough to notice soon that another member came or went, and no long fetch to wait for at the end.
        const consumer = kafka.consumer({ groupId: 'team', heartbeatInterval: 100, maxWaitTimeInMs: 100 });
        consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
          owned.set(name, payload.memberAssignment.shared?.length ?? 0);
          changed.resolve();
          changed = deferred();
        });
        await consumer.connect();
        await consumer.subscribe({ topic: 'shared' });
        await consumer.run({ eachMessage: async () => {} });
        return consumer;
      }),
    );
    onTestFinished(async () => {
      for (const member of members) await member.disconnect();
    });
    const settles = async (wanted: number[]) => {
      while (JSON.stringify([...owned.values()].sort()) !== JSON.stringify(wanted)) await changed.promise;
    };
    await settles([2, 2, 2]);
    owned.delete('a');
    await members[0]!.disconnect();
    await settles([3, 3]);
    const { groups } = await admin.describeGroups(['team']);
    expect(groups[0]).toMatchObject({ state: 'Stable', protocolType: 'consumer' });
    expect(groups[0]!.members).toHaveLength(2);
  });

  it('administers topics, offsets and groups', async () => {
    const kafka = await cluster();
    const admin = kafka.admin();
    await admin.connect();
    onTestFinished(() => admin.disconnect());
    expect(await admin.createTopics({ topics: [{ topic: 't', numPartitions: 2 }] })).toBe(true);
    expect(await admin.createTopics({ topics: [{ topic: 't' }] })).toBe(false);
    await admin.createPartitions({ topicPartitions: [{ topic: 't', count: 3 }] });
    expect((await admin.fetchTopicOffsets('t')).map(({ partition, high }) => [partition, high])).toEqual([
      [0, '0'],
      [1, '0'],
      [2, '0'],
    ]);
    await admin.setOffsets({ groupId: 'g', topic: 't', partitions: [{ partition: 0, offset: '0' }] });
    expect((await admin.listGroups()).groups.map(({ groupId }) => groupId)).toEqual(['g']);
    await admin.deleteGroups(['g']);
    await admin.deleteTopics({ topics: ['t'] });
    expect(await admin.listTopics()).not.toContain('t');
  });
});
