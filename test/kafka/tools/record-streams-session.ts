// Plays the steps of test/broker/groups/streams/streams-steps.ts against a broker of Apache Kafka that was just formatted, with
// group.streams.initial.rebalance.delay.ms=0 and group.streams.assignment.interval.ms=0, and
// prints the answers, one line each: test/kafka/streams-session.txt.
//
//   npx esbuild test/kafka/tools/record-streams-session.ts --bundle --platform=node --format=esm --packages=external \
//     --outfile=node_modules/.cache/record-streams-session.mjs
//   node node_modules/.cache/record-streams-session.mjs 9092 > test/kafka/streams-session.txt
import { once } from 'node:events';
import net from 'node:net';
import { CreateTopics } from '../../../src/protocol/messages/create-topics.ts';
import { FindCoordinator } from '../../../src/protocol/messages/find-coordinator.ts';
import { Metadata } from '../../../src/protocol/messages/metadata.ts';
import { GroupSession } from '../../broker/groups/group-session.ts';
import { playStreamsSteps, TOPIC } from '../../broker/groups/streams/streams-steps.ts';
import { TestClient } from '../../helpers/client.ts';

/** Kafka's coordinator answers NOT_COORDINATOR until it has loaded all partitions of its new topic. */
const SETTLING_MS = 4000;

async function connect(port: number): Promise<TestClient> {
  const socket = net.connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  await once(socket, 'connect');
  return new TestClient(socket);
}

const port = Number(process.argv[2]);
const client = await connect(port);
const topic = { name: TOPIC, numPartitions: 3, replicationFactor: 1, assignments: [], configs: [] };
await client.request(CreateTopics, 5, { topics: [topic], timeoutMs: 5000 });
await client.request(FindCoordinator, 2, { key: 'any' });
await new Promise((resolve) => setTimeout(resolve, SETTLING_MS));
const { topics } = await client.request(Metadata, 10, { topics: [{ name: TOPIC }] });
const session = new GroupSession({ port, topicId: topics[0]!.topicId, connect: () => connect(port) });
await playStreamsSteps(session);
process.stdout.write(`${session.lines.join('\n')}\n`);
session.close();
client.close();
