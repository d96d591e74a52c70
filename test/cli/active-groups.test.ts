// What the scripts say of groups whose members are at work. The texts are Apache Kafka 4.3.1's.
import { beforeAll, expect, test, vi } from 'vitest';
import { type Broker, startBroker } from '../../src/broker/start.ts';
import type { ScriptCommand } from '../../src/cli/script-command.ts';
import { createAdmin } from '../../src/client/admin.ts';
import { Consumer } from '../../src/client/consumer.ts';
import { capture } from './capture.ts';

let broker: Broker;

beforeAll(async () => {
  broker = await startBroker({ port: 0 });
  const admin = await createAdmin({ 'bootstrap.servers': broker.address });
  await admin.createTopics([
    { name: 'in.a', numPartitions: 2 },
    { name: 'in_b', numPartitions: 1 },
  ]);
  const join = (group: string, protocol: string) =>
    Consumer.create({ 'bootstrap.servers': broker.address, 'group.id': group, 'group.protocol': protocol }, {});
  const members = await Promise.all([join('act', 'classic'), join('new', 'consumer')]);
  for (const member of members) {
    await member.subscribe({ topic: 'in.a' });
    void member.next(60_000).catch(() => undefined);
  }
  for (const group of ['act', 'new'])
    await vi.waitFor(
      async () =>
        expect((await admin.describeGroups([group])).get(group)).toMatchObject({
          state: 'Stable',
          members: [{ assignment: [{ partition: 0 }, { partition: 1 }] }],
        }),
      { timeout: 20_000 },
    );
  await admin.close();
  return async () => {
    await Promise.all(members.map((member) => member.close()));
    await broker.close();
  };
}, 60_000);

async function run(script: string, words: string) {
  const { stdout, stderr, output } = capture();
  const { default: command } = (await import(`../../src/commands/${script}.ts`)) as { default: ScriptCommand };
  const argv = ['--bootstrap-server', broker.address, ...words.split(' ')];
  const status = await command.execute(argv, { env: { KTOOL_COMPAT: 'kafka' }, output });
  return { out: stdout.text, err: stderr.text, status };
}

const inactive = (group: string) =>
  `\nError: Assignments can only be reset if the group '${group}' is inactive, but the current state is Stable.\n`;
const subscribed = (partition: number) =>
  `in.a            ${partition}          Error: org.apache.kafka.common.errors.GroupSubscribedToTopicException: Deleting offsets of a topic is forbidden while the consumer group is actively subscribed to it.\n`;

test('their offsets are not reset', async () => {
  const { out, status } = await run(
    'consumer-groups',
    '--reset-offsets --group act --group new --group idle --topic in.a --to-earliest --dry-run',
  );
  const plan = 'GROUP           TOPIC           PARTITION  NEW-OFFSET     \n';
  expect(out.replace(/ +$/gm, '')).toBe(
    `${inactive('new')}${inactive('act')}\n${plan}idle            in.a            0          0\nidle            in.a            1          0\n`.replace(
      / +$/gm,
      '',
    ),
  );
  expect(status).toBe(0);
});

test('nor deleted, but for topics that they do not read', async () => {
  const { out } = await run('consumer-groups', '--delete-offsets --group act --topic in.a --topic in_b --topic nope');
  expect(out).toBe(
    '\nError: Encountered some partition-level error, see the follow-up details.\n\n' +
      'TOPIC           PARTITION  STATUS         \n' +
      `${subscribed(0)}${subscribed(1)}in_b            0          Successful     \n` +
      'nope            -          Error: org.apache.kafka.common.errors.UnknownTopicOrPartitionException: This server does not host this topic-partition.\n',
  );
});

test('nor are the groups', async () => {
  const refusal = (group: string) =>
    `* Group '${group}' could not be deleted due to: org.apache.kafka.common.errors.GroupNotEmptyException: The group is not empty.\n`;
  expect((await run('consumer-groups', '--delete --group act --group new')).out).toBe(
    `\nError: Deletion of some consumer groups failed:\n${refusal('new')}${refusal('act')}`,
  );
});

test('scripts for groups of another kind do not know them', async () => {
  expect((await run('streams-groups', '--describe --group act')).out).toBe(
    '\nError: Executing streams group command failed due to org.apache.kafka.common.errors.GroupIdNotFoundException: Group act is not a streams group.\n',
  );
  expect((await run('share-groups', '--delete-offsets --group act --topic in.a')).out).toBe(
    '\nError: Group act is not a share group.\n\nTOPIC           STATUS\nin.a            Error: Group act is not a share group.\n',
  );
});

test('an application is not reset under its members, until they are put out', async () => {
  const words = '--application-id new --input-topics in.a';
  const refused = await run('streams-application-reset', words);
  expect(refused.err).toMatch(
    /^ERROR: java\.lang\.IllegalStateException: Consumer group 'new' is still active and has following members: \[\(memberId=.*\)\]\. Make sure to stop all running application instances before running the reset tool\. You can use option '--force' to remove active members from the group\.\n/,
  );
  expect(refused.status).toBe(1);
  const forced = await run('streams-application-reset', `${words} --force --dry-run`);
  expect(forced.out).toMatch(/^Force deleting all active members in the group: new\n/);
});
