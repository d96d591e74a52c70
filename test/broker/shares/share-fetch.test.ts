import { expect, test } from 'vitest';
import { ResourceType } from '../../../src/broker/metadata/image.ts';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { ManualClock } from '../../../src/util/clock.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { connect } from '../../helpers/client.ts';
import { batch, createTopic, NOW_MS, produce } from '../data-path.ts';
import { initialize, ShareMember } from './share-member.ts';

const ACCEPT = 1;
const RELEASE = 2;
const RENEW = 4;

async function start({ partitions = 1, startOffset = 0, configs = {}, overrides = {} }: StartOptions = {}) {
  const clock = new ManualClock(NOW_MS);
  const broker = await startTestBroker({ clock, overrides: new Map(Object.entries(overrides)) });
  createTopic(broker, 't', partitions);
  const changes = Object.entries(configs).map(([name, value]) => ({ name, value }));
  broker.services.metadata.changeConfigs(ResourceType.GROUP, 'g', changes);
  initialize(broker, { startOffset });
  const client = await connect(broker);
  const write = (values: string[], partition = 0) => produce(client, 't', batch(values), { partition });
  return { broker, clock, write, join: () => ShareMember.join(broker) };
}

interface StartOptions {
  partitions?: number;
  startOffset?: number;
  configs?: Record<string, string>;
  overrides?: Record<string, string>;
}

const values = (records: readonly { value: string }[]) => records.map(({ value }) => value).join(' ');

test('records are delivered, acknowledged, and not delivered again', async () => {
  const { write, join } = await start();
  await write(['a', 'b', 'c']);
  const member = await join();
  expect(await member.receive()).toEqual([
    { partition: 0, offset: 0, value: 'a', deliveryCount: 1 },
    { partition: 0, offset: 1, value: 'b', deliveryCount: 1 },
    { partition: 0, offset: 2, value: 'c', deliveryCount: 1 },
  ]);
  const { responses } = await member.acknowledge([
    { firstOffset: 0, lastOffset: 2, acknowledgeTypes: [ACCEPT, RELEASE, ACCEPT] },
  ]);
  expect(responses[0]!.partitions[0]).toMatchObject({ partitionIndex: 0, errorCode: 0 });
  expect(await member.receive()).toEqual([{ partition: 0, offset: 1, value: 'b', deliveryCount: 2 }]);
  const last = await member.fetch({
    acknowledgements: [{ firstOffset: 1, lastOffset: 1, acknowledgeTypes: [ACCEPT] }],
  });
  expect(last.responses[0]!.partitions[0]).toMatchObject({
    errorCode: 0,
    acknowledgeErrorCode: 0,
    acquiredRecords: [],
  });
  expect(last.acquisitionLockTimeoutMs).toBe(30_000);
});

test('a fetch waits for records, for those of other members too, and no longer than it said', async () => {
  const { write, join, clock } = await start();
  const [first, second] = [await join(), await join()];
  await first.fetch();
  await second.fetch();
  const waiting = first.receive({ maxWaitMs: 1000 });
  await write(['a']);
  expect(values(await waiting)).toBe('a');
  const next = second.receive({ maxWaitMs: 1000 });
  await first.acknowledge([{ firstOffset: 0, lastOffset: 0, acknowledgeTypes: [RELEASE] }]);
  expect(values(await next)).toBe('a');
  const idle = first.fetch({ maxWaitMs: 1000 });
  const other = await join();
  await other.fetch();
  clock.advance(1000);
  expect((await idle).responses).toEqual([]);
});

test('what is held too long goes to another member that waits', async () => {
  const { write, join, clock } = await start({ configs: { 'share.record.lock.duration.ms': '15000' } });
  await write(['a']);
  const [first, second] = [await join(), await join()];
  await first.receive();
  await second.fetch();
  const waiting = second.receive({ maxWaitMs: 60_000 });
  await first.acknowledge([]);
  clock.advance(15_000);
  expect(await waiting).toMatchObject([{ value: 'a', deliveryCount: 2 }]);
  const late = await first.acknowledge([{ firstOffset: 0, lastOffset: 0, acknowledgeTypes: [ACCEPT] }]);
  expect(late.responses[0]!.partitions[0]!.errorCode).toBe(ErrorCode.INVALID_RECORD_STATE);
});

test('a renewed record stays with its member', async () => {
  const { write, join, clock } = await start();
  await write(['a']);
  const member = await join();
  await member.receive();
  clock.advance(20_000);
  const renewal = { firstOffset: 0, lastOffset: 0, acknowledgeTypes: [RENEW] };
  const refused = await member.acknowledge([renewal]);
  expect(refused.responses[0]!.partitions[0]!.errorCode).toBe(ErrorCode.INVALID_REQUEST);
  const idle = { maxBytes: 0, minBytes: 0, maxRecords: 0, maxWaitMs: 0 };
  expect(await member.fetch({ isRenewAck: true, acknowledgements: [renewal] })).toMatchObject({
    errorCode: ErrorCode.INVALID_REQUEST,
  });
  const renewed = await member.fetch({ isRenewAck: true, acknowledgements: [renewal], ...idle });
  expect(renewed.responses[0]!.partitions[0]).toMatchObject({ acknowledgeErrorCode: 0, acquiredRecords: [] });
  clock.advance(20_000);
  const accepted = await member.acknowledge([{ ...renewal, acknowledgeTypes: [ACCEPT] }]);
  expect(accepted.responses[0]!.partitions[0]!.errorCode).toBe(0);
});

