// The scripts around Kafka Streams on a broker in process, with members that speak the protocol and no more.
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Broker } from '../../src/broker/start.ts';
import { type Admin, createAdmin } from '../../src/client/admin.ts';
import { StreamsGroupHeartbeat } from '../../src/protocol/messages/streams-group-heartbeat.ts';
import { listByState, STREAMS_GROUPS } from '../../src/tools/list-by-state.ts';
import { deleteGroups } from '../../src/tools/streams-groups/delete.ts';
import { deleteInputOffsets } from '../../src/tools/streams-groups/delete-offsets.ts';
import { describeMembers } from '../../src/tools/streams-groups/describe-members.ts';
import { describeOffsets } from '../../src/tools/streams-groups/describe-offsets.ts';
import { describeState } from '../../src/tools/streams-groups/describe-state.ts';
import { type OffsetsToReset, resetOffsets } from '../../src/tools/streams-groups/reset.ts';
import { tasks, WORD_COUNT } from '../broker/groups/streams/world.ts';
import { startTestBroker } from '../helpers/broker.ts';
import { connect, type TestClient } from '../helpers/client.ts';
import { runScript } from '../helpers/script.ts';

const CHOICE = { groups: ['g'] };
const LIMITS = { timeoutMs: 5000 };

let notices: string[];
let broker: Broker;
let admin: Admin;
let client: TestClient;

beforeEach(async () => {
  notices = [];
  const overrides = {
    'group.streams.initial.rebalance.delay.ms': '0',
    'group.streams.assignment.interval.ms': '0',
    'offsets.topic.num.partitions': '1',
  };
  broker = await startTestBroker({ overrides });
  admin = await createAdmin({ 'bootstrap.servers': broker.address });
  onTestFinished(() => admin.close());
  client = await connect(broker);
  await admin.createTopics([{ name: 'a', numPartitions: 2 }]);
  await admin.findGroupCoordinator('g');
  const first = { rebalanceTimeoutMs: 30_000, processId: 'p', topology: WORD_COUNT, clientTags: [], ...tasks('') };
  await beat(0, first);
  await beat(2);
});

function beat(memberEpoch: number, change: object = {}) {
  const request = { groupId: 'g', memberId: 'm', memberEpoch, endpointInformationEpoch: 0, ...change };
  return client.request(StreamsGroupHeartbeat, 0, request, 'c');
}

/** The member goes, with offsets of both partitions left behind. */
async function leave(): Promise<void> {
  await beat(-1);
  const offsets = [0, 1].map((partition) => ({ topic: 'a', partition, offset: 0 }));
  await admin.alterGroupOffsets('g', offsets, LIMITS);
}

function reset(change: Partial<OffsetsToReset>) {
  const nothing = { execute: false, export: false, internalTopics: [], scope: { allTopics: true } } as const;
  const wanted = { choice: CHOICE, scenario: { to: 'latest' }, ...nothing, ...change } as const;
  const notice = (line: string) => void notices.push(line);
  return resetOffsets(wanted, admin, {
    admin,
    options: LIMITS,
    nowMs: Date.now(),
    log: () => {},
    complain: () => {},
    notice,
  });
}

describe('a group with a member', () => {
  it('is listed and described', async () => {
    expect((await listByState(admin, STREAMS_GROUPS, undefined, LIMITS)).text).toBe('g\n');
    expect((await listByState(admin, STREAMS_GROUPS, 'stable', LIMITS)).text).toBe(
      'GROUP           STATE\ng               Stable\n',
    );
    expect((await describeMembers(admin, { ...CHOICE, verbose: true }, LIMITS)).text).toBe(
      'GROUP           TARGET-ASSIGNMENT-EPOCH   TOPOLOGY-EPOCH MEMBER          MEMBER-PROTOCOL MEMBER-EPOCH    PROCESS         CLIENT-ID       ASSIGNMENTS\n' +
        'g               3                         0              m               streams         3               p               c               ACTIVE: 0:[0,1]; 1:[0,1]; TARGET-ACTIVE: 0:[0,1]; 1:[0,1]; \n',
    );
    const state = await describeState(admin, { ...CHOICE, verbose: false }, LIMITS);
    expect(state.text.split('\n')[1]).toMatch(/^g {15}127\.0\.0\.1:\d+ \(1\) +Stable {20}1$/);
    const offsets = await describeOffsets(admin, { ...CHOICE, verbose: false }, LIMITS);
    expect(offsets.text.split('\n').slice(0, -1).sort()).toEqual([
      'GROUP           TOPIC               PARTITION  OFFSET-LAG',
      'g               a                   0          0',
      'g               a                   1          0',
      'g               g-words-repartition 0          0',
      'g               g-words-repartition 1          0',
    ]);
  });

  it('is neither reset nor deleted', async () => {
    const refused = await reset({ execute: true });
    expect(refused).toMatchObject({ failed: true, kafkaExit: 0 });
    expect(notices.join()).toContain("Assignments can only be reset if the group 'g' is inactive");
    const kept = await deleteGroups(admin, { ...CHOICE, internalTopics: true }, LIMITS);
    expect(kept.text).toContain("GroupNotEmptyException: Streams group 'g' is not EMPTY.");
    expect((await listByState(admin, STREAMS_GROUPS, undefined, LIMITS)).text).toBe('g\n');
  });
});

