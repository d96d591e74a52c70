// Reassignments that are not over: what kafka-reassign-partitions said of them on two brokers of Apache Kafka 4.3.1.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { createAdmin } from '../../../src/client/admin.ts';
import { memoryFiles } from '../../../src/log/memory-files.ts';
import { allMoves } from '../../../src/tools/reassign-partitions/throttles.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { runScript } from '../../helpers/script.ts';

const home = mkdtempSync(join(tmpdir(), 'plans-'));
afterAll(() => rmSync(home, { recursive: true }));

/** A file with a plan. @param parts `topic-partition:replicas[:directory]` */
function plan(name: string, ...parts: string[]): string {
  const partitions = parts.map((part) => {
    const [place, replicas, dir] = part.split(':') as [string, string, string?];
    const [, topic, partition] = /^(.*)-(\d+)$/.exec(place)!;
    const ids = replicas.split(',').map(Number);
    const dirs = dir === undefined ? {} : { log_dirs: ids.map(() => dir) };
    return { topic, partition: Number(partition), replicas: ids, ...dirs };
  });
  const file = join(home, `${name}.json`);
  writeFileSync(file, JSON.stringify({ version: 1, partitions }));
  return file;
}

/** t-0 is on its way from broker 1 to 2, which is away, t-1 gets a replica there besides; u is on broker 1. */
async function underWay() {
  const broker = await startTestBroker({ brokers: 2 });
  const admin = await createAdmin({ 'bootstrap.servers': broker.address });
  onTestFinished(() => admin.close());
  await admin.createTopics([
    {
      name: 't',
      assignments: new Map([
        [0, [1]],
        [1, [1]],
      ]),
    },
    { name: 'u', assignments: new Map([[0, [1]]]) },
  ]);
  await broker.nodes[1]!.stop();
  await admin.alterPartitionReassignments([
    { topic: 't', partition: 0, replicas: [2] },
    { topic: 't', partition: 1, replicas: [1, 2] },
  ]);
  const reassign = (words: string) => runScript(`reassign-partitions --bootstrap-server ${broker.address} ${words}`);
  return { broker, reassign };
}

test('--list shows where replicas come from and go to', async () => {
  const { reassign } = await underWay();
  expect((await reassign('--list')).out).toEqual([
    'Current partition reassignments:',
    't-0: replicas: 2,1. adding: 2. removing: 1.',
    't-1: replicas: 1,2. adding: 2.',
  ]);
});

test('--execute wants --additional beside them', async () => {
  const { reassign } = await underWay();
  const file = plan('u', 'u-0:1');
  const { out, status } = await reassign(`--execute --reassignment-json-file ${file}`);
  expect(out).toEqual([
    'Cannot execute because there is an existing partition assignment.  Use --additional to override this and create a new partition assignment in addition to the existing one. The --additional flag can also be used to change the throttle by resubmitting the current reassignment.',
  ]);
  expect(status).toBe(1);
});

test('throttles count for all that is on its way, from where it came', () => {
  const ongoing = [
    { topic: 't', partition: 0, replicas: [2, 1], addingReplicas: [2], removingReplicas: [1] },
    { topic: 't', partition: 1, replicas: [1, 2], addingReplicas: [2], removingReplicas: [] },
  ];
  const current = { topic: 't', partition: 0, replicas: [2, 1], logDirs: ['any', 'any'] };
  expect(allMoves(ongoing, [current], [{ ...current, replicas: [3] }])).toEqual([
    { topic: 't', partition: 0, sources: [1], destinations: [3] },
    { topic: 't', partition: 1, sources: [1], destinations: [2] },
  ]);
});

test('--verify waits with the throttles', async () => {
  const { reassign } = await underWay();
  const { out } = await reassign(`--verify --reassignment-json-file ${plan('t', 't-0:2', 't-1:1,2')}`);
  expect(out).toEqual([
    'Status of partition reassignment:',
    'Reassignment of partition t-0 is still in progress.',
    'Reassignment of partition t-1 is still in progress.',
  ]);
});

test('--cancel leaves one alone that only adds replicas', async () => {
  const { reassign } = await underWay();
  const file = plan('t', 't-0:2', 't-1:1,2');
  expect((await reassign(`--cancel --preserve-throttles --reassignment-json-file ${file}`)).out).toEqual([
    'Successfully cancelled partition reassignment for: t-0',
    'None of the specified partition moves are active.',
  ]);
  expect((await reassign('--list')).out).toContain('t-1: replicas: 1,2. adding: 2.');
});

