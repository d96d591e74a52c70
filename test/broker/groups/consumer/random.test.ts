// Members of the consumer protocol that come, go, crash, come back and lose answers at random, while topics grow and the
// broker restarts. Whatever happens: no partition has two members that take it for theirs, and once all is quiet every
// partition of a subscribed topic has one.
import { expect, test } from 'vitest';
import { ErrorCode, KafkaError } from '../../../../src/protocol/errors.ts';
import { randomNumbers } from '../../../helpers/random-numbers.ts';
import { type Partitions, World } from './world.ts';

const STEPS = 300;
const SEEDS = process.env.SEED === undefined ? Array.from({ length: 30 }, (_, i) => i + 1) : [Number(process.env.SEED)];
const TOPICS = ['a', 'b', 'c'];

/** A client as it sees itself. */
interface Member {
  memberId: string;
  readonly instanceId: string | null;
  readonly assignor: string;
  regex: string;
  epoch: number;
  owned: Partitions;
  /** When it was last answered: after its session it takes nothing for its own any more. */
  heardMs: number;
}

const SESSION_MS = 45_000;

class Crowd {
  readonly world: World;
  readonly random: (below: number) => number;
  readonly members: Member[] = [];
  #ids = 0;

  constructor(world: World, seed: number) {
    this.world = world;
    this.random = randomNumbers(seed);
  }

  enter(): void {
    const instanceId = this.random(3) === 0 ? `i${this.random(3)}` : null;
    if (instanceId !== null && this.members.some((member) => member.instanceId === instanceId)) return;
    const regex = ['a', 'a|b', '.*', 'b|c'][this.random(4)]!;
    const assignor = this.random(4) === 0 ? 'range' : 'uniform';
    const fresh = { epoch: 0, owned: '', heardMs: this.world.clock.nowMs() };
    this.members.push({ memberId: `m${++this.#ids}`, instanceId, assignor, regex, ...fresh });
  }

  /** A full heartbeat; `isLost` if the answer does not come through. */
  beat(member: Member, isLost = false): void {
    const { memberId, instanceId, assignor, regex, epoch, owned } = member;
    const subscription = { subscribedTopicNames: [], subscribedTopicRegex: regex, serverAssignor: assignor };
    const topicPartitions = epoch === 0 ? [] : this.world.owned(owned);
    try {
      const request = { memberEpoch: epoch, instanceId, rebalanceTimeoutMs: 20_000, topicPartitions, ...subscription };
      const answer = this.world.join(memberId, request);
      if (isLost) return;
      member.epoch = answer.memberEpoch;
      member.owned = this.world.assigned(answer) ?? owned;
      member.heardMs = this.world.clock.nowMs();
    } catch (error) {
      if (!(error instanceof KafkaError)) throw error;
      expect([
        ErrorCode.FENCED_MEMBER_EPOCH,
        ErrorCode.UNKNOWN_MEMBER_ID,
        ErrorCode.GROUP_ID_NOT_FOUND,
        ErrorCode.UNRELEASED_INSTANCE_ID,
      ]).toContain(error.code);
      member.epoch = 0;
      member.owned = '';
      member.memberId = `m${++this.#ids}`;
    }
  }

  leave(member: Member, epoch: number): void {
    this.members.splice(this.members.indexOf(member), 1);
    try {
      this.world.beat(member.memberId, epoch, { instanceId: member.instanceId });
    } catch (error) {
      if (!(error instanceof KafkaError)) throw error;
    }
  }

  /** I7: of members that the group still knows by their epoch, no two take a partition for theirs. */
  checkOwners(): void {
    const described = this.world.describe();
    const known = new Map(described.members.map(({ memberId, memberEpoch }) => [memberId, memberEpoch]));
    const owners = new Map<string, string>();
    for (const { memberId, owned, epoch, heardMs } of this.members) {
      if (epoch === 0 || !known.has(memberId) || this.world.clock.nowMs() - heardMs >= SESSION_MS) continue;
      for (const { topicId, partitions } of this.world.owned(owned)) {
        for (const partition of partitions) {
          const place = `${topicId}/${partition}`;
          expect(owners.get(place) ?? memberId, `second owner of ${place}`).toBe(memberId);
          owners.set(place, memberId);
        }
      }
    }
  }

  get alive(): number {
    return this.members.length;
  }
}

async function step(crowd: Crowd): Promise<void> {
  const { world, random } = crowd;
  const choice = random(100);
  const member = crowd.members[random(Math.max(crowd.alive, 1))];
  if (member === undefined || (choice < 6 && crowd.alive < 7)) crowd.enter();
  else if (choice < 20) world.clock.advance(random(5000));
  else if (choice < 21) await world.restart();
  else if (choice < 23)
    world.topics.set(TOPICS[random(3)]!, 1 + random(8) + (world.topics.topic('a')?.partitions.length ?? 0));
  else if (choice < 25) member.regex = ['a', 'a|b', '.*'][random(3)]!;
  else if (choice < 27) crowd.leave(member, member.instanceId === null ? -1 : -2);
  else if (choice < 28) crowd.members.splice(crowd.members.indexOf(member), 1);
  else if (choice < 33) crowd.beat(member, true);
  else crowd.beat(member);
}

/** Everybody is heard of until nothing changes. */
function settle(crowd: Crowd): void {
  for (let round = 0; round < 40; round++) {
    crowd.world.clock.advance(4000);
    for (const member of crowd.members) crowd.beat(member);
  }
}

test.each(SEEDS)('random members of the consumer protocol, seed %i (run one with SEED=)', async (seed) => {
  const world = await World.open({ groupConsumerAssignmentIntervalMs: seed % 2 === 0 ? 1000 : 0 });
  const crowd = new Crowd(world, seed);
  crowd.enter();
  crowd.beat(crowd.members[0]!);
  for (let i = 0; i < STEPS; i++) {
    await step(crowd);
    crowd.checkOwners();
  }
  crowd.enter();
  const everything = crowd.members.find(({ instanceId }) => instanceId === null) ?? crowd.members[0]!;
  everything.regex = '.*';
  settle(crowd);
  crowd.checkOwners();
  expect(world.describe().groupState).toBe('Stable');
  const assigned = world.describe().members.flatMap(({ assignment }) => assignment.topicPartitions);
  const total = [...world.topics.topics()].reduce((sum, { partitions }) => sum + partitions.length, 0);
  expect(assigned.reduce((sum, { partitions }) => sum + partitions.length, 0)).toBe(total);
  for (const member of [...crowd.members]) crowd.leave(member, -1);
  expect(world.describe().groupState).toBe('Empty');
  world.groups.close();
  expect(world.clock.pendingTimers).toBe(0);
});