describe('a group without members', () => {
  beforeEach(leave);

  // Partitions come in the order of Java's hash tables.
  it('is reset, with a topic of its own deleted', async () => {
    const { text } = await reset({
      execute: true,
      scenario: { to: 'earliest' },
      internalTopics: ['g-counts-changelog'],
    });
    const row = (...cells: [string, string, string, string]) =>
      `\n${cells[0].padEnd(30)} ${cells[1].padEnd(30)} ${cells[2].padEnd(10)} ${cells[3].padEnd(15)}`;
    expect(text).toBe(
      `${row('GROUP', 'TOPIC', 'PARTITION', 'NEW-OFFSET')}${row('g', 'a', '1', '0')}${row('g', 'a', '0', '0')}\n`,
    );
    expect((await admin.listTopics()).map(({ name }) => name)).not.toContain('g-counts-changelog');
  });

  it('refuses topics that it has no offsets of, and is exported for one group without its name', async () => {
    const scope = { topics: ['g-words-repartition'] };
    await reset({ scope });
    expect(notices.join()).toContain("One or more topics are not part of the group 'g'.");
    expect((await reset({ export: true })).text).toBe('a,1,0\na,0,0\n\n');
  });

  it('has offsets deleted, then goes with its internal topics', async () => {
    const deleted = await deleteInputOffsets(admin, 'g', LIMITS);
    expect(deleted.text).toContain('Request succeeded for deleting offsets from group g.');
    expect(await admin.listGroupOffsets('g')).toEqual([]);
    const { text } = await deleteGroups(admin, { ...CHOICE, internalTopics: true }, LIMITS);
    expect(text).toBe(
      "Deletion of requested streams groups ('g') was successful.\n" +
        "Deletion of associated internal topics of the streams groups ('g') was successful.\n",
    );
    expect((await admin.listTopics()).filter(({ isInternal }) => !isInternal).map(({ name }) => name)).toEqual(['a']);
  });

  it('tells of internal topics that are gone before, in the order of a Java map', async () => {
    await admin.deleteTopics(['g-words-repartition', 'g-counts-changelog']);
    const { text } = await deleteGroups(admin, { ...CHOICE, internalTopics: true }, LIMITS);
    expect(text.split('\n').slice(0, 2)).toEqual([
      'Failed to delete internal topic: g-counts-changelog',
      'Failed to delete internal topic: g-words-repartition',
    ]);
  });

  // Recorded: kafka-streams-groups … --delete --group g --delete-all-internal-topics, on this broker with this fault.
  it('goes without internal topics that it cannot ask for', async () => {
    broker.faults.always('StreamsGroupDescribe', { error: 'GROUP_AUTHORIZATION_FAILED' });
    const words = `--bootstrap-server ${broker.address} --delete --group g --delete-all-internal-topics`;
    const error = 'org.apache.kafka.common.errors.GroupAuthorizationException: Group authorization failed.';
    expect(await runScript(`streams-groups ${words}`)).toEqual({
      out: [
        `Error: Retrieving internal topics failed due to ${error}`,
        "Deletion of requested streams groups ('g') was successful.",
      ],
      err: [`java.util.concurrent.ExecutionException: ${error}`, `Caused by: ${error}`],
      status: 0,
    });
  });
});
