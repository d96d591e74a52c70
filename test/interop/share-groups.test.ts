// Share groups: Kafka's own clients on ktool's broker, answered as by Apache Kafka, and ktool's client on Apache Kafka.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBroker } from '../../src/broker/start.ts';
import { ConfigResourceType, createAdmin } from '../../src/client/admin.ts';
import { createProducer } from '../../src/client/producer.ts';
import { AcknowledgeType, ShareConsumer } from '../../src/client/share-consumer.ts';
import { type KafkaBroker, startKafkaBroker } from './kafka-broker.ts';
import { KAFKA_JARS, whyNoKafka } from './kafka-jars.ts';
import { runAsync } from './run.ts';

const why = whyNoKafka();
if (why) console.warn(`skipped: ${why}`);

const program = fileURLToPath(new URL('./ShareGroupsAdmin.java', import.meta.url));
const runJava = (address: string) =>
  runAsync('java', ['-Xmx256M', '-XX:TieredStopAtLevel=1', '-cp', join(KAFKA_JARS, '*'), program, address]);
/** Without its configuration log4j writes to standard output. */
const linesOf = ({ stdout }: { stdout: string }) => stdout.split('\n').filter((line) => /^[a-z]+ /.test(line));

const STATE = {
  'share.coordinator.state.topic.replication.factor': '1',
  'share.coordinator.state.topic.min.isr': '1',
};

describe.skipIf(why)('share groups', () => {
  let kafka: KafkaBroker;
  beforeAll(async () => {
    kafka = await startKafkaBroker(STATE);
  });
  afterAll(() => kafka.stop());

  it("of Kafka's clients on either broker", async () => {
    const own = await startBroker({ port: 0, ephemeral: true });
    const lines = linesOf(await runJava(own.address));
    await own.close();
    expect(lines).toContain('read [accept 1, reject 1, release 1, release 2, renew 1, renew 1] ');
    expect(lines).toHaveLength(9);
    expect(linesOf(await runJava(kafka.address))).toEqual(lines);
  });

  it("of ktool's client on Kafka's broker", async () => {
    const settings = { 'bootstrap.servers': kafka.address };
    const admin = await createAdmin(settings);
    await admin.createTopics([{ name: 'own', numPartitions: 1 }]);
    const ops = [{ name: 'share.auto.offset.reset', value: 'earliest', op: 'SET' }] as const;
    await admin.incrementalAlterConfigs([{ resource: { type: ConfigResourceType.GROUP, name: 'own' }, ops }]);
    const producer = await createProducer(settings);
    for (const value of ['accept', 'release', 'reject']) {
      if (!producer.append('own', 0, null, Buffer.from(value))) await producer.drain();
    }
    await producer.flush();
    await producer.close();
    const mode = { 'group.id': 'own', 'share.acknowledgement.mode': 'explicit' };
    const consumer = await ShareConsumer.create({ ...settings, ...mode });
    consumer.subscribe(['own']);
    const seen: string[] = [];
    while (seen.length < 4) {
      for (const record of (await consumer.poll(5000)).flatMap(({ records }) => records)) {
        const text = String(record.value);
        const type = {
          accept: AcknowledgeType.ACCEPT,
          release: AcknowledgeType.RELEASE,
          reject: AcknowledgeType.REJECT,
        };
        const isAgain = record.deliveryCount > 1;
        seen.push(`${text} ${record.deliveryCount}`);
        consumer.acknowledge(record, isAgain ? AcknowledgeType.ACCEPT : type[text as keyof typeof type]);
      }
    }
    await consumer.commit();
    await consumer.close();
    expect(seen).toEqual(['accept 1', 'release 1', 'reject 1', 'release 2']);
    expect((await admin.describeShareGroups(['own'])).get('own')).toMatchObject({ state: 'Empty', members: [] });
    await expect.poll(async () => (await admin.listShareGroupOffsets('own'))[0]?.lag).toBe(0);
    await admin.close();
  });
});