test('a session has epochs', async () => {
  const { join } = await start();
  const member = await join();
  expect((await member.fetch({ epoch: 3 })).errorCode).toBe(ErrorCode.SHARE_SESSION_NOT_FOUND);
  expect((await member.fetch({ epoch: -1 })).errorCode).toBe(ErrorCode.SHARE_SESSION_NOT_FOUND);
  expect((await member.fetch()).errorCode).toBe(0);
  expect((await member.fetch({ epoch: 2 })).errorCode).toBe(ErrorCode.INVALID_SHARE_SESSION_EPOCH);
  expect((await member.acknowledge([], { epoch: 0 })).errorCode).toBe(ErrorCode.INVALID_SHARE_SESSION_EPOCH);
  expect((await member.fetch({ epoch: 1 })).errorCode).toBe(0);
  const early = { firstOffset: 0, lastOffset: 0, acknowledgeTypes: [ACCEPT] };
  expect((await member.fetch({ epoch: 0, acknowledgements: [early] })).errorCode).toBe(ErrorCode.INVALID_REQUEST);
});

test('there are no more sessions than allowed; who comes too late waits', async () => {
  const { join, clock } = await start({ overrides: { 'group.share.max.share.sessions': '1' } });
  await (await join()).fetch();
  const other = await join();
  const timers = clock.pendingTimers;
  const late = other.fetch({ maxWaitMs: 500 });
  await expect.poll(() => clock.pendingTimers).toBeGreaterThan(timers);
  clock.advance(500);
  expect((await late).errorCode).toBe(ErrorCode.SHARE_SESSION_LIMIT_REACHED);
});

test.each(['connection', 'session'])('the end of a %s gives records back', async (end) => {
  const { write, join } = await start();
  await write(['a', 'b']);
  const [first, second] = [await join(), await join()];
  await second.fetch({ maxRecords: 0 });
  expect(values(await first.receive())).toBe('a b');
  const waiting = second.receive({ maxWaitMs: 60_000 });
  if (end === 'connection') first.client.close();
  else await first.fetch({ epoch: -1 });
  expect(await waiting).toMatchObject([{ deliveryCount: 2 }, { deliveryCount: 2 }]);
});

test.each([
  ['latest', 'c'],
  ['earliest', 'a b c'],
])('a group without a start offset begins with the %s record', async (reset, expected) => {
  const { write, join } = await start({ startOffset: -1, configs: { 'share.auto.offset.reset': reset } });
  await write(['a', 'b']);
  const member = await join();
  const before = await member.receive();
  await write(['c']);
  expect(values([...before, ...(await member.receive())])).toBe(expected);
});

test('a group can begin by duration', async () => {
  const { write, join, clock } = await start({
    startOffset: -1,
    configs: { 'share.auto.offset.reset': 'by_duration:PT0.015S' },
  });
  await write(['a', 'b', 'c']);
  clock.advance(25);
  expect(values(await (await join()).receive())).toBe('b c');
});

test('records that are deleted from the log are passed over', async () => {
  const { write, join, broker } = await start();
  await write(['a', 'b']);
  await write(['c']);
  const member = await join();
  broker.services.logs.get('t', 0)!.deleteRecordsBefore(2);
  const first = await member.receive();
  expect(values([...first, ...(await member.receive())])).toBe('c');
});

test('unknown topics and partitions are told, also in later answers', async () => {
  const { join, broker } = await start();
  const member = await join();
  const first = await member.fetch({ partitions: [0, 7] });
  expect(first.responses[0]!.partitions).toMatchObject([
    { partitionIndex: 7, errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, errorMessage: null },
    { partitionIndex: 0, errorCode: 0 },
  ]);
  broker.services.metadata.deleteTopic(member.topicId);
  const { responses } = await member.fetch();
  expect(responses[0]!.partitions.map(({ errorCode }) => errorCode)).toEqual([
    ErrorCode.UNKNOWN_TOPIC_ID,
    ErrorCode.UNKNOWN_TOPIC_ID,
  ]);
  expect((await member.acknowledge([])).responses).toEqual([]);
  const ack = await member.acknowledge([{ firstOffset: 0, lastOffset: 0, acknowledgeTypes: [ACCEPT] }]);
  expect(ack.responses[0]!.partitions[0]!.errorCode).toBe(ErrorCode.UNKNOWN_TOPIC_ID);
});

test('state that begins anew ends what was in flight', async () => {
  const { write, join, broker } = await start();
  await write(['a', 'b']);
  const member = await join();
  expect(values(await member.receive())).toBe('a b');
  initialize(broker, { startOffset: 1, stateEpoch: 2 });
  expect(await member.receive()).toMatchObject([{ value: 'b', deliveryCount: 1 }]);
});

test('requests without a group or a member, and share groups that are switched off, are refused', async () => {
  const { join, broker } = await start();
  const member = await join();
  expect((await member.fetch({ groupId: null })).errorCode).toBe(ErrorCode.INVALID_REQUEST);
  expect((await member.fetch({ memberId: 'x'.repeat(37) })).errorCode).toBe(ErrorCode.INVALID_REQUEST);
  broker.services.metadata.changeFeatures(new Map([['share.version', 0]]));
  expect((await member.fetch()).errorCode).toBe(ErrorCode.UNSUPPORTED_VERSION);
  expect((await member.acknowledge([])).errorCode).toBe(ErrorCode.UNSUPPORTED_VERSION);
});
