// The actions of share-groups against ktool's broker: Kafka's text to the byte.
import { expect, test } from 'vitest';
import type { Admin } from '../../../src/client/admin.ts';
import { describeState as describeConsumerState } from '../../../src/tools/consumer-groups/describe-state.ts';
import { resetOffsets as resetConsumerOffsets } from '../../../src/tools/consumer-groups/reset.ts';
import { listByState, SHARE_GROUPS } from '../../../src/tools/list-by-state.ts';
import { deleteGroups } from '../../../src/tools/share-groups/delete.ts';
import { deleteOffsets } from '../../../src/tools/share-groups/delete-offsets.ts';
import { describeMembers } from '../../../src/tools/share-groups/describe-members.ts';
import { describeOffsets } from '../../../src/tools/share-groups/describe-offsets.ts';
import { describeState } from '../../../src/tools/share-groups/describe-state.ts';
import { ResetRefused, resetOffsets } from '../../../src/tools/share-groups/reset.ts';
import { openReader, prepare, produce, startShareBroker, TOPIC } from '../../client/share/share-session.ts';

const G = { groups: ['g'], verbose: false };

function reset(admin: Admin, to: 'earliest' | 'latest', execute = true, group = 'g') {
  const tools = { admin, options: {}, nowMs: 0, log() {}, notice() {}, complain() {} };
  return resetOffsets({ group, scope: { topics: [TOPIC] }, scenario: { to }, execute }, admin, tools);
}

async function withOffsets() {
  const broker = await startShareBroker();
  const admin = await prepare(broker);
  await produce(broker, ['one', 'two', 'three']);
  return { broker, admin };
}

test('a group is made by a reset, described, listed and deleted', async () => {
  const { admin } = await withOffsets();
  expect((await reset(admin, 'latest', false)).text).toBe(
    '\nGROUP           TOPIC           PARTITION  NEW-OFFSET\ng               orders          0          3\n',
  );
  expect((await listByState(admin, SHARE_GROUPS, undefined, {})).text).toBe('');
  await reset(admin, 'earliest');
  expect((await listByState(admin, SHARE_GROUPS, undefined, {})).text).toBe('g\n');
  expect((await listByState(admin, SHARE_GROUPS, 'Empty,dead', {})).text).toBe(
    'GROUP           STATE\ng               Empty\n',
  );
  expect((await listByState(admin, SHARE_GROUPS, 'stable', {})).text).toBe('GROUP           STATE\n');
  await expect(listByState(admin, SHARE_GROUPS, 'resting', {})).rejects.toThrow(
    "Invalid state list 'resting'. Valid states are: Empty, Stable, Dead",
  );
  expect((await describeOffsets(admin, G, {})).text).toBe(
    '\nGROUP           TOPIC           PARTITION  START-OFFSET  LAG\ng               orders          0          0             3\n',
  );
  expect((await describeOffsets(admin, { allGroups: true, verbose: true }, {})).text).toBe(
    '\nGROUP           TOPIC           PARTITION  LEADER-EPOCH  START-OFFSET  LAG\ng               orders          0          0             0             3\n',
  );
  expect((await deleteGroups(admin, { groups: ['g', 'none'] }, {})).text).toBe(
    "\nError: Deletion of some share groups failed:\n* Group 'none' could not be deleted due to: java.lang.IllegalArgumentException: Group 'none' is not a share group.\n\nThese share groups were deleted successfully: 'g'\n",
  );
  expect((await deleteGroups(admin, { allGroups: true }, {})).text).toBe(
    'Deletion of requested share groups () was successful.\n',
  );
});

test('deleted offsets, and those that are not there', async () => {
  const { admin } = await withOffsets();
  await reset(admin, 'earliest');
  const topics = [TOPIC, 'none'];
  expect((await deleteOffsets(admin, { group: 'g', topics }, {})).text).toBe(
    '\nTOPIC           STATUS\nnone            Error: This server does not host this topic-partition.\norders          Successful\n',
  );
  expect(await deleteOffsets(admin, { group: 'none', topics: [TOPIC] }, {})).toMatchObject({
    text: '\nError: Group none not found.\n\nTOPIC           STATUS\norders          Error: Group none not found.\n',
    failed: true,
    kafkaExit: 0,
  });
  expect((await describeOffsets(admin, G, {})).text).toBe("\nShare group 'g' has no offset information.\n");
});

test('a group with members is described, and neither reset nor deleted', async () => {
  const { broker, admin } = await withOffsets();
  const { consumer, read } = await openReader(broker, { 'client.id': 'reader' });
  await read(3);
  const { text, warnings } = await describeMembers(admin, G, {});
  expect(warnings).toEqual([]);
  expect(text.replaceAll(consumer.memberId, '<id>')).toBe(
    `\nGROUP           ${'CONSUMER-ID'.padEnd(22)} HOST            CLIENT-ID       #PARTITIONS  ASSIGNMENT\ng               <id> /127.0.0.1      reader          1            orders:0\n`,
  );
  expect((await describeMembers(admin, { ...G, verbose: true }, {})).text).toMatch(
    /#PARTITIONS {2}MEMBER-EPOCH {2}ASSIGNMENT\n.* 1 {12}3 {13}orders:0\n$/,
  );
  const coordinator = `${broker.address}  (1)`.padEnd(25);
  expect((await describeState(admin, { ...G, verbose: true }, {})).text).toBe(
    `\nGROUP           COORDINATOR (ID)          STATE           GROUP-EPOCH  ASSIGNMENT-EPOCH  #MEMBERS\ng               ${coordinator} Stable          3            3                 1\n`,
  );
  await expect(reset(admin, 'earliest')).rejects.toThrow(new ResetRefused("Share group 'g' is not empty."));
  expect((await deleteGroups(admin, { groups: ['g'] }, {})).text).toContain(
    "GroupNotEmptyException: Share group 'g' is not EMPTY.",
  );
  await consumer.close();
  const empty = await describeMembers(admin, G, {});
  expect([empty.text, empty.warnings]).toEqual(['', ["\nShare group 'g' has no active members."]]);
});

test('groups that are no share groups', async () => {
  const { admin } = await withOffsets();
  await admin.alterGroupOffsets('classic', [{ topic: TOPIC, partition: 0, offset: 1 }]);
  await expect(describeState(admin, { groups: ['classic'], verbose: false }, {})).rejects.toThrow(
    'org.apache.kafka.common.errors.GroupIdNotFoundException: Group classic is not a share group.',
  );
  await expect(reset(admin, 'earliest', true, 'classic')).rejects.toThrow(
    'Failed altering group offsets for the following partitions: [orders-0]',
  );
  expect((await listByState(admin, SHARE_GROUPS, undefined, {})).text).toBe('');
});

test('consumer-groups says of a share group what it is not', async () => {
  const { admin } = await withOffsets();
  await reset(admin, 'earliest');
  await expect(describeConsumerState(admin, { groups: ['g'], verbose: false }, {})).rejects.toThrow(
    'org.apache.kafka.common.errors.GroupIdNotFoundException: Group g is not a consumer group.',
  );
  const tools = { admin, options: {}, nowMs: 0, log() {}, notice() {}, complain() {} };
  const wanted = { scope: { topics: [TOPIC] }, scenario: { to: 'latest' }, execute: true, export: false } as const;
  await expect(resetConsumerOffsets({ ...wanted, choice: { groups: ['g'] } }, admin, tools)).rejects.toThrow(
    'Failed altering group offsets for the following partitions: [orders-0]',
  );
});
