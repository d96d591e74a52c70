// What tutorials of all years have their readers type, in a folder that looks like an unpacked Kafka. The commands are those
// of the scripts; only the ports are free ones.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { Reader } from '../../helpers/reader.ts';

test('in the background, with settings of the time of ZooKeeper, stopped by what it is', async () => {
  const reader = await Reader.open();
  reader.edit('server.properties', (text) =>
    text.replace('node.id=1', 'broker.id=0\nzookeeper.connect=localhost:2181').replace(/^process\.roles.*\n/m, ''),
  );
  expect(await reader.run('bin/kafka-server-start.sh -daemon config/server.properties')).toEqual({
    status: 0,
    stdout: '',
    stderr: '',
  });
  onTestFinished(async () => void (await reader.run('env SIGNAL=KILL kafka-server-stop')));
  // Under Kafka's names a script tries on while nothing answers.
  expect((await reader.run('bin/kafka-topics.sh --list --bootstrap-server localhost:9092')).status).toBe(0);
  const log = readFileSync(join(reader.home, 'logs', 'kafkaServer.out'), 'utf8');
  expect(log).toMatch(
    /^\[.*\] INFO \[KafkaRaftServer nodeId=0\] Kafka Server started \(kafka\.server\.KafkaRaftServer\)$/m,
  );
  expect(readFileSync(join(reader.home, 'logs', 'server.log'), 'utf8')).toBe(log);
  // How guides look for the process.
  const { stdout: processes } = await reader.run('ps axww -o args');
  expect(processes).toMatch(/ kafkaServer kafka\.Kafka config\/server\.properties$/m);
  expect(log).toContain('zookeeper.connect');
  expect(await reader.run('bin/kafka-server-stop.sh --node-id=7')).toMatchObject({ status: 0, stdout: '' });
  expect(await reader.run('bin/kafka-server-stop.sh --process-role=controller')).toMatchObject({ status: 0 });
  expect((await reader.user.run(['server', 'status'])).status).toBe(0);
  const stopped = await reader.run('bin/kafka-server-stop.sh --node-id=0');
  expect(stopped).toMatchObject({ status: 0 });
});

test('a directory that was formatted starts with its cluster id', async () => {
  const reader = await Reader.open();
  const directory = join(reader.home, 'data', 'kafka-logs');
  mkdirSync(directory, { recursive: true });
  const formatted = fileURLToPath(new URL('../../log/fixtures/kafka-4.3.1/bootstrap.checkpoint', import.meta.url));
  writeFileSync(join(directory, 'bootstrap.checkpoint'), readFileSync(formatted));
  const lines = [
    '#',
    'cluster.id=4L6g3nShT-eMCtK--X86sw',
    'directory.id=UWdL3GbNRGOBeD1yzBA1Dw',
    'node.id=1',
    'version=1',
  ];
  writeFileSync(join(directory, 'meta.properties'), `${lines.join('\n')}\n`);
  const broker = reader.start('bin/kafka-server-start.sh config/kraft/server.properties');
  await broker.says('Kafka Server started');
  const asked = await reader.run('bin/kafka-cluster.sh cluster-id --bootstrap-server localhost:9092');
  expect(asked.stdout).toBe('Cluster ID: 4L6g3nShT-eMCtK--X86sw\n');
});

test('three brokers for the lesson on replicas, one of them stopped and started again', async () => {
  const reader = await Reader.open();
  reader.edit('server.properties', (text) => text.replace(/^(listeners=PLAINTEXT:\/\/127\.0\.0\.1):\d+/m, '$1:0'));
  const broker = reader.start('bin/kafka-server-start.sh config/server.properties --brokers 3');
  await broker.says('nodeId=3] Kafka Server started');
  const status = await reader.user.run(['server', 'status', '--json']);
  const [{ address, port }] = JSON.parse(status.stdout) as [{ address: string; port: number }];
  const at = `--bootstrap-server ${address}`;
  const create = `bin/kafka-topics.sh --create --topic copies --replication-factor 3 --partitions 1 ${at}`;
  expect((await reader.run(create)).stdout).toBe('Created topic copies.\n');
  expect(await reader.run('bin/kafka-server-stop.sh --node-id=3')).toMatchObject({ status: 0 });
  const inSync = async () =>
    /Isr: (\S+)/.exec((await reader.run(`kafka-topics --describe --topic copies ${at}`)).stdout)?.[1];
  expect((await inSync())?.split(',').sort()).toEqual(['1', '2']);
  expect(await reader.run(`bin/kafka-server-start.sh --broker 3 --port ${port}`)).toMatchObject({ status: 0 });
  expect((await inSync())?.split(',').sort()).toEqual(['1', '2', '3']);
});
