// What scripts say of partitions without a leader and of brokers that are away; recorded from two brokers of Apache Kafka 4.3.1.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startTestBroker } from '../helpers/broker.ts';
import { freePort } from '../helpers/free-port.ts';
import { runScript } from '../helpers/script.ts';

/** Broker 2 is away, and with it both partitions of x. */
async function withoutBroker2() {
  const broker = await startTestBroker({ brokers: 2 });
  const script = (words: string) => runScript(words.replace(' ', ` --bootstrap-server ${broker.address} `));
  await script('topics --create --topic x --replica-assignment 2,2');
  return { broker, script, stop: () => broker.nodes[1]!.stop() };
}

test('get-offsets skips partitions without a leader, and ends well', async () => {
  const { script, stop } = await withoutBroker2();
  await stop();
  const home = mkdtempSync(join(tmpdir(), 'away-'));
  const file = join(home, 'fast.properties');
  writeFileSync(file, 'default.api.timeout.ms=2000\nrequest.timeout.ms=1500\n');
  const { err, out, status } = await script(`get-offsets --command-config ${file} --topic x`);
  rmSync(home, { recursive: true });
  const skipped = (partition: number) =>
    new RegExp(
      `^Skip getting offsets for topic-partition x-${partition} due to error: org\\.apache\\.kafka\\.common\\.errors\\.TimeoutException: Call\\(callName=listOffsets\\(api=METADATA\\), deadlineMs=\\d+, tries=\\d+, nextAllowedTryMs=\\d+\\) timed out at \\d+ after \\d+ attempt`,
    );
  expect(err).toEqual([expect.stringMatching(skipped(0)), expect.stringMatching(skipped(1))]);
  expect({ out, status }).toEqual({ out: [], status: 0 });
});

test('leader-election finds nobody to elect', async () => {
  const { script, stop } = await withoutBroker2();
  await stop();
  const preferred = await script('leader-election --election-type preferred --topic x --partition 0');
  expect(preferred.out).toEqual([
    'Error completing leader election (PREFERRED) for partition: x-0: org.apache.kafka.common.errors.PreferredLeaderNotAvailableException: The preferred leader was not available.',
  ]);
  const unclean = await script('leader-election --election-type unclean --all-topic-partitions');
  expect(unclean.out).toEqual(
    [1, 0].map(
      (partition) =>
        `Error completing leader election (UNCLEAN) for partition: x-${partition}: org.apache.kafka.common.errors.EligibleLeadersNotAvailableException: Eligible topic partition leaders are not available.`,
    ),
  );
  expect(unclean.err[0]).toBe('2 replica(s) could not be elected');
});

test('cluster unregister takes a broker that is away from the cluster, once', async () => {
  const { script, stop, broker } = await withoutBroker2();
  await stop();
  const unregister = () => runScript(`cluster unregister --bootstrap-server ${broker.address} --id 2`);
  expect((await unregister()).out).toEqual(['Broker 2 is no longer registered.']);
  const again = await unregister();
  expect(again.err[0]).toMatch(
    / ERROR \[AdminClient clientId=adminclient-\d+\] Unregister broker request for broker ID 2 failed: Broker ID 2 is not currently registered \(org\.apache\.kafka\.clients\.admin\.KafkaAdminClient\)$/,
  );
  expect(again.err[1]).toBe(
    'org.apache.kafka.common.errors.BrokerIdNotRegisteredException: Broker ID 2 is not currently registered',
  );
  expect((await script('topics --create --topic y --replica-assignment 2')).status).toBe(1);
});

test('broker-api-versions names the addresses that did not answer', async () => {
  const { err, status } = await runScript('broker-api-versions --bootstrap-server 127.0.0.1:1,127.0.0.1:2');
  expect(err.filter((line) => !line.includes(' WARN '))[0]).toBe(
    'Request METADATA failed on brokers [127.0.0.1:1 (id: -1 rack: null isFenced: false), 127.0.0.1:2 (id: -2 rack: null isFenced: false)]',
  );
  expect(status).toBe(1);
});

