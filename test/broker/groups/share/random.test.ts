// Members of a share group that come, go, crash, come back and lose answers at random, while topics grow, the share
// coordinator fails and the broker restarts. Once all is quiet every partition of a subscribed topic is read, by as many
// members as it takes to keep all of them busy, and what is on record is what the coordinator holds.
import { expect, test } from 'vitest';
import { ErrorCode, KafkaError } from '../../../../src/protocol/errors.ts';
import { randomNumbers } from '../../../helpers/random-numbers.ts';
import { World } from './world.ts';

const STEPS = 250;
const SEEDS = process.env.SEED === undefined ? Array.from({ length: 25 }, (_, i) => i + 1) : [Number(process.env.SEED)];
const TOPICS = ['a', 'b', 'c'];
const SUBSCRIPTIONS = [['a'], ['a', 'b'], ['b', 'c'], ['a', 'b', 'c']];
const MAX_MEMBERS = 8;

/** A client as it sees itself. */
interface Member {
  memberId: string;
  topics: readonly string[];
  epoch: number;
}

class Crowd {
  readonly members: Member[] = [];
  readonly world: World;
  readonly random: (below: number) => number;
  #ids = 0;

  constructor(world: World, seed: number) {
    this.world = world;
    this.random = randomNumbers(seed);
  }

  enter(): void {
    this.members.push({ memberId: `m${++this.#ids}`, topics: SUBSCRIPTIONS[this.random(4)]!, epoch: 0 });
  }

  beat(member: Member, isLost = false): void {
    const { memberId, epoch, topics } = member;
    const isFull = epoch === 0 || this.random(3) === 0;
    try {
      const answer = this.world.beat(memberId, epoch, { subscribedTopicNames: isFull ? [...topics] : null });
      if (!isLost) member.epoch = answer.memberEpoch;
    } catch (error) {
      if (!(error instanceof KafkaError)) throw error;
      expect([ErrorCode.FENCED_MEMBER_EPOCH, ErrorCode.UNKNOWN_MEMBER_ID, ErrorCode.GROUP_ID_NOT_FOUND]).toContain(
        error.code,
      );
      member.epoch = 0;
    }
  }

  leave(member: Member): void {
    this.members.splice(this.members.indexOf(member), 1);
    try {
      this.world.beat(member.memberId, -1);
    } catch (error) {
      if (!(error instanceof KafkaError)) throw error;
    }
  }
}

async function step(crowd: Crowd): Promise<void> {
  const { world, random, members } = crowd;
  const choice = random(100);
  const member = members[random(Math.max(members.length, 1))];
  if (member === undefined || (choice < 6 && members.length < MAX_MEMBERS)) crowd.enter();
  else if (choice < 20) world.clock.advance(random(6000));
  else if (choice < 22) await restart(world);
  else if (choice < 24)
    world.topics.set(TOPICS[random(3)]!, 1 + random(4) + (world.topics.topic('a')?.partitions.length ?? 0));
  else if (choice < 26) member.topics = SUBSCRIPTIONS[random(4)]!;
  else if (choice < 29) crowd.leave(member);
  else if (choice < 31) members.splice(members.indexOf(member), 1);
  else if (choice < 34) world.state.failure = random(2) === 0 ? ErrorCode.NOT_COORDINATOR : undefined;
  else crowd.beat(member, choice < 39);
}

/** Nothing may be lost or made up by it. */
async function restart(world: World): Promise<void> {
  const before = [world.describe(), world.offsets(), world.groups.list()];
  await world.restart();
  expect([world.describe(), world.offsets(), world.groups.list()]).toEqual(before);
}

test.each(SEEDS)('random members of a share group, seed %i (run one with SEED=)', async (seed) => {
  const world = await World.open({ groupShareAssignmentIntervalMs: seed % 2 === 0 ? 1000 : 0 });
  const crowd = new Crowd(world, seed);
  crowd.enter();
  crowd.beat(crowd.members[0]!);
  for (let i = 0; i < STEPS; i++) await step(crowd);
  world.state.failure = undefined;
  crowd.enter();
  for (const [i, member] of crowd.members.entries())
    member.topics = seed % 3 === 0 ? TOPICS : SUBSCRIPTIONS[(i + seed) % 4]!;
  for (let round = 0; round < 30; round++) {
    world.clock.advance(4000);
    for (const member of crowd.members) {
      if (round === 0) world.beat(member.memberId, 0, { subscribedTopicNames: [...member.topics] });
      crowd.beat(member);
    }
  }
  checkShares(world);
  for (const member of [...crowd.members]) crowd.leave(member);
  expect(world.describe().groupState).toBe('Empty');
  world.groups.close();
  expect(world.clock.pendingTimers).toBe(0);
});

function checkShares({ groups, describe, topics }: World): void {
  const { members, groupEpoch, assignmentEpoch } = groups.shares.describe('g');
  expect(assignmentEpoch, describe.name).toBe(groupEpoch);
  for (const { name, partitions } of topics.topics()) {
    const subscribers = members.filter(({ subscribedTopicNames }) => subscribedTopicNames.includes(name));
    if (subscribers.length === 0) continue;
    const readers = partitions.map(({ index }) => readersOf(members, name, index));
    for (const count of readers) expect(count, `readers of ${name}`).toBeGreaterThanOrEqual(1);
  }
  for (const { assignment, subscribedTopicNames } of members) {
    for (const { topicName } of assignment.topicPartitions) expect(subscribedTopicNames).toContain(topicName);
  }
}

function readersOf(members: ReturnType<World['describe']>['members'], topic: string, partition: number): number {
  const reads = ({ assignment }: (typeof members)[number]) =>
    assignment.topicPartitions.some(
      ({ topicName, partitions }) => topicName === topic && partitions.includes(partition),
    );
  return members.filter(reads).length;
}
