// Consumers of both protocols in one group that come, go, crash and roll from one protocol to the other at random, while
// the broker restarts. Whatever happens: no partition has two owners, who does not own a partition cannot commit for it
// for long, committed offsets stay; and once all is quiet the group has the protocol of its members and every partition
// one owner.
import { expect, test } from 'vitest';
import { ErrorCode } from '../../../../src/protocol/errors.ts';
import { ZERO_UUID } from '../../../../src/util/uuid.ts';
import { randomNumbers } from '../../../helpers/random-numbers.ts';
import { World } from '../consumer/world.ts';
import { errorOf } from '../memory-store.ts';
import { ClassicClient, type Client, ConsumerClient } from './clients.ts';

const STEPS = 300;
const SEEDS = process.env.SEED === undefined ? Array.from({ length: 25 }, (_, i) => i + 1) : [Number(process.env.SEED)];
const PARTITIONS = 8;

class Crowd {
  readonly world: World;
  readonly random: (below: number) => number;
  readonly committed = new Map<number, number>();
  clients: Client[] = [];
  readonly #isCooperative: boolean;
  #names = 0;
  #offset = 0;

  constructor(world: World, seed: number) {
    this.world = world;
    this.random = randomNumbers(seed);
    this.#isCooperative = seed % 2 === 0;
  }

  enter(kind = this.random(2) === 0 ? 'classic' : 'consumer'): void {
    const instanceId = this.random(3) === 0 ? `i${this.random(3)}` : null;
    if (instanceId !== null && this.clients.some((client) => client.instanceId === instanceId)) return;
    this.clients.push(this.#make(kind, instanceId));
  }

  /** A client stops, and one of the other protocol starts in its place. */
  roll(client: Client): void {
    if (this.random(3) > 0) client.leave();
    client.isGone = true;
    this.clients.push(this.#make(client.kind === 'classic' ? 'consumer' : 'classic', client.instanceId));
    this.#forgetGone();
  }

  leave(client: Client): void {
    client.leave();
    this.#forgetGone();
  }

  crash(client: Client): void {
    client.isGone = true;
    this.#forgetGone();
  }

  async poll(client: Client): Promise<void> {
    client.poll();
    await this.settle();
    this.#forgetGone();
  }

  async settle(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    for (const client of this.clients) if (client instanceof ClassicClient && client.failure) throw client.failure;
  }

  commit(client: Client): void {
    const [partition] = client.owned;
    if (partition === undefined) return;
    const offset = ++this.#offset;
    const requested = { partitionIndex: partition, committedOffset: offset, committedLeaderEpoch: -1 };
    const topicId = this.world.topics.topic('a')?.id ?? ZERO_UUID;
    const topics = [{ name: 'a', topicId, partitions: [{ ...requested, committedMetadata: null }] }];
    const { memberId, epoch: generationId, instanceId: groupInstanceId } = client;
    const commit = { groupId: 'g', generationId, memberId, groupInstanceId, retentionTimeMs: -1, topics };
    if (errorOf(() => this.world.groups.commit(commit, 9)) !== ErrorCode.NONE) return;
    const owner = this.#owners().get(partition);
    expect(owner ?? client, 'a commit of a partition that another member has').toBe(client);
    this.committed.set(partition, offset);
  }

  /** I6, I7. */
  check(): void {
    this.#owners();
    const stored = this.world.groups.offsets('g').get('a') ?? new Map<number, { offset: number }>();
    expect(new Map([...stored].map(([partition, { offset }]) => [partition, offset]))).toEqual(this.committed);
  }

  get type(): string {
    return this.world.groups.list()[0]?.groupType ?? 'none';
  }

  /** Of clients that the group takes for members. @throws AssertionError if a partition has two */
  #owners(): Map<number, Client> {
    const epochs = new Map(this.world.describe().members.map(({ memberId, memberEpoch }) => [memberId, memberEpoch]));
    const isClassic = this.type === 'classic';
    const newest = Math.max(...this.clients.filter(({ kind }) => kind === 'classic').map(({ epoch }) => epoch));
    const owners = new Map<number, Client>();
    for (const client of this.clients) {
      const isCurrent = isClassic
        ? client.kind === 'classic' && client.epoch === newest
        : epochs.has(client.memberId) && (client.kind === 'consumer' || epochs.get(client.memberId) === client.epoch);
      if (!isCurrent || this.world.clock.nowMs() - client.heardMs >= client.sessionMs) continue;
      for (const partition of client.owned) {
        expect(owners.get(partition)?.memberId ?? client.memberId, `second owner of ${partition}`).toBe(
          client.memberId,
        );
        owners.set(partition, client);
      }
    }
    return owners;
  }

  #make(kind: string, instanceId: string | null): Client {
    if (kind === 'classic') return new ClassicClient(this.world, instanceId, this.#isCooperative);
    return new ConsumerClient(this.world, `m${++this.#names}`, instanceId);
  }

  #forgetGone(): void {
    this.clients = this.clients.filter(({ isGone }) => !isGone);
  }
}

async function step(crowd: Crowd): Promise<void> {
  const { world, random, clients } = crowd;
  const choice = random(100);
  const client = clients[random(Math.max(clients.length, 1))];
  if (client === undefined || (choice < 6 && clients.length < 6)) crowd.enter();
  else if (choice < 20) world.clock.advance(random(3000));
  else if (choice < 22) await world.restart();
  else if (choice < 24) crowd.leave(client);
  else if (choice < 25) crowd.crash(client);
  else if (choice < 29) crowd.roll(client);
  else if (choice < 40) crowd.commit(client);
  else await crowd.poll(client);
  await crowd.settle();
}

async function quiet(crowd: Crowd): Promise<void> {
  for (let round = 0; round < 60; round++) {
    crowd.world.clock.advance(2000);
    for (const client of crowd.clients) await crowd.poll(client);
  }
  crowd.check();
  const owned = crowd.clients.flatMap(({ owned }) => owned).sort();
  expect(owned).toEqual(Array.from({ length: PARTITIONS }, (_, partition) => partition));
  const kinds = new Set(crowd.clients.map(({ kind }) => kind));
  expect(crowd.type).toBe(kinds.has('consumer') ? 'consumer' : 'classic');
}

test.each(SEEDS)('random members of both protocols, seed %i (run one with SEED=)', async (seed) => {
  const world = await World.open({ groupConsumerAssignmentIntervalMs: seed % 3 === 0 ? 1000 : 0 });
  world.topics.set('a', PARTITIONS);
  const crowd = new Crowd(world, seed);
  for (let i = 0; i < STEPS; i++) {
    await step(crowd);
    crowd.check();
  }
  crowd.enter('consumer');
  await quiet(crowd);
  for (const goal of ['classic', 'consumer'] as const) {
    for (const client of crowd.clients.filter(({ kind }) => kind !== goal)) {
      crowd.roll(client);
      await quiet(crowd);
    }
    expect(crowd.type).toBe(goal);
  }
  for (const client of crowd.clients) client.leave();
  world.groups.close();
  expect(world.clock.pendingTimers).toBe(0);
});
