// What tutorials of all years have their readers type, in a folder that looks like an unpacked Kafka. The commands are those
// of the scripts; only the ports are free ones.
import { expect, test } from 'vitest';
import { Reader } from '../../helpers/reader.ts';

test('a first session: start, create, write, read, look at a group, stop, find it all again', async () => {
  const reader = await Reader.open();
  const zookeeper = reader.start('bin/zookeeper-server-start.sh config/zookeeper.properties');
  await zookeeper.says('No ZooKeeper is needed');
  let broker = reader.start('bin/kafka-server-start.sh config/server.properties');
  await broker.says('[KafkaRaftServer nodeId=1] Kafka Server started');
  const create = 'bin/kafka-topics.sh --create --topic fruit --partitions 3 --replication-factor 1';
  expect(await reader.run(`${create} --bootstrap-server localhost:9092`)).toMatchObject({
    status: 0,
    stdout: 'Created topic fruit.\n',
  });
  expect((await reader.run('kafka-topics --list --bootstrap-server localhost:9092')).stdout).toBe('fruit\n');
  await reader.run(
    'bin/kafka-console-producer.sh --topic fruit --bootstrap-server localhost:9092',
    'apples\n\npears and plums\n',
  );
  const read = 'kafka-console-consumer.sh --bootstrap-server localhost:9092 --topic fruit --from-beginning';
  expect((await reader.run(`${read} --group shop --max-messages 3`)).stdout).toBe('apples\n\npears and plums\n');
  const described = await reader.run('kafka-consumer-groups --bootstrap-server localhost:9092 --describe --group shop');
  expect(described.stdout).toMatch(/shop +fruit +\d +3 +3 +0 +- +- +-/);
  // Kafka's script ends well where it could delete no group; under ktool's own name that is a failure.
  const removal = ['consumer-groups', '--delete', '--group', 'nobody', '--bootstrap-server', reader.bootstrap];
  expect((await reader.run(`kafka-${removal.join(' ')}`)).status).toBe(0);
  expect((await reader.user.run(removal)).status).toBe(1);
  broker.child.kill('SIGTERM');
  expect(await broker.ended).toMatchObject({ status: 143 });
  broker = reader.start('bin/kafka-server-start.sh config/server.properties');
  await broker.says('Kafka Server started');
  expect((await reader.run(`${read} --max-messages 3`)).stdout).toBe('apples\n\npears and plums\n');
  const remove = 'bin/kafka-topics.sh --delete --topic fruit --bootstrap-server localhost:9092';
  expect(await reader.run(remove)).toMatchObject({ status: 0 });
  expect(await reader.run('bin/kafka-server-stop.sh')).toMatchObject({ status: 0 });
  expect(await broker.ended).toMatchObject({ status: 143 });
  expect(await reader.run('bin/zookeeper-server-stop.sh')).toMatchObject({ status: 0 });
  expect(await zookeeper.ended).toMatchObject({ status: 143 });
  expect(await reader.run('bin/zookeeper-server-stop.sh')).toEqual({
    status: 1,
    stdout: 'No zookeeper server to stop\n',
    stderr: '',
  });
});

test('the lessons after that: settings, more partitions, lag, going back, offsets, a second group, what is refused', async () => {
  const reader = await Reader.open();
  reader.edit('server.properties', (text) => text.replace('num.partitions=1', 'num.partitions=2'));
  const broker = reader.start('bin/kafka-server-start.sh config/server.properties --override log.retention.hours=1');
  await broker.says('Kafka Server started');
  const at = '--bootstrap-server localhost:9092';
  const says = async (line: string, input?: string) => (await reader.run(line, input)).stdout;
  // Written to before it was created: it is made with num.partitions.
  await reader.run(
    `bin/kafka-console-producer.sh ${at} --topic orders --producer.config config/producer.properties`,
    'a\nb\n',
  );
  expect(await says(`kafka-topics.sh --describe --topic orders ${at}`)).toContain('PartitionCount: 2');
  const exists = await reader.run(`kafka-topics.sh --create --topic orders ${at}`);
  expect(exists).toMatchObject({ status: 1, stdout: expect.stringContaining("Topic 'orders' already exists.") });
  const tooMany = await reader.run(`kafka-topics.sh --create --topic t --partitions 6 --replication-factor 3 ${at}`);
  expect(tooMany).toMatchObject({ status: 1, stdout: expect.stringContaining('only 1 broker(s) are registered') });
  expect(await says(`kafka-topics.sh --create --topic user.signup.v1 ${at}`)).toContain('WARNING: Due to limitations');
  expect((await reader.run(`kafka-topics.sh --alter --topic orders --partitions 4 ${at}`)).status).toBe(0);
  expect((await reader.run(`kafka-topics.sh --alter --topic orders --partitions 3 ${at}`)).status).toBe(1);
  const consume = `kafka-console-consumer.sh ${at} --topic orders --group shop --from-beginning --max-messages 2`;
  expect((await says(consume)).trim().split('\n').sort()).toEqual(['a', 'b']);
  expect((await says(consume.replace('shop', 'other'))).length).toBe(4);
  const groups = `kafka-consumer-groups.sh ${at}`;
  expect((await says(`${groups} --list`)).trim().split('\n')).toContain('shop');
  expect(await says(`${groups} --describe --group shop --state`)).toContain('Empty');
  const back = `${groups} --reset-offsets --group shop --topic orders --to-earliest --execute`;
  expect(await says(back)).toMatch(/shop +orders +\d +0/);
  expect((await says(consume)).trim().split('\n').sort()).toEqual(['a', 'b']);
  const offsets = await reader.run(
    'kafka-run-class.sh kafka.tools.GetOffsetShell --broker-list localhost:9092 --topic orders',
  );
  expect(offsets.stdout.trim().split('\n')).toHaveLength(4);
  expect(offsets.stderr).toContain('--broker-list is gone: type --bootstrap-server');
  const configs = `kafka-configs.sh ${at} --entity-type topics --entity-name orders`;
  expect(await says(`${configs} --alter --add-config cleanup.policy=compact`)).toBe(
    'Completed updating config for topic orders.\n',
  );
  expect(await says(`${configs} --describe`)).toContain('cleanup.policy=compact');
  expect(await says(`kafka-configs.sh ${at} --entity-type brokers --entity-name 1 --describe --all`)).toContain(
    'log.retention.hours=1 ',
  );
  expect(await says(`kafka-topics.sh --describe --under-replicated-partitions ${at}`)).toBe('');
  const zookeeper = await reader.run('kafka-topics.sh --list --zookeeper localhost:2181');
  expect(zookeeper).toMatchObject({ status: 1, stderr: expect.stringContaining('type --bootstrap-server') });
  expect(await says(`kafka-topics.sh --list ${at}`)).toContain('__consumer_offsets\norders\nuser.signup.v1\n');
  const second = await reader.run('bin/kafka-server-start.sh config/server.properties');
  expect(second.status).toBe(1);
  expect(second.stderr).toMatch(/in use|lock/);
});
