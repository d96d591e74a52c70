// Random requests of every API and version, whole and broken: whatever they ask, the process goes on, others are served, and
// no handler fails. SEED and ROUNDS say which and how many.
import { expect, test } from 'vitest';
import { ApiVersions } from '../../../src/protocol/messages/api-versions.ts';
import { CreateTopics } from '../../../src/protocol/messages/create-topics.ts';
import { apis } from '../../../src/protocol/messages/index.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { connect, type TestClient } from '../../helpers/client.ts';
import { LogLines } from '../../helpers/log.ts';
import { framed } from '../../helpers/network.ts';
import { broken, randomRequest } from '../../helpers/random-message.ts';
import { randomNumbers } from '../../helpers/random-numbers.ts';
import { handshake, startSaslBroker } from '../../helpers/sasl.ts';
import { BYTES, STRINGS, TOPIC } from './material.ts';

const ROUNDS = Number(process.env.ROUNDS ?? 3);
const SEED = Number(process.env.SEED ?? 1);
const NO_TOPIC = 'AAAAAAAAAAAAAAAAAAAAAQ';

/** Every API and version, each as often as ROUNDS says, two of three broken; a failure is found again by its seed. */
function* frames(uuids: readonly string[]) {
  let seed = SEED * 10_000;
  for (let round = 0; round < ROUNDS; round++)
    for (const api of apis)
      for (let version = api.versions[0]; version <= api.versions[1]; version++) {
        const random = randomNumbers(++seed);
        const whole = randomRequest(api, version, random, { strings: STRINGS, uuids, bytes: BYTES });
        yield {
          what: `${api.name} v${version} of seed ${seed}`,
          frame: random(3) === 0 ? whole : broken(whole, random),
        };
      }
}

async function isServed(client: TestClient): Promise<boolean> {
  return (await client.request(ApiVersions, 0, {})).errorCode === 0;
}

/** Requests that wait for something are left waiting: others are served meanwhile. */
async function send(client: TestClient, frame: Buffer, other: TestClient): Promise<void> {
  client.send(framed(frame));
  await Promise.race([client.nextFrame().catch(() => {}), isServed(other).then(() => isServed(other))]);
}

test.each([
  ['is open to everybody', {}],
  ['has an authorizer', { 'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer' }],
])('a broker that %s', async (_, overrides) => {
  const logger = new LogLines();
  const broker = await startTestBroker({ logger, overrides: new Map(Object.entries(overrides)) });
  const other = await connect(broker);
  const topic = { name: TOPIC, numPartitions: 2, replicationFactor: 1, assignments: [], configs: [] };
  const { topics } = await other.request(CreateTopics, 7, { topics: [topic], timeoutMs: 1000, validateOnly: false });
  for (const { what, frame } of frames([NO_TOPIC, topics[0]!.topicId])) {
    const client = await connect(broker);
    await send(client, frame, other);
    client.close();
    expect(
      logger.lines.filter((line) => line.startsWith('error')),
      what,
    ).toEqual([]);
  }
  expect(await isServed(other)).toBe(true);
});

test('a broker that nobody has logged in to', async () => {
  const { port, logger, broker } = await startSaslBroker();
  const other = await connect(broker);
  let at = 0;
  for (const { what, frame } of frames([NO_TOPIC])) {
    const client = await connect({ port });
    const step = at++ % 3;
    if (step > 0) await handshake(client, step === 1 ? 'PLAIN' : 'SCRAM-SHA-256');
    await send(client, frame, other);
    client.close();
    expect(
      logger.lines.filter((line) => line.startsWith('error')),
      what,
    ).toEqual([]);
  }
});
