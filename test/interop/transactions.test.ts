// Transactions of other people's clients on ktool's broker: confluent-kafka (librdkafka, transactions of version 1),
// kafkajs, and Kafka's own producer (version 2) with kafka-transactions. What is missing is skipped, by name.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import kafkajs from 'kafkajs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startTestBroker } from '../helpers/broker.ts';
import { KAFKA_JARS, whyNoKafka } from './kafka-jars.ts';
import { runAsync } from './run.ts';

const python = process.env.KTOOL_PYTHON ?? 'python3';
const confluent = spawnSync(python, ['-c', 'import confluent_kafka'], { stdio: 'ignore' }).status === 0;
const whyNoJava = whyNoKafka();
if (!confluent) console.warn('skipped: confluent-kafka is not on this machine');
if (whyNoJava) console.warn(`skipped: ${whyNoJava}`);

const kafka = (mainClass: string, ...args: string[]) =>
  runAsync('java', ['-Xmx256M', '-XX:TieredStopAtLevel=1', '-cp', join(KAFKA_JARS, '*'), mainClass, ...args]);

const READ_PROCESS_WRITE = `
import sys
from confluent_kafka import Producer, Consumer
from confluent_kafka.admin import AdminClient, NewTopic
at = {'bootstrap.servers': sys.argv[1]}
admin = AdminClient(at)
[f.result() for f in admin.create_topics([NewTopic('in', 1, 1), NewTopic('out', 1, 1)]).values()]
p = Producer(at)
for i in range(10): p.produce('in', str(i))
p.flush(20)
c = Consumer({**at, 'group.id': 'g', 'auto.offset.reset': 'earliest', 'enable.auto.commit': False})
c.subscribe(['in'])
t = Producer({**at, 'transactional.id': 'tx'})
t.init_transactions(20)
for i in range(10):
    m = c.poll(20)
    t.begin_transaction()
    t.produce('out', m.value())
    t.send_offsets_to_transaction(c.position(c.assignment()), c.consumer_group_metadata(), 20)
    if i % 2 == 0: t.commit_transaction(20)
    else:
        t.flush()
        t.abort_transaction(20)
print(c.committed(c.assignment())[0].offset)
r = Consumer({**at, 'group.id': 'r', 'auto.offset.reset': 'earliest', 'isolation.level': 'read_committed', 'enable.partition.eof': True})
r.subscribe(['out'])
got = []
while True:
    m = r.poll(20)
    if m is None or m.error(): break
    got.append(m.value().decode())
print(' '.join(got))
`;

describe.skipIf(!confluent)('confluent-kafka', () => {
  it('reads, processes and writes in transactions, some aborted', async () => {
    const broker = await startTestBroker();
    const { stdout } = await runAsync(python, ['-c', READ_PROCESS_WRITE, broker.address]);
    expect(stdout.trim().split('\n')).toEqual(['9', '0 2 4 6 8']);
  });
});

describe('kafkajs', () => {
  it('commits and aborts with offsets', async () => {
    const broker = await startTestBroker();
    const client = new kafkajs.Kafka({ brokers: [broker.address], logLevel: kafkajs.logLevel.NOTHING });
    const admin = client.admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic: 'out', numPartitions: 1 }] });
    const producer = client.producer({ transactionalId: 'tx', maxInFlightRequests: 1, idempotent: true });
    await producer.connect();
    const offsets = (offset: string) => ({
      consumerGroupId: 'g',
      topics: [{ topic: 'out', partitions: [{ partition: 0, offset }] }],
    });
    const kept = await producer.transaction();
    await kept.send({ topic: 'out', messages: [{ value: 'kept' }] });
    await kept.sendOffsets(offsets('5'));
    await kept.commit();
    const dropped = await producer.transaction();
    await dropped.send({ topic: 'out', messages: [{ value: 'dropped' }] });
    await dropped.sendOffsets(offsets('6'));
    await dropped.abort();
    const [committed] = await admin.fetchOffsets({ groupId: 'g', topics: ['out'] });
    expect(committed!.partitions[0]!.offset).toBe('5');
    const last = await producer.transaction();
    await last.send({ topic: 'out', messages: [{ value: 'last' }] });
    await last.commit();

    const consumer = client.consumer({ groupId: 'r' });
    onTestFinished(async () => {
      await Promise.all([consumer.disconnect(), producer.disconnect(), admin.disconnect()]);
    });
    await consumer.connect();
    await consumer.subscribe({ topics: ['out'], fromBeginning: true });
    const seen: string[] = [];
    await new Promise<void>((resolve) => {
      void consumer.run({
        eachMessage: async ({ message }) => {
          seen.push(String(message.value));
          if (seen.at(-1) === 'last') resolve();
        },
      });
    });
    expect(seen).toEqual(['kept', 'last']);
  });
});

describe.skipIf(whyNoJava)("Kafka's own", () => {
  it('producer commits many transactions, and its tools see them', async () => {
    const broker = await startTestBroker({ overrides: new Map([['transaction.state.log.num.partitions', '1']]) });
    broker.services.metadata.createTopic({ name: 't', replicas: [[1]], configs: new Map() });
    const server = ['--bootstrap-server', broker.address];
    const load = ['--topic', 't', '--num-records', '500', '--record-size', '20', '--throughput', '1000'];
    const transactional = ['--transactional-id', 'perf', '--transaction-duration-ms', '50'];
    const perf = await kafka('org.apache.kafka.tools.ProducerPerformance', ...server, ...load, ...transactional);
    expect(perf.stdout).toContain('500 records sent');
    const { stdout } = await kafka('org.apache.kafka.tools.GetOffsetShell', ...server, '--topic', 't');
    expect(Number(stdout.match(/t:0:(\d+)/)![1])).toBeGreaterThan(500);

    const tool = (...args: string[]) => kafka('org.apache.kafka.tools.TransactionsCommand', ...server, ...args);
    const listed = (await tool('list')).stdout.trim().split('\n').at(-1)!.split(/\s+/);
    expect(listed.slice(0, 2)).toEqual(['perf', '1']);
    expect(listed[3]).toBe('CompleteCommit');
    const described = (await tool('describe', '--transactional-id', 'perf')).stdout;
    expect(described).toMatch(/1\s+perf\s+0\s+\d+\s+CompleteCommit\s+60000/);
    const producers = (await tool('describe-producers', '--topic', 't', '--partition', '0')).stdout;
    expect(producers).toMatch(/\n0\s+\d+\s+\d+\s+-?\d+\s+\d+\s+None/);
    expect((await tool('find-hanging', '--broker-id', '1')).stdout).not.toMatch(/\nt\s/);
  });

  it('tool ends a hanging transaction by hand', async () => {
    const broker = await startTestBroker();
    broker.services.metadata.createTopic({ name: 't', replicas: [[1]], configs: new Map() });
    const client = new kafkajs.Kafka({ brokers: [broker.address], logLevel: kafkajs.logLevel.NOTHING });
    const producer = client.producer({ transactionalId: 'tx', maxInFlightRequests: 1, idempotent: true });
    onTestFinished(() => producer.disconnect());
    await producer.connect();
    const open = await producer.transaction();
    await open.send({ topic: 't', messages: [{ value: 'v' }] });
    const log = broker.services.logs.get('t', 0)!;
    expect(log.lastStableOffset).toBe(0);
    const where = ['--bootstrap-server', broker.address, 'abort', '--topic', 't', '--partition', '0'];
    await kafka('org.apache.kafka.tools.TransactionsCommand', ...where, '--start-offset', '0');
    expect(log.lastStableOffset).toBe(2);
  });
});
