// The share coordinator over the wire: what it keeps, whom it fences, what is there after a restart, what it deletes.
import { expect, test } from 'vitest';
import type { Broker } from '../../../src/broker/start.ts';
import { memoryFiles } from '../../../src/log/memory-files.ts';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { DeleteShareGroupState } from '../../../src/protocol/messages/delete-share-group-state.ts';
import { DeleteTopics } from '../../../src/protocol/messages/delete-topics.ts';
import { FindCoordinator } from '../../../src/protocol/messages/find-coordinator.ts';
import { InitializeShareGroupState } from '../../../src/protocol/messages/initialize-share-group-state.ts';
import { ListOffsets } from '../../../src/protocol/messages/list-offsets.ts';
import { Metadata } from '../../../src/protocol/messages/metadata.ts';
import { ReadShareGroupState } from '../../../src/protocol/messages/read-share-group-state.ts';
import { ReadShareGroupStateSummary } from '../../../src/protocol/messages/read-share-group-state-summary.ts';
import { WriteShareGroupState } from '../../../src/protocol/messages/write-share-group-state.ts';
import { ManualClock } from '../../../src/util/clock.ts';
import { randomUuid } from '../../../src/util/uuid.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { connect, type TestClient } from '../../helpers/client.ts';
import { createTopic } from '../data-path.ts';

const TOPIC = '__share_group_state';
const PRUNE_MS = 300_000;

class Session {
  readonly client: TestClient;
  readonly topicId: string;
  readonly broker: Broker;

  constructor(client: TestClient, topicId: string, broker: Broker) {
    this.client = client;
    this.topicId = topicId;
    this.broker = broker;
  }

