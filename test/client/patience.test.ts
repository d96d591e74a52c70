// What may still come, a broker or a topic, is waited for as by Kafka's clients until default.api.timeout.ms; a client that is
// to fail fast says at once that it is not there.
import { expect, test } from 'vitest';
import { ConfigResourceType, createAdmin } from '../../src/client/admin.ts';
import { startTestBroker } from '../helpers/broker.ts';
import { steadyClock } from '../helpers/steady-clock.ts';

async function client(failFast: boolean) {
  const { address } = await startTestBroker();
  return createAdmin({ 'bootstrap.servers': address }, { failFast, clock: steadyClock(50) });
}

const TIMED_OUT =
  /^Call\(callName=deleteRecords\(api=METADATA\), deadlineMs=\d+, tries=\d+, nextAllowedTryMs=\d+\) timed out at \d+ after \d+ attempt\(s\)$/;

test.each([
  [false, TIMED_OUT],
  [true, /^This server does not host this topic-partition\.$/],
])('records of a partition that is not there, failing fast: %s', async (failFast, message) => {
  const admin = await client(failFast);
  const [answer] = await admin.deleteRecords([{ topic: 'nowhere', partition: 0, beforeOffset: 0 }]);
  expect(answer?.error?.message).toMatch(message);
  await admin.close();
});

test.each([1, 2, 3, 4])(
  'records of a partition that is not there, where %i questions for it are answered in time',
  async (answered) => {
    const broker = await startTestBroker();
    const limits = { 'bootstrap.servers': broker.address, 'default.api.timeout.ms': '2000' };
    const admin = await createAdmin(limits, { clock: steadyClock() });
    const answers = admin.deleteRecords([{ topic: 'nowhere', partition: 0, beforeOffset: 0 }]);
    for (let i = 0; i < answered; i++)
      await broker.requests.waitFor('Metadata', { where: ({ body }) => body.topics?.length === 1 });
    broker.faults.always('Metadata', { stall: true });
    expect((await answers)[0]?.error?.message).toMatch(TIMED_OUT);
    await admin.close();
  },
);

test('records of a topic that cannot be', async () => {
  const admin = await client(false);
  const [answer] = await admin.deleteRecords([{ topic: 'bad name', partition: 0, beforeOffset: 0 }]);
  expect(answer?.error?.message).toBe(
    'Failed to fetch metadata for partition bad name-0 due to invalid topic `bad name`',
  );
  await admin.close();
});

test.each([
  [false, /^Timed out waiting for a node assignment\. Call: describeConfigs$/],
  [true, /^Broker 7 is not known to the cluster$/],
])('settings of a broker that is not there, failing fast: %s', async (failFast, message) => {
  const admin = await client(failFast);
  const asked = admin.describeConfigs([{ type: ConfigResourceType.BROKER, name: '7' }]);
  const failure = await asked.then(
    (answers) => answers[0]?.error,
    (error: Error) => error,
  );
  expect(failure?.message).toMatch(message);
  await admin.close();
});

test('time runs out when it is over, and not before', async () => {
  const broker = await startTestBroker();
  const limits = { 'default.api.timeout.ms': '450', 'request.timeout.ms': '450' };
  const admin = await createAdmin({ 'bootstrap.servers': broker.address, ...limits });
  const took = async (asked: () => Promise<unknown>) => {
    const begin = performance.now();
    await asked().catch(() => {});
    return performance.now() - begin;
  };
  await admin.createTopics([{ name: 't', numPartitions: 1, replicationFactor: 1 }]);
  const nowhere = { topic: 't', partition: 9 };
  broker.faults.always('DeleteTopics', { error: 'NOT_CONTROLLER' });
  const all = await Promise.all([
    took(() => admin.deleteRecords([{ ...nowhere, beforeOffset: 0 }])),
    took(() => admin.listOffsets([{ ...nowhere, timestamp: -1 }])),
    took(() => admin.deleteTopics(['t'])),
  ]);
  expect(all.map((ms) => ms >= 445)).toEqual([true, true, true]);
  await admin.close();
});
