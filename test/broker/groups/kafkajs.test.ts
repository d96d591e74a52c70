// A client that knows nothing of this project: kafkajs shares partitions among consumers and takes over from one that goes.
import { type Consumer, Kafka, logLevel } from 'kafkajs';
import { expect, onTestFinished, test } from 'vitest';
import { startTestBroker } from '../../helpers/broker.ts';

/** Short, as kafkajs sends heartbeats between two fetches and learns of rebalances by them. */
const QUICK = { heartbeatInterval: 100, maxWaitTimeInMs: 100 };

/** What the consumers of a group were assigned last; lets a test wait for all partitions to have owners. */
class Assignments {
  readonly #owned = new Map<Consumer, number[]>();
  #changed = () => {};

  watch(consumer: Consumer): void {
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      this.#owned.set(consumer, payload.memberAssignment.six ?? []);
      this.#changed();
    });
  }

  drop(consumer: Consumer): void {
    this.#owned.delete(consumer);
  }

  /** Resolves when each of `members` consumers has the same share and no partition has two owners. */
  async shared(members: number): Promise<void> {
    for (;;) {
      const shares = [...this.#owned.values()];
      const partitions = new Set(shares.flat());
      const isFair = shares.length === members && shares.every(({ length }) => length === 6 / members);
      if (isFair && partitions.size === 6) return;
      await new Promise<void>((resolve) => {
        this.#changed = resolve;
      });
    }
  }
}

test('kafkajs consumers share six partitions, take over from one that leaves, and go on where they committed', async () => {
  const { port } = await startTestBroker();
  const kafka = new Kafka({ brokers: [`127.0.0.1:${port}`], logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  onTestFinished(() => admin.disconnect());
  await admin.createTopics({ topics: [{ topic: 'six', numPartitions: 6 }] });
  const assignments = new Assignments();
  const consumers = [0, 1, 2].map(() => kafka.consumer({ groupId: 'g', ...QUICK }));
  for (const consumer of consumers) {
    onTestFinished(() => consumer.disconnect());
    assignments.watch(consumer);
    await consumer.connect();
    await consumer.subscribe({ topic: 'six', fromBeginning: true });
    await consumer.run({ eachMessage: async () => {} });
  }
  await assignments.shared(3);
  const leaving = consumers[0]!;
  assignments.drop(leaving);
  await leaving.disconnect();
  await assignments.shared(2);

  const producer = kafka.producer();
  await producer.connect();
  const messages = Array.from({ length: 60 }, (_, i) => ({ partition: i % 6, value: String(i) }));
  await producer.send({ topic: 'six', messages });
  await producer.disconnect();
  const committed = async () => {
    const [offsets] = await admin.fetchOffsets({ groupId: 'g', topics: ['six'] });
    return offsets!.partitions.map(({ offset }) => offset);
  };
  await expect.poll(committed).toEqual(['10', '10', '10', '10', '10', '10']);
  for (const consumer of consumers) await consumer.disconnect();
  expect((await admin.describeGroups(['g'])).groups).toMatchObject([{ state: 'Empty', members: [] }]);
});
