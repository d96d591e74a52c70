// ktool's own client against Apache Kafka itself.
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Admin, ConfigResourceType, createAdmin, OffsetSpec } from '../../src/client/admin.ts';
import { createProducer } from '../../src/client/producer.ts';
import { type KafkaBroker, startKafkaBroker } from './kafka-broker.ts';
import { whyNoKafka } from './kafka-jars.ts';

const reason = whyNoKafka();
if (reason) console.warn(`skipped: ${reason}`);
const hasKcat = spawnSync('kcat', ['-V'], { stdio: 'ignore' }).status === 0;

describe.skipIf(reason !== undefined)('Apache Kafka', () => {
  let kafka: KafkaBroker;
  let admin: Admin;

  beforeAll(async () => {
    kafka = await startKafkaBroker();
    admin = await createAdmin({ 'bootstrap.servers': kafka.address });
  });

  afterAll(async () => {
    await admin?.close();
    await kafka?.stop();
  });

  it('makes, describes and deletes topics', async () => {
    await admin.createTopics([{ name: 'a', numPartitions: 7 }]);
    await expect
      .poll(async () => (await admin.describeTopics(['a'], { partitionSizeLimit: 3 })).get('a'))
      .toMatchObject({ name: 'a', partitions: { length: 7 } });
    expect(await admin.deleteTopics(['a'])).toEqual(new Map([['a', undefined]]));
  });

  it('reads and alters configs', async () => {
    await admin.createTopics([{ name: 'configured' }]);
    const resource = { type: ConfigResourceType.TOPIC, name: 'configured' };
    await admin.incrementalAlterConfigs([{ resource, ops: [{ name: 'retention.ms', value: '5', op: 'SET' }] }]);
    await expect
      .poll(async () => (await admin.describeConfigs([{ ...resource, keys: ['retention.ms'] }]))[0]?.entries[0])
      .toMatchObject({ value: '5', source: 'DYNAMIC_TOPIC_CONFIG' });
  });

  it('sets quotas and SCRAM users', async () => {
    const entity = [{ type: 'user', name: 'u' }];
    await admin.alterQuotas([{ entity, ops: new Map([['producer_byte_rate', 1000]]) }]);
    await expect
      .poll(() => admin.describeQuotas([{ type: 'user', match: 'u' }]))
      .toEqual([{ entity, values: new Map([['producer_byte_rate', 1000]]) }]);
    const created = await admin.alterScram({
      upsertions: [{ user: 'bob', mechanism: 'SCRAM-SHA-512', password: 'secret' }],
    });
    expect(created).toEqual(new Map([['bob', undefined]]));
    await expect
      .poll(() => admin.describeScram(['bob']))
      .toEqual([{ user: 'bob', credentials: [{ mechanism: 'SCRAM-SHA-512', iterations: 4096 }] }]);
  });

  it('keeps offsets of a group', async () => {
    await admin.createTopics([{ name: 'grouped' }]);
    const partition = { topic: 'grouped', partition: 0 };
    await expect.poll(() => admin.alterGroupOffsets('g', [{ ...partition, offset: 3 }])).toEqual([partition]);
    expect(await admin.listGroupOffsets('g')).toMatchObject([{ ...partition, offset: 3 }]);
    expect((await admin.describeGroups(['g'])).get('g')).toMatchObject({ state: 'Empty' });
    expect(await admin.deleteGroups(['g'])).toEqual(new Map([['g', undefined]]));
  });

  it.each(['none', 'gzip', 'snappy', 'lz4', 'zstd'])('takes 20,000 records with %s, in order', async (codec) => {
    const topic = `written-${codec}`;
    await admin.createTopics([{ name: topic }]);
    const errors: unknown[] = [];
    const producer = await createProducer(
      { 'bootstrap.servers': kafka.address, 'compression.type': codec },
      { onError: (_, error) => void errors.push(error) },
    );
    const values = Array.from({ length: 20_000 }, (_, i) => `value ${i}`);
    for (const value of values) if (!producer.append(topic, 0, null, Buffer.from(value))) await producer.drain();
    await producer.close();
    expect(errors).toEqual([]);
    const [end] = await admin.listOffsets([{ topic, partition: 0, timestamp: OffsetSpec.LATEST }]);
    expect(end?.offset).toBe(values.length);
    if (!hasKcat) return;
    const read = ['-C', '-b', kafka.address, '-t', topic, '-o', 'beginning', '-e', '-q'];
    expect(spawnSync('kcat', read, { encoding: 'utf8', maxBuffer: 1 << 26 }).stdout.trimEnd()).toBe(values.join('\n'));
  });

  it('splits what is too large for it', async () => {
    await admin.createTopics([{ name: 'narrow', configs: { 'max.message.bytes': '2000' } }]);
    const failed: (number | undefined)[] = [];
    const producer = await createProducer(
      { 'bootstrap.servers': kafka.address },
      { onError: (record) => void failed.push(record.value?.length) },
    );
    for (let i = 0; i < 1000; i++) producer.append('narrow', 0, null, Buffer.alloc(i === 500 ? 4000 : 100));
    await producer.close();
    expect(failed).toEqual([4000]);
    const [end] = await admin.listOffsets([{ topic: 'narrow', partition: 0, timestamp: OffsetSpec.LATEST }]);
    expect(end?.offset).toBe(999);
  });
});
