// Members that come, go, crash and commit at random, on a clock that stands still between steps. Whatever happens: a
// partition has one owner in a generation, who is of no current generation cannot commit, what is committed is what was
// committed last, also after a restart, and in the end nothing is left running.
import { expect, test } from 'vitest';
import type { GroupCoordinator } from '../../../src/broker/groups/group-coordinator.ts';
import type { JoinResponse } from '../../../src/broker/groups/messages.ts';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { ManualClock } from '../../../src/util/clock.ts';
import { ZERO_UUID } from '../../../src/util/uuid.ts';
import { randomNumbers } from '../../helpers/random-numbers.ts';
import { errorOf, joinRequest, MemoryStore, openCoordinator } from './memory-store.ts';

const PARTITIONS = [0, 1, 2, 3, 4, 5];
const STEPS = 400;
const SEEDS = process.env.SEED === undefined ? Array.from({ length: 30 }, (_, i) => i + 1) : [Number(process.env.SEED)];

interface Consumer {
  readonly groupInstanceId: string | null;
  readonly apiVersion: number;
  memberId: string;
  generationId: number;
  /** Of its generation; undefined while it has none. */
  owned: readonly number[] | undefined;
  isWaiting: boolean;
  isGone: boolean;
}

class World {
  readonly clock = new ManualClock();
  readonly store = new MemoryStore();
  readonly random: (below: number) => number;
  readonly consumers: Consumer[] = [];
  readonly committed = new Map<number, number>();
  /** Who was given a partition, by `generation/partition`. */
  readonly owners = new Map<string, string>();
  /** Counts up, so that every commit differs. */
  #offset = 0;
  #commits = 0;
  /** Of joins, which nobody waits for. */
  #failure: unknown;
  groups!: GroupCoordinator;

  constructor(seed: number) {
    this.random = randomNumbers(seed);
  }

  get commits(): number {
    return this.#commits;
  }

  async open(): Promise<void> {
    this.groups = await openCoordinator(this.clock, this.store, { groupInitialRebalanceDelayMs: 500 });
  }

  async restart(): Promise<void> {
    this.groups.close();
    await this.settle();
    await this.open();
  }

