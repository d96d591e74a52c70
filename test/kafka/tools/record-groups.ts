// What the recorders of group sessions have in common: a topic, a coordinator that is ready, the steps, their lines.
import { once } from 'node:events';
import net from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { CreateTopics } from '../../../src/protocol/messages/create-topics.ts';
import { FindCoordinator } from '../../../src/protocol/messages/find-coordinator.ts';
import { Metadata } from '../../../src/protocol/messages/metadata.ts';
import { GroupSession } from '../../broker/groups/group-session.ts';
import { TestClient } from '../../helpers/client.ts';

/** Kafka's coordinator answers NOT_COORDINATOR until it has loaded all partitions of its new topic. */
const SETTLING_MS = 4000;

async function connect(port: number): Promise<TestClient> {
  const socket = net.connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  await once(socket, 'connect');
  return new TestClient(socket);
}

/**
 * Plays steps against the broker at the port of the command line and prints the answers, one line each.
 * @param topic that the steps use, made with three partitions
 * @param settlingMs that the session waits where its steps say so
 */
export async function recordGroups(
  topic: string,
  play: (session: GroupSession) => Promise<void>,
  settlingMs?: number,
): Promise<void> {
  const port = Number(process.argv[2]);
  const client = await connect(port);
  const wanted = { name: topic, numPartitions: 3, replicationFactor: 1, assignments: [], configs: [] };
  await client.request(CreateTopics, 5, { topics: [wanted], timeoutMs: 5000 });
  await client.request(FindCoordinator, 2, { key: 'any' });
  await setTimeout(SETTLING_MS);
  const { topics } = await client.request(Metadata, 10, { topics: [{ name: topic }] });
  const { topicId } = topics[0]!;
  const session = new GroupSession({ port, topicId, connect: () => connect(port), ...(settlingMs && { settlingMs }) });
  await play(session);
  process.stdout.write(`${session.lines.join('\n')}\n`);
  session.close();
  client.close();
}