test('what the controller refuses is told by partition', async () => {
  const { broker, reassign } = await underWay();
  broker.faults.next('AlterPartitionReassignments', { error: 'INVALID_REPLICATION_FACTOR' }, { topic: 'u' });
  const refused = await reassign(`--execute --additional --reassignment-json-file ${plan('u', 'u-0:1')}`);
  expect(refused.out.slice(-2)[0]).toBe('Error reassigning partition(s):');
  expect(refused.out.at(-1)).toMatch(/^u-0: /);
  broker.faults.next('AlterPartitionReassignments', { error: 'INVALID_REPLICATION_FACTOR' }, { topic: 't' });
  const kept = await reassign(`--cancel --reassignment-json-file ${plan('t', 't-0:2', 't-1:1,2')}`);
  expect(kept.out[0]).toBe('Error cancelling partition reassignment for:');
  expect(kept.out[1]).toMatch(/^t-0: /);
  expect(kept.status).toBe(1);
});

test('moves between directories that do not begin, those that go on, and what calls them off', async () => {
  const overrides = new Map([['log.dirs', '/one,/two']]);
  const broker = await startTestBroker({ files: memoryFiles(), overrides, ephemeral: false });
  const reassign = (words: string) => runScript(`reassign-partitions --bootstrap-server ${broker.address} ${words}`);
  await runScript(`topics --bootstrap-server ${broker.address} --create --topic t --partitions 2`);
  const toTwo = plan('two', 't-0:1:/two', 't-1:1:/two');
  await reassign(`--execute --reassignment-json-file ${toTwo}`);
  await broker.services.logs.movesSettled();
  const toOne = plan('one', 't-1:1:/one', 't-0:1:/one');
  const fault = broker.faults.always('AlterReplicaLogDirs', { error: 'REPLICA_NOT_AVAILABLE' });
  const late = await reassign(`--execute --timeout 0 --reassignment-json-file ${toOne}`);
  expect(late.out.at(-1)).toBe('Timed out before log directory moves could be started for: t-0-1,t-1-1');
  fault.remove();
  broker.faults.next('AlterReplicaLogDirs', { error: 'LOG_DIR_NOT_FOUND' });
  const failed = await reassign(`--execute --reassignment-json-file ${toOne}`);
  expect(failed.out).toContain('Error: Failed to alter dir for t-1-1');
});

test('a move between directories that goes on, another one in its place, and none', async () => {
  const overrides = new Map([['log.dirs', '/one,/two,/three']]);
  const broker = await startTestBroker({ files: memoryFiles(), overrides, ephemeral: false });
  const reassign = (words: string) => runScript(`reassign-partitions --bootstrap-server ${broker.address} ${words}`);
  await runScript(`topics --bootstrap-server ${broker.address} --create --topic t`);
  const records = '--topic t --num-records 300 --record-size 1000 --throughput -1';
  await runScript(`producer-perf-test --bootstrap-server ${broker.address} ${records}`);
  const one = plan('one', 't-0:1:/one');
  const two = plan('two', 't-0:1:/two');
  await reassign(`--execute --reassignment-json-file ${two}`);
  await broker.services.logs.movesSettled();
  await reassign(`--execute --replica-alter-log-dirs-throttle 1 --reassignment-json-file ${one}`);
  const verify = async (file: string) => (await reassign(`--verify --reassignment-json-file ${file}`)).out.slice(2);
  expect(await verify(one)).toEqual(['Reassignment of replica t-0-1 is still in progress.']);
  expect(await verify(two)).toEqual(['Partition t-0 on broker 1 is being moved to log dir /one instead of /two.']);
  const { out } = await reassign(`--cancel --preserve-throttles --reassignment-json-file ${one}`);
  expect(out).toEqual([
    'None of the specified partition reassignments are active.',
    'Successfully started moving log directory to /two for replica t-0 with broker 1 ',
  ]);
  expect(await verify(one)).toEqual([
    'Partition t-0 on broker 1 is not being moved from log dir /two to /one.',
    'Clearing broker-level throttles on broker 1',
    'Clearing topic-level throttles on topic t',
  ]);
});

test('--verify clears no throttles while a replica cannot be found, and asks no broker that is away', async () => {
  const { reassign } = await underWay();
  const gone = await reassign(`--verify --reassignment-json-file ${plan('gone', 'gone-3:1:/one')}`);
  expect(gone.out).toEqual([
    'Status of partition reassignment:',
    'There is no active reassignment of partition gone-3, but replica set is  rather than 1.',
    'Partition gone-3 is not found in any live log dir on broker 1. There is likely an offline log directory on the broker.',
  ]);
  const far = await reassign(`--verify --reassignment-json-file ${plan('far', 'u-0:7:/one')}`);
  expect(far.out.slice(0, 3)).toEqual([
    'Status of partition reassignment:',
    'There is no active reassignment of partition u-0, but replica set is 1 rather than 7.',
    'Error: org.apache.kafka.common.errors.TimeoutException: Timed out waiting for a node assignment. Call: describeReplicaLogDirs',
  ]);
});