  async settle(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    if (this.#failure !== undefined) throw this.#failure;
  }

  enter(): void {
    const isStatic = this.random(3) === 0;
    const groupInstanceId = isStatic ? `i${this.random(2)}` : null;
    const apiVersion = [3, 5, 9][this.random(3)]!;
    const fresh = { memberId: '', generationId: -1, owned: undefined, isWaiting: false, isGone: false };
    this.consumers.push({ groupInstanceId, apiVersion, ...fresh });
  }

  join(consumer: Consumer): void {
    this.#join(consumer).catch((error: unknown) => {
      this.#failure = error;
    });
  }

  async #join(consumer: Consumer): Promise<void> {
    const { memberId, groupInstanceId, apiVersion } = consumer;
    consumer.isWaiting = true;
    consumer.owned = undefined;
    const client = { clientId: 'c', clientHost: '/127.0.0.1', apiVersion };
    const joined = await this.groups.join(
      client,
      joinRequest({ memberId, groupInstanceId, rebalanceTimeoutMs: 15_000 }),
    );
    consumer.isWaiting = false;
    if (consumer.isGone) return;
    consumer.memberId = joined.errorCode === ErrorCode.UNKNOWN_MEMBER_ID ? '' : (joined.memberId ?? '');
    if (joined.errorCode === ErrorCode.NONE) await this.#sync(consumer, joined);
    else if (joined.errorCode === ErrorCode.FENCED_INSTANCE_ID) consumer.isGone = true;
  }

  async #sync(consumer: Consumer, { generationId, members, skipAssignment }: JoinResponse): Promise<void> {
    const { memberId, groupInstanceId } = consumer;
    consumer.generationId = generationId!;
    consumer.isWaiting = true;
    const assignments = (skipAssignment ? [] : members).map((member, i) => {
      const share = PARTITIONS.filter((partition) => partition % members.length === i);
      return { memberId: member.memberId, assignment: Buffer.from(`${generationId}:${share.join()}`) };
    });
    const request = { groupId: 'g', generationId: generationId!, memberId, groupInstanceId, assignments };
    const synced = await this.groups.sync({ ...request, protocolType: 'consumer', protocolName: 'range' });
    consumer.isWaiting = false;
    if (synced.errorCode !== ErrorCode.NONE || consumer.isGone) return;
    this.#take(consumer, synced.assignment.toString());
  }

  #take(consumer: Consumer, assignment: string): void {
    const [generation = '', share = ''] = assignment.split(':');
    expect(Number(generation), 'an assignment of another generation').toBe(consumer.generationId);
    consumer.owned = share === '' ? [] : share.split(',').map(Number);
    for (const partition of consumer.owned) {
      const key = `${generation}/${partition}`;
      const owner = this.owners.get(key);
      // A static member that comes back under a new id goes on with what it had.
      const name = consumer.groupInstanceId ?? consumer.memberId;
      expect(owner ?? name, `second owner of ${key}`).toBe(name);
      this.owners.set(key, name);
    }
  }

  beat({ generationId, memberId, groupInstanceId }: Consumer): number {
    return errorOf(() => this.groups.heartbeat({ groupId: 'g', generationId, memberId, groupInstanceId }));
  }

  /** @param consumer may be gone, or say that it is of an earlier generation */
  commit(consumer: Consumer): void {
    const partition = consumer.owned?.[0] ?? this.random(PARTITIONS.length);
    const offset = ++this.#offset;
    const { generationId, memberId, groupInstanceId } = consumer;
    const requested = { committedOffset: offset, committedLeaderEpoch: -1, committedMetadata: null };
    const topics = [{ name: 't', topicId: ZERO_UUID, partitions: [{ partitionIndex: partition, ...requested }] }];
    // Without a generation offsets can be set by hand, while nobody is in the group.
    const byHand = generationId < 0 && this.groups.describe('g', 5).members.length === 0;
    const isCurrent = byHand || [ErrorCode.NONE, ErrorCode.REBALANCE_IN_PROGRESS].includes(this.beat(consumer));
    const error = errorOf(() =>
      this.groups.commit({ groupId: 'g', generationId, memberId, groupInstanceId, retentionTimeMs: -1, topics }, 9),
    );
    if (error !== ErrorCode.NONE) return;
    expect(isCurrent, 'a commit of a member that is none').toBe(true);
    this.committed.set(partition, offset);
    this.#commits++;
  }

  leave(consumer: Consumer): void {
    consumer.isGone = true;
    this.groups.leave('g', [consumer]);
  }

  checkOffsets(): void {
    const stored = this.groups.offsets('g').get('t') ?? new Map<number, { offset: number }>();
    expect(new Map([...stored].map(([partition, { offset }]) => [partition, offset]))).toEqual(this.committed);
  }
}

async function step(world: World): Promise<void> {
  const alive = world.consumers.filter(({ isGone }) => !isGone);
  const consumer = alive[world.random(Math.max(alive.length, 1))];
  const choice = world.random(100);
  if (choice < 10 && alive.length < 6) world.enter();
  else if (choice < 35) world.clock.advance(world.random(4000));
  else if (choice < 36) await world.restart();
  else if (consumer === undefined) world.enter();
  else if (choice < 39) consumer.isGone = true;
  else if (choice < 42) world.leave(consumer);
  else if (choice < 45) world.commit({ ...consumer, generationId: consumer.generationId - 1 });
  else if (choice < 48) world.commit(world.consumers[world.random(world.consumers.length)]!);
  else if (choice < 60) world.commit(consumer);
  else if (!consumer.isWaiting) {
    const error = consumer.memberId === '' ? ErrorCode.UNKNOWN_MEMBER_ID : world.beat(consumer);
    if (error === ErrorCode.UNKNOWN_MEMBER_ID) consumer.memberId = '';
    if (error === ErrorCode.FENCED_INSTANCE_ID) consumer.isGone = true;
    else if (error !== ErrorCode.NONE || consumer.owned === undefined) world.join(consumer);
  }
  await world.settle();
}

test.each(SEEDS)('random members, seed %i (run one with SEED=)', async (seed) => {
  const world = new World(seed);
  await world.open();
  for (let i = 0; i < STEPS; i++) {
    await step(world);
    world.checkOffsets();
  }
  expect(world.commits).toBeGreaterThan(0);
  for (const consumer of world.consumers) consumer.isGone = true;
  for (let i = 0; i < 60; i++) {
    world.clock.advance(10_000);
    await world.settle();
  }
  expect(world.groups.list()).toMatchObject([{ groupState: 'Empty' }]);
  expect(world.clock.pendingTimers, 'only the next look for expired offsets').toBe(1);
  world.groups.close();
  expect(world.clock.pendingTimers).toBe(0);
});
