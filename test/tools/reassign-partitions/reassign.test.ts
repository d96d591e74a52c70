// The tools of delete-records, log-dirs, leader-election and reassign-partitions against a broker with two log directories.
import { describe, expect, onTestFinished, test } from 'vitest';
import { createAdmin } from '../../../src/client/admin.ts';
import { memoryFiles } from '../../../src/log/memory-files.ts';
import { parseOffsetFile } from '../../../src/tools/delete-records/offset-file.ts';
import { electLeaders } from '../../../src/tools/leader-election/elect.ts';
import { describeLogDirs } from '../../../src/tools/log-dirs/describe.ts';
import { cancel, execute, generate, list, verify } from '../../../src/tools/reassign-partitions/actions.ts';
import { checkPlan, parsePlan } from '../../../src/tools/reassign-partitions/plan.ts';
import { startTestBroker } from '../../helpers/broker.ts';

async function start() {
  const overrides = new Map([['log.dirs', '/one,/two']]);
  const broker = await startTestBroker({ files: memoryFiles(), overrides, ephemeral: false });
  const admin = await createAdmin({ 'bootstrap.servers': broker.address });
  onTestFinished(() => admin.close());
  await admin.createTopics([{ name: 'orders', numPartitions: 1 }]);
  let text = '';
  const print = (more: string) => {
    text += more;
  };
  const printed = async (action: Promise<unknown>) => {
    text = '';
    await action;
    return text;
  };
  return { broker, admin, print, printed };
}

const EXECUTE = {
  additional: false,
  interBroker: -1,
  logDirs: -1,
  timeoutMs: 1000,
  allowReplicationFactorChange: true,
};
const planTo = (dir: string) =>
  parsePlan(JSON.stringify({ partitions: [{ topic: 'orders', partition: 0, replicas: [1], log_dirs: [dir] }] }));

