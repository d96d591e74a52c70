// Starts, stops and restarts of several brokers, and what is on disk then.
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { CreateTopics } from '../../../src/protocol/messages/create-topics.ts';
import { Metadata } from '../../../src/protocol/messages/metadata.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { connect } from '../../helpers/client.ts';
import { freePort } from '../../helpers/free-port.ts';

const replicated = { properties: new Map([['default.replication.factor', '3']]) };

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'ktool-nodes-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

async function createTopic(to: { port: number }, name: string): Promise<void> {
  const topic = { name, numPartitions: -1, replicationFactor: -1, assignments: [], configs: [] };
  const { topics } = await (await connect(to)).request(CreateTopics, 7, { topics: [topic] });
  expect(topics[0]?.errorCode).toBe(0);
}

it('gives ports that follow the first one, or free ones', async () => {
  const port = await freePort(2);
  const broker = await startTestBroker({ brokers: 2, port });
  expect(broker.nodes.map((node) => node.port)).toEqual([port, port + 1]);
  const free = await startTestBroker({ brokers: 3, port: 0 });
  expect(new Set(free.nodes.map((node) => node.port)).size).toBe(3);
});

it.each([0, -1, 1.5, 101])('refuses %d brokers', async (brokers) => {
  await expect(startTestBroker({ brokers })).rejects.toThrow(`The number of brokers is ${brokers}, and must be`);
});

it('stops and starts as often as it is told, and no oftener', async () => {
  const broker = await startTestBroker({ brokers: 2 });
  const [, second] = broker.nodes;
  const { port } = second!;
  for (let round = 0; round < 3; round++) {
    await Promise.all([second!.stop(), second!.stop()]);
    expect(second!.isRunning).toBe(false);
    await expect(connect({ port })).rejects.toThrow('ECONNREFUSED');
    await Promise.all([second!.start(), second!.start()]);
    expect((await (await connect({ port })).request(Metadata, 9, { topics: [] })).brokers).toHaveLength(2);
  }
});

it('says so if another program has the address of a broker that is to start', async () => {
  const broker = await startTestBroker({ brokers: 2 });
  const [, second] = broker.nodes;
  await second!.stop();
  const squatter = net.createServer().listen(second!.port, '127.0.0.1');
  await new Promise((done) => squatter.once('listening', done));
  await expect(second!.start()).rejects.toThrow('Address already in use');
  expect(second!.isRunning).toBe(false);
  await new Promise((done) => squatter.close(done));
  await second!.start();
  expect(second!.isRunning).toBe(true);
});

it('goes on when all brokers have stopped and some start again', async () => {
  const broker = await startTestBroker({ brokers: 2 });
  await createTopic(broker, 't');
  for (const node of broker.nodes) await node.stop();
  const [, second] = broker.nodes;
  await second!.start();
  const { brokers, controllerId } = await (await connect(second!)).request(Metadata, 9, { topics: [] });
  expect([brokers.map(({ nodeId }) => nodeId), controllerId]).toEqual([[2], 2]);
});

it('keeps ids, topics and leaders over a restart, and has everybody in sync again', async () => {
  const dataDir = folder();
  const first = await startTestBroker({ brokers: 3, dataDir, ...replicated });
  await createTopic(first, 't');
  const { id } = first.services.metadata.topic('t')!;
  await first.nodes[1]!.stop();
  await first.close();
  const second = await startTestBroker({ brokers: 3, dataDir, ...replicated });
  expect(second.clusterId).toBe(first.clusterId);
  const topic = second.services.metadata.topic('t')!;
  expect(topic.id).toBe(id);
  expect([...topic.partitions[0]!.isr].sort()).toEqual([1, 2, 3]);
  expect(second.nodes.every(({ isRunning }) => isRunning)).toBe(true);
});

it('refuses a directory whose replicas need more brokers, and takes one that needs no more', async () => {
  const dataDir = folder();
  const three = await startTestBroker({ brokers: 3, dataDir });
  await three.close();
  const two = await startTestBroker({
    brokers: 2,
    dataDir,
    properties: new Map([['default.replication.factor', '2']]),
  });
  expect([...two.services.metadata.brokers.keys()].sort()).toEqual([1, 2]);
  await createTopic(two, 't');
  await two.close();
  await expect(startTestBroker({ dataDir })).rejects.toThrow(
    /belongs to a cluster of more brokers: 2 has replicas and would not be started. .*--brokers 2/,
  );
  const more = await startTestBroker({ brokers: 4, dataDir });
  expect(more.nodes).toHaveLength(4);
  expect(more.services.metadata.topic('t')!.partitions[0]!.isr).toHaveLength(2);
});

it('is emptied as a whole, and all of its brokers serve then', async () => {
  const broker = await startTestBroker({ brokers: 3 });
  await createTopic(broker, 't');
  await broker.nodes[2]!.stop();
  await broker.reset();
  for (const node of broker.nodes) {
    const { brokers, topics } = await (await connect(node)).request(Metadata, 9, { topics: null });
    expect([brokers.length, topics]).toEqual([3, []]);
  }
});
