// Plays the steps of test/broker/transactions/transaction-steps.ts against a broker of Apache Kafka that was just
// formatted, with offsets.topic.num.partitions=1, and prints the answers, one line each: test/kafka/transaction-session.txt.
//
//   npx esbuild test/kafka/tools/record-transaction-session.ts --bundle --platform=node --format=esm --packages=external \
//     --outfile=node_modules/.cache/record-transaction-session.mjs
//   node node_modules/.cache/record-transaction-session.mjs 9092 > test/kafka/transaction-session.txt
import { once } from 'node:events';
import net from 'node:net';
import { CreateTopics } from '../../../src/protocol/messages/create-topics.ts';
import { FindCoordinator } from '../../../src/protocol/messages/find-coordinator.ts';
import { Metadata } from '../../../src/protocol/messages/metadata.ts';
import { TOPIC, TransactionSession } from '../../broker/transactions/transaction-session.ts';
import { playTransactionSteps } from '../../broker/transactions/transaction-steps.ts';
import { TestClient } from '../../helpers/client.ts';

/** Kafka's coordinators answer NOT_COORDINATOR until they have loaded all partitions of their new topics. */
const SETTLING_MS = 12_000;

const socket = net.connect(Number(process.argv[2]), '127.0.0.1');
socket.setNoDelay(true);
await once(socket, 'connect');
const client = new TestClient(socket);
const topic = { name: TOPIC, numPartitions: 3, replicationFactor: 1, assignments: [], configs: [] };
await client.request(CreateTopics, 5, { topics: [topic], timeoutMs: 5000 });
for (const keyType of [0, 1]) await client.request(FindCoordinator, 4, { coordinatorKeys: ['any'], keyType });
await new Promise((resolve) => setTimeout(resolve, SETTLING_MS));
const { topics } = await client.request(Metadata, 10, { topics: [{ name: TOPIC }] });
const session = new TransactionSession(client, topics[0]!.topicId);
await playTransactionSteps(session);
process.stdout.write(`${session.lines.join('\n')}\n`);
client.close();