describe('reassign-partitions', () => {
  test('moves a replica to another log directory, and says how far it is', async () => {
    const { broker, admin, print, printed } = await start();
    const started = await printed(
      execute(admin, planTo('/two'), { ...EXECUTE, interBroker: 5, logDirs: 10_000 }, print),
    );
    expect(started).toContain('"log_dirs":["/one"]');
    expect(started).toContain(
      'Successfully started moving log directory to /two for replica orders-0 with broker 1 \n',
    );
    await broker.services.logs.movesSettled();
    const throttle = () => broker.services.metadata.configs(4, '1').get('leader.replication.throttled.rate');
    expect(throttle()).toBe('5');
    const verified = await printed(verify(admin, planTo('/two'), false, print));
    expect(verified).toContain('Reassignment of replica orders-0-1 completed successfully.\nClearing broker-level');
    expect(throttle()).toBeUndefined();
    expect(await printed(verify(admin, planTo('/one'), true, print))).toContain(
      'Partition orders-0 on broker 1 is not being moved from log dir /two to /one.\n',
    );
    const { data } = await describeLogDirs(admin, { brokers: [], topics: ['orders'] }, () => {});
    expect(data).toMatchObject([
      { logDirs: [{ partitions: [] }, { partitions: [{ topic: 'orders', partition: 0 }] }] },
    ]);
  });

  test('lists, cancels and proposes', async () => {
    const { admin, print, printed } = await start();
    expect(await printed(list(admin, print))).toBe('No partition reassignments found.\n');
    expect(await printed(cancel(admin, planTo('/two'), { preserveThrottles: true, timeoutMs: 0 }, print))).toBe(
      'None of the specified partition reassignments are active.\nNone of the specified partition moves are active.',
    );
    expect(await printed(generate(admin, ['orders'], [1], true, print))).toContain('"log_dirs":["any"]');
    await expect(generate(admin, ['nowhere'], [1], true, print)).rejects.toThrow('Topic nowhere not found.');
    await expect(execute(admin, planTo('/three'), EXECUTE, print)).rejects.toThrow(
      'Failed to alter dir for orders-0-1',
    );
  });

  test('proposes that every broker leads as much as the others, in no certain order', async () => {
    const broker = await startTestBroker({ brokers: 3 });
    const admin = await createAdmin({ 'bootstrap.servers': broker.bootstrapServers });
    onTestFinished(() => admin.close());
    await admin.createTopics([{ name: 'orders', numPartitions: 6, replicationFactor: 2 }]);
    const proposals = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const { proposed } = (await generate(admin, ['orders'], [1, 2, 3], true, () => {})) as {
          readonly proposed: { readonly partitions: { readonly replicas: number[] }[] };
        };
        return proposed.partitions.map(({ replicas }) => replicas);
      }),
    );
    for (const partitions of proposals) {
      expect(partitions.map(([leader]) => leader).sort()).toEqual([1, 1, 2, 2, 3, 3]);
      for (const replicas of partitions) expect(new Set(replicas).size).toBe(2);
    }
    expect(new Set(proposals.map((partitions) => JSON.stringify(partitions))).size).toBeGreaterThan(1);
  });

  test('proposes as many replicas as the partition has that Java’s map holds first', async () => {
    const broker = await startTestBroker({ brokers: 2 });
    const admin = await createAdmin({ 'bootstrap.servers': broker.bootstrapServers });
    onTestFinished(() => admin.close());
    const one = new Map([
      [0, [1, 2]],
      [1, [1, 2]],
    ]);
    await admin.createTopics([{ name: 'u', assignments: one }]);
    await admin.alterPartitionReassignments([{ topic: 'u', partition: 1, replicas: [1] }]);
    const { proposed } = (await generate(admin, ['u'], [1], true, () => {})) as {
      readonly proposed: { readonly partitions: { readonly replicas: number[] }[] };
    };
    expect(proposed.partitions.map(({ replicas }) => replicas)).toEqual([[1], [1]]);
    await admin.alterPartitionReassignments([{ topic: 'u', partition: 1, replicas: [1, 2] }]);
    await expect(generate(admin, ['u'], [1], true, () => {})).rejects.toThrow(
      'The target replication factor of 2 cannot be reached because only 1 broker(s) are registered or some brokers have all their log directories cordoned.',
    );
    await expect(generate(admin, ['u'], [9], true, () => {})).rejects.toThrow('All brokers are currently fenced');
  });

  test('wants racks of all brokers or of none', async () => {
    const broker = await startTestBroker({ brokers: 2 });
    const admin = await createAdmin({ 'bootstrap.servers': broker.bootstrapServers });
    onTestFinished(() => admin.close());
    await admin.createTopics([{ name: 'u', numPartitions: 1 }]);
    const withRack: typeof admin = Object.create(admin, {
      describeCluster: {
        value: async () => {
          const found = await admin.describeCluster();
          return { ...found, nodes: found.nodes.map((node) => ({ ...node, rack: node.id === 1 ? 'a' : null })) };
        },
      },
      describeTopics: { value: admin.describeTopics },
      describeLogDirs: { value: admin.describeLogDirs },
    });
    await expect(generate(withRack, ['u'], [1, 2], true, () => {})).rejects.toThrow(
      'Not all brokers have rack information. Add --disable-rack-aware in command line to make replica assignment without rack information.',
    );
    expect(await generate(withRack, ['u'], [1, 2], false, () => {})).toBeDefined();
  });

  test.each([
    ['{"version":2,"partitions":[]}', 'Not supported version field value 2'],
    ['{"partitions":[]}', 'Partition reassignment list cannot be empty'],
    ['{"partitions":[{"topic":"a","partition":0,"replicas":[]}]}', 'Partition replica list cannot be empty'],
    ['{"partitions":[{"topic":"a","partition":0,"replicas":[1,1]}]}', 'a-0 contains multiple entries for 1'],
    ['{"partitions":[{"topic":"a","partition":0}]}', 'No such field exists: `replicas`'],
    ['orders', "Unrecognized token 'orders': was expecting (JSON String"],
  ])('refuses %s', (text, message) => {
    expect(() => checkPlan(parsePlan(text))).toThrow(message);
  });
});

test('leader-election tells valid leaders from partitions that are not there', async () => {
  const { admin } = await start();
  const partitions = [
    { topic: 'orders', partition: 0 },
    { topic: 'orders', partition: 9 },
  ];
  const report = await electLeaders(admin, 'PREFERRED', partitions);
  expect(report.text).toContain('Valid replica already elected for partitions orders-0\n');
  expect(report.text).toContain('Error completing leader election (PREFERRED) for partition: orders-9');
  expect(report.failed).toBe(true);
});

test.each([
  [
    '{"partitions":[{"topic":"a","partition":0,"offset":1},{"topic":"a","partition":0,"offset":2}]}',
    'duplicate topic partitions: a-0',
  ],
  ['{"partitions":[{"topic":"a","partition":"x","offset":1}]}', 'Expected `Integer` value, received "x"'],
  ['{}', 'Missing partitions field'],
])('delete-records refuses %s', (text, message) => {
  expect(() => parseOffsetFile(text)).toThrow(message);
});