  #topics<P>(partition: P) {
    return { groupId: 'g', topics: [{ topicId: this.topicId, partitions: [partition] }] };
  }

  async initialize(stateEpoch: number, startOffset: number, partition = 0) {
    const request = this.#topics({ partition, stateEpoch, startOffset });
    const { results } = await this.client.request(InitializeShareGroupState, 0, request);
    return results[0]!.partitions[0]!;
  }

  async write(change: object, partition = 0) {
    const whole = {
      stateEpoch: 1,
      leaderEpoch: 0,
      startOffset: -1,
      deliveryCompleteCount: 0,
      stateBatches: [],
      ...change,
    };
    const { results } = await this.client.request(WriteShareGroupState, 1, this.#topics({ partition, ...whole }));
    return results[0]!.partitions[0]!;
  }

  async read(leaderEpoch = -1, partition = 0) {
    const { results } = await this.client.request(ReadShareGroupState, 0, this.#topics({ partition, leaderEpoch }));
    return results[0]!.partitions[0]!;
  }

  async summary(partition = 0) {
    const request = this.#topics({ partition, leaderEpoch: -1 });
    const { results } = await this.client.request(ReadShareGroupStateSummary, 1, request);
    return results[0]!.partitions[0]!;
  }

  async delete(partition = 0) {
    const { results } = await this.client.request(DeleteShareGroupState, 0, this.#topics({ partition }));
    return results[0]!.partitions[0]!;
  }
}

async function open(broker: Broker): Promise<Session> {
  return new Session(await connect(broker), broker.services.metadata.topic('t')!.id, broker);
}

async function start(): Promise<Session> {
  const broker = await startTestBroker();
  createTopic(broker, 't', 2);
  return open(broker);
}

const batch = (firstOffset: number, lastOffset: number, deliveryState: number, deliveryCount: number) => ({
  firstOffset,
  lastOffset,
  deliveryState,
  deliveryCount,
});

test('state is initialized, changed, read and deleted', async () => {
  const session = await start();
  expect(await session.summary()).toMatchObject({
    errorCode: 0,
    startOffset: -1,
    stateEpoch: 0,
    deliveryCompleteCount: -1,
  });
  expect(await session.initialize(1, 10)).toEqual({ partition: 0, errorCode: 0, errorMessage: null });
  expect(
    await session.write({ stateBatches: [batch(10, 14, 2, 1), batch(15, 19, 0, 1)], deliveryCompleteCount: 5 }),
  ).toEqual({
    partition: 0,
    errorCode: 0,
    errorMessage: null,
  });
  expect(
    await session.write({ startOffset: 12, stateBatches: [batch(15, 16, 4, 1)], deliveryCompleteCount: 4 }),
  ).toMatchObject({
    errorCode: 0,
  });
  expect(await session.read()).toEqual({
    partition: 0,
    errorCode: 0,
    errorMessage: null,
    stateEpoch: 1,
    startOffset: 12,
    stateBatches: [batch(12, 14, 2, 1), batch(15, 16, 4, 1), batch(17, 19, 0, 1)],
  });
  expect(await session.summary()).toMatchObject({
    startOffset: 12,
    stateEpoch: 1,
    leaderEpoch: 0,
    deliveryCompleteCount: 4,
  });
  expect(await session.delete()).toMatchObject({ errorCode: 0 });
  expect(await session.delete()).toMatchObject({ errorCode: 0 });
  expect(await session.read()).toMatchObject({
    errorCode: ErrorCode.INVALID_REQUEST,
    errorMessage: 'Read operation on uninitialized share partition not allowed.',
  });
});

test('older epochs are fenced', async () => {
  const session = await start();
  await session.initialize(5, 0);
  expect(await session.initialize(4, 0)).toMatchObject({ errorCode: ErrorCode.FENCED_STATE_EPOCH });
  expect(await session.write({ stateEpoch: 4 })).toMatchObject({ errorCode: ErrorCode.FENCED_STATE_EPOCH });
  expect(await session.read(3)).toMatchObject({ errorCode: 0 });
  expect(await session.read(2)).toMatchObject({ errorCode: ErrorCode.FENCED_LEADER_EPOCH });
  expect(await session.write({ stateEpoch: 5, leaderEpoch: 2 })).toMatchObject({
    errorCode: ErrorCode.FENCED_LEADER_EPOCH,
  });
  expect(await session.write({ stateEpoch: 5, leaderEpoch: 3 })).toMatchObject({ errorCode: 0 });
});

test('what is wrong with a request is said for each partition', async () => {
  const session = await start();
  expect(await session.write({})).toMatchObject({
    errorCode: ErrorCode.INVALID_REQUEST,
    errorMessage: 'Write operation on uninitialized share partition not allowed.',
  });
  expect(await session.initialize(1, 0, -1)).toMatchObject({ errorCode: ErrorCode.INVALID_REQUEST });
  expect(await session.initialize(1, 0, 2)).toMatchObject({ errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION });
  const nowhere = new Session(session.client, randomUuid(), session.broker);
  expect(await nowhere.summary()).toMatchObject({ errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION });
  const empty = await session.client.request(ReadShareGroupState, 0, { groupId: '', topics: [] });
  expect(empty).toEqual({ results: [] });
});

test('everything is there after a restart, with snapshots on the way, and old records are pruned', async () => {
  const files = memoryFiles();
  const clock = new ManualClock();
  const overrides = new Map([
    ['share.coordinator.snapshot.update.records.per.snapshot', '3'],
    ['share.coordinator.state.topic.num.partitions', '1'],
  ]);
  const first = await startTestBroker({ files, clock, overrides, dataDir: '/data' });
  createTopic(first, 't', 2);
  let session = await open(first);
  await session.initialize(1, 0);
  for (let i = 0; i < 10; i++) await session.write({ stateBatches: [batch(i, i, i % 2 === 0 ? 2 : 0, 1)] });
  await session.write({ startOffset: 3 });
  const before = await session.read();
  expect(before.stateBatches).toHaveLength(7);
  await first.close();
  const second = await startTestBroker({ files, clock, overrides, dataDir: '/data' });
  session = await open(second);
  expect(await session.read()).toEqual(before);
  clock.advance(PRUNE_MS);
  const { topics } = await session.client.request(ListOffsets, 8, {
    replicaId: -1,
    topics: [{ name: TOPIC, partitions: [{ partitionIndex: 0, timestamp: -2 }] }],
  });
  // Initialized at 0; three updates; a snapshot at 4; three updates; a snapshot at 8; then that of the cold partition.
  expect(topics[0]!.partitions[0]!.offset).toBeGreaterThanOrEqual(8);
  await second.close();
  const third = await startTestBroker({ files, clock, overrides, dataDir: '/data' });
  expect(await (await open(third)).read()).toEqual(before);
});

test('a topic that is deleted takes its state with it', async () => {
  const session = await start();
  await session.initialize(1, 7);
  await session.client.request(DeleteTopics, 6, { topics: [{ name: 't' }], timeoutMs: 1000 });
  createTopic(session.broker, 't', 2);
  expect(await session.summary()).toMatchObject({ errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION });
});

test('FindCoordinator makes the topic and checks the key', async () => {
  const session = await start();
  const { client, topicId } = session;
  const keys = [`g:${topicId}:0`, `a:b:${topicId}:1`, 'g', `:${topicId}:0`, 'g:x:0', `g:${topicId}:x`];
  const { coordinators } = await client.request(FindCoordinator, 6, { keyType: 2, coordinatorKeys: keys });
  const { NONE, INVALID_REQUEST } = ErrorCode;
  expect(coordinators.map(({ errorCode }) => errorCode)).toEqual([
    NONE,
    NONE,
    ...Array.from({ length: 4 }, () => INVALID_REQUEST),
  ]);
  const { topics } = await client.request(Metadata, 13, { topics: [{ name: TOPIC }], allowAutoTopicCreation: false });
  expect(topics[0]).toMatchObject({ errorCode: 0, isInternal: true });
  expect(topics[0]!.partitions).toHaveLength(50);
  const old = await client.request(FindCoordinator, 5, { keyType: 2, coordinatorKeys: [`g:${topicId}:0`] });
  expect(old.coordinators[0]).toMatchObject({ errorCode: INVALID_REQUEST, errorMessage: '' });
});