test('broker-api-versions shows a broker that cannot be reached with its error, and ends well', async () => {
  const overrides = new Map([['advertised.listeners', 'PLAINTEXT://127.0.0.1:9']]);
  const port = await freePort();
  await startTestBroker({ overrides, port });
  const { out, status } = await runScript(`broker-api-versions --bootstrap-server 127.0.0.1:${port}`);
  expect(out).toEqual([
    '127.0.0.1:9 (id: 1 rack: null isFenced: false) -> ERROR: org.apache.kafka.common.errors.DisconnectException',
  ]);
  expect(status).toBe(0);
});

test('leader-election tells that nobody answered in time, on both streams', async () => {
  const home = mkdtempSync(join(tmpdir(), 'away-'));
  const file = join(home, 'fast.properties');
  writeFileSync(file, 'default.api.timeout.ms=300\nrequest.timeout.ms=200\n');
  const words = `leader-election --bootstrap-server 127.0.0.1:1 --command-config ${file} --election-type preferred`;
  const { out, err, status } = await runScript(`${words} --topic t --partition 0`);
  rmSync(home, { recursive: true });
  expect(out).toEqual(['Timeout waiting for election results']);
  expect(err.filter((line) => !line.includes(' WARN '))).toEqual([
    'Timeout waiting for election results',
    'org.apache.kafka.tools.AdminCommandFailedException: Timeout waiting for election results',
    'Caused by: org.apache.kafka.common.errors.TimeoutException: Timed out waiting for a node assignment. Call: electLeaders',
  ]);
  expect(status).toBe(1);
});

test('cluster unregister at a cluster that is older than that', async () => {
  const broker = await startTestBroker();
  broker.faults.next('UnregisterBroker', { error: 'UNSUPPORTED_VERSION' });
  const { out, status } = await runScript(`cluster unregister --bootstrap-server ${broker.address} --id 2`);
  expect(out).toEqual(['The target cluster does not support the broker unregistration API.']);
  expect(status).toBe(0);
});

// Recorded: kafka-…-groups --bootstrap-server … --reset-offsets --group g --topic away --to-earliest --dry-run
test.each([
  ['consumer-groups', '--topic', 'consumer', 0],
  ['share-groups', '--topic', 'share', 0],
  ['streams-groups', '--input-topic', 'streams', 1],
])('%s resets nothing of a topic with partitions without a leader', async (name, option, kind, exit) => {
  const { script, stop } = await withoutBroker2();
  await script('topics --create --topic away --replica-assignment 1,2,2');
  await stop();
  const message = 'The partitions "away-1,away-2" have no leader';
  expect(await script(`${name} --reset-offsets --group g ${option} away --to-earliest --dry-run`)).toEqual({
    out: [`Error: Executing ${kind} group command failed due to ${message}`],
    err: [`org.apache.kafka.common.errors.LeaderNotAvailableException: ${message}`],
    status: exit,
  });
});

test('consumer-groups resets a partition that has one', async () => {
  const { script, stop } = await withoutBroker2();
  await script('topics --create --topic away --replica-assignment 1,2,2');
  await stop();
  const reset = (topics: string) =>
    script(`consumer-groups --reset-offsets --group g ${topics} --to-offset 0 --dry-run`);
  expect((await reset('--topic away:0')).out.map((line) => line.trimEnd())).toEqual([
    'GROUP           TOPIC           PARTITION  NEW-OFFSET',
    'g               away            0          0',
  ]);
  const unknown = 'This server does not host this topic-partition.';
  expect(await reset('--topic away:1 --topic nope')).toEqual({
    out: [`Error: Executing consumer group command failed due to ${unknown}`],
    err: [`org.apache.kafka.common.errors.UnknownTopicOrPartitionException: ${unknown}`],
    status: 0,
  });
});
