// The forms of a result that are ktool's own: --json, and tables for a terminal.
import { beforeEach, describe, expect, test } from 'vitest';
import type { ScriptCommand } from '../../src/cli/script-command.ts';
import { capture } from '../cli/capture.ts';
import { startTestBroker } from '../helpers/broker.ts';

let address: string;

async function run(line: string, columns?: number) {
  const [name, ...words] = line.split(' ');
  const { default: command } = (await import(`../../src/commands/${name}.ts`)) as { default: ScriptCommand };
  const { stdout, stderr, output } = capture(columns === undefined ? {} : { columns, env: { NO_COLOR: '1' } });
  const status = await command.execute([...words, '--bootstrap-server', address], { env: {}, output });
  return { stdout: stdout.text, stderr: stderr.text, status };
}
const json = async (line: string) => JSON.parse((await run(`${line} --json`)).stdout);

beforeEach(async () => {
  address = `127.0.0.1:${(await startTestBroker()).port}`;
  await run('topics --create --topic orders --partitions 2 --config retention.ms=5000');
  await run('consumer-groups --reset-offsets --group billing --topic orders:1 --to-latest --execute');
});

describe('--json', () => {
  test('topics', async () => {
    expect(await json('topics --list --exclude-internal')).toEqual(['orders']);
    const [topic] = await json('topics --describe --topic orders');
    expect(topic).toMatchObject({
      topic: 'orders',
      partitionCount: 2,
      replicationFactor: 1,
      configs: { 'retention.ms': '5000' },
    });
    expect(topic.partitions[0]).toEqual({
      partition: 0,
      leader: 1,
      replicas: [1],
      isr: [1],
      elr: [],
      lastKnownElr: [],
    });
    expect(await json('topics --create --topic orders --if-not-exists')).toEqual({ topic: 'orders', created: false });
  });

  test('a failure is a document as well', async () => {
    const { stdout, stderr, status } = await run('topics --describe --topic nowhere --json');
    expect(JSON.parse(stdout)).toEqual({ error: "Topic 'nowhere' does not exist as expected" });
    expect(stderr).toBe("Error while executing topic command : Topic 'nowhere' does not exist as expected\n");
    expect(status).toBe(1);
  });

  test('get-offsets', async () =>
    expect(await json('get-offsets --topic orders')).toEqual([
      { topic: 'orders', partition: 0, offset: 0 },
      { topic: 'orders', partition: 1, offset: 0 },
    ]));

  test('cluster', async () => {
    const [host, port] = address.split(':');
    expect(await json('cluster list-endpoints')).toEqual([
      { id: 1, host, port: Number(port), rack: null, state: 'unfenced', type: 'broker' },
    ]);
    expect(await json('cluster cluster-id')).toEqual({ clusterId: expect.stringMatching(/^[\w-]{22}$/) });
  });

  test('consumer-groups', async () => {
    expect(await json('consumer-groups --list')).toEqual([{ group: 'billing', type: 'Classic', state: 'Empty' }]);
    const [group] = await json('consumer-groups --describe --group billing');
    expect(group.partitions).toEqual([
      {
        topic: 'orders',
        partition: 1,
        leaderEpoch: null,
        currentOffset: 0,
        logEndOffset: 0,
        lag: 0,
        memberId: null,
        host: null,
        clientId: null,
      },
    ]);
    const refused = await run('consumer-groups --delete --group billing --group nobody --json');
    expect(JSON.parse(refused.stdout)).toEqual([
      { group: 'billing', deleted: true },
      { group: 'nobody', deleted: false, error: 'The group id does not exist.' },
    ]);
    expect(refused.status).toBe(1);
  });

  test('configs', async () => {
    const [topic] = await json('configs --describe --topic orders');
    expect(topic).toMatchObject({ type: 'topics', name: 'orders' });
    expect(topic.configs[0]).toMatchObject({ name: 'retention.ms', value: '5000', source: 'DYNAMIC_TOPIC_CONFIG' });
    expect(await json('configs --alter --topic orders --delete-config retention.ms')).toEqual({
      entity: [{ type: 'topics', name: 'orders' }],
      added: {},
      removed: ['retention.ms'],
    });
  });

  test('broker-api-versions', async () => {
    const [broker] = await json('broker-api-versions');
    expect(broker.apis[0]).toEqual({ key: 0, name: 'Produce', minVersion: 0, maxVersion: 13, usable: 13 });
  });
});

test('a terminal gets tables', async () => {
  expect((await run('topics --describe --topic orders', 100)).stdout).toMatch(
    /^orders {2}\(id [\w-]{22}, replication factor 1\).*retention\.ms=5000\nPartition {2}Leader {2}Replicas {2}In sync\n/,
  );
  expect((await run('consumer-groups --list', 100)).stdout).toBe('Group    Type     State\nbilling  Classic  Empty\n');
  expect((await run('configs --describe --topic orders', 100)).stdout).toContain('retention.ms  5000');
});

test('nothing listens: the command ends at once, and says what to do', async () => {
  address = '127.0.0.1:1';
  const { stdout, status } = await run('topics --list');
  expect(stdout).toContain(
    'Error while executing topic command : Cannot connect to 127.0.0.1:1: nothing listens there',
  );
  expect(status).toBe(1);
});
