import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createTopic } from '../broker/data-path.ts';
import { startTestBroker } from '../helpers/broker.ts';
import { User } from '../helpers/program.ts';

const SECRET = 'org.example.Login required password="hunter2";';
const PROPERTIES = `client.id=shop\nrequest.timeout.ms=5000\nsasl.jaas.config=${SECRET}\nmy.own.token=hunter2\n`;

function shopper() {
  const user = new User();
  const file = join(user.home, 'shop.properties');
  writeFileSync(file, PROPERTIES);
  return { user, file };
}

async function cluster(topic: string) {
  const broker = await startTestBroker({ recordRequests: true });
  createTopic(broker, topic);
  return broker;
}

test('the cluster of a context is meant where a command names none, with its settings', async () => {
  const { user } = shopper();
  const [shop, other] = [await cluster('in-shop'), await cluster('elsewhere')];
  const add = ['context', 'add', 'shop', '--bootstrap-server', shop.address, '--command-config', 'shop.properties'];
  expect(await user.run(add)).toEqual({ status: 0, stdout: 'Added context shop, and it is in use\n', stderr: '' });
  expect((await user.run(['topics', '--list'])).stdout).toBe('in-shop\n');
  expect(shop.requests.of('Metadata').map(({ clientId }) => clientId)).toContain('shop');
  // The settings of one cluster are none of another's business.
  expect((await user.run(['topics', '--list', '--bootstrap-server', other.address])).stdout).toBe('elsewhere\n');
  expect(other.requests.all().map(({ clientId }) => clientId)).not.toContain('shop');
  await user.run(['context', 'add', 'away', '--bootstrap-server', other.address]);
  expect((await user.run(['topics', '--list'])).stdout).toBe('in-shop\n');
  expect((await user.run(['topics', '--list'], { KTOOL_CONTEXT: 'away' })).stdout).toBe('elsewhere\n');
  expect((await user.run(['topics', '--list'], { KTOOL_BOOTSTRAP_SERVER: other.address })).stdout).toBe('elsewhere\n');
  expect((await user.run(['context', 'use', 'away'])).stdout).toBe('Context away is in use\n');
  expect((await user.run(['topics', '--list'])).stdout).toBe('elsewhere\n');
  const kafka = await user.run(['topics', '--list'], { KTOOL_COMPAT: 'kafka' });
  expect(kafka).toMatchObject({ status: 1, stderr: expect.stringContaining('bootstrap-server') });
});

test('an argparse script and one that takes the address from settings, too', async () => {
  const { user } = shopper();
  const shop = await cluster('orders');
  await user.run(['context', 'add', 'shop', '--bootstrap-server', shop.address, '--command-config', 'shop.properties']);
  expect((await user.run(['cluster', 'cluster-id'])).stdout).toBe(`Cluster ID: ${shop.clusterId}\n`);
  shop.requests.clear();
  const perf = [
    'producer-perf-test',
    '--topic',
    'orders',
    '--num-records',
    '5',
    '--record-size',
    '10',
    '--throughput',
    '-1',
  ];
  expect(await user.run(perf)).toMatchObject({ status: 0 });
  expect(shop.requests.of('Produce').map(({ clientId }) => clientId)).toContain('shop');
});

describe('contexts', () => {
  test('are listed, shown and removed, and what is secret stays so', async () => {
    const { user, file } = shopper();
    await user.run(['context', 'add', 'shop', '--bootstrap-server', 'h:1', '--command-config', 'shop.properties']);
    await user.run(['context', 'add', 'away', '--bootstrap-server', 'h:2']);
    expect((await user.run(['context', 'list'])).stdout).toBe('  away\th:2\n* shop\th:1\n');
    const shown = await user.run(['context', 'show']);
    expect(shown.stdout).toBe(
      [
        'Context           shop (in use)',
        'Bootstrap server  h:1',
        `Settings          ${file}`,
        '  client.id=shop',
        '  request.timeout.ms=5000',
        '  sasl.jaas.config=[hidden]',
        '  my.own.token=[hidden]',
        '',
      ].join('\n'),
    );
    const everything = await user.run(['context', 'show', 'shop', '--json']);
    expect(everything.stdout).not.toContain('hunter2');
    expect((await user.run(['context', 'remove', 'shop'])).stdout).toBe('Removed context shop; none is in use\n');
    expect(JSON.parse((await user.run(['context', 'list', '--json'])).stdout)).toEqual([
      { name: 'away', bootstrapServer: 'h:2', commandConfig: null, inUse: false },
    ]);
    expect(readFileSync(file, 'utf8')).toBe(PROPERTIES);
  });

  test('are for nobody else to read', async () => {
    const { user } = shopper();
    mkdirSync(join(user.home, 'ktool'));
    chmodSync(join(user.home, 'ktool'), 0o755);
    await user.run(['context', 'add', 'shop', '--bootstrap-server', 'h:1']);
    expect(statSync(join(user.home, 'ktool', 'contexts.json')).mode & 0o777).toBe(0o600);
  });

  test.each([
    [['add'], 'Which context? Its name is missing'],
    [['add', 'a b', '--bootstrap-server', 'h:1'], 'a b is no name'],
    [['add', 'a'], '--bootstrap-server HOST:PORT is missing'],
    [['add', 'a', '--bootstrap-server', 'h:1', '--command-config', 'missing'], 'missing'],
    [['add', 'shop', '--bootstrap-server', 'h:1'], 'There is a context shop already'],
    [['use', 'nobody'], 'There is no context nobody; there is shop'],
    [['use'], 'Its name, or --none'],
    [['show', 'nobody'], 'There is no context nobody'],
    [['remove', 'nobody'], 'There is no context nobody'],
    [['remove', 'a', 'b'], 'One context at a time: a, b'],
  ])('%j is refused', async (argv, message) => {
    const { user } = shopper();
    await user.run(['context', 'add', 'shop', '--bootstrap-server', 'h:1']);
    const refused = await user.run(['context', ...argv]);
    expect(refused).toMatchObject({ status: 1, stdout: '' });
    expect(refused.stderr).toContain(message);
  });

  test('a command says when it cannot know which cluster is meant, unless it is told', async () => {
    const { user } = shopper();
    const shop = await cluster('orders');
    const unknown = await user.run(['topics', '--list'], { KTOOL_CONTEXT: 'nobody' });
    expect(unknown).toMatchObject({ status: 1, stdout: '' });
    expect(unknown.stderr).toContain('There is no context nobody; none are kept');
    mkdirSync(join(user.home, 'ktool'));
    writeFileSync(join(user.home, 'ktool', 'contexts.json'), '{"contexts":{"a":1}}');
    const broken = await user.run(['topics', '--list']);
    expect(broken.stderr).toContain('contexts.json holds no contexts of ktool');
    expect((await user.run(['topics', '--list', '--bootstrap-server', shop.address])).stdout).toBe('orders\n');
  });

  test('none is used after --none', async () => {
    const { user } = shopper();
    await user.run(['context', 'add', 'shop', '--bootstrap-server', 'h:1']);
    expect((await user.run(['context', 'use', '--none'])).stdout).toBe('No context is in use\n');
    expect((await user.run(['context', 'show'])).stderr).toContain('No context is in use');
  });
});
