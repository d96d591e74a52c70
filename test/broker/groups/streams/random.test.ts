// Stream threads that come, go, crash, come back and lose answers at random, while topics grow and the broker restarts.
// Whatever happens: no active task has two members that take it for theirs, no process has a task twice, and once all is
// quiet every task has one member and as many standbys as there are processes for them.
import { expect, test } from 'vitest';
import { ErrorCode, KafkaError } from '../../../../src/protocol/errors.ts';
import type { StreamsGroupHeartbeatRequest } from '../../../../src/protocol/messages/streams-group-heartbeat.ts';
import { randomNumbers } from '../../../helpers/random-numbers.ts';
import { WORD_COUNT, World } from './world.ts';

const STEPS = 300;
const SEEDS = process.env.SEED === undefined ? Array.from({ length: 30 }, (_, i) => i + 1) : [Number(process.env.SEED)];
const SESSION_MS = 45_000;

type TaskIds = NonNullable<StreamsGroupHeartbeatRequest['activeTasks']>;

/** A client as it sees itself. */
interface Member {
  memberId: string;
  readonly processId: string;
  epoch: number;
  active: TaskIds;
  standby: TaskIds;
  /** When it was last answered: after its session it takes nothing for its own any more. */
  heardMs: number;
}

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
    const fresh = { epoch: 0, active: [], standby: [], heardMs: this.world.clock.nowMs() };
    this.members.push({ memberId: `m${++this.#ids}`, processId: `p${this.random(3)}`, ...fresh });
  }

  /** A heartbeat; `isLost` if the answer does not come through. */
  beat(member: Member, isLost = false): void {
    const { memberId, processId, epoch, active, standby } = member;
    const held = { activeTasks: active, standbyTasks: standby, warmupTasks: [] };
    try {
      const answer =
        epoch === 0
          ? this.world.join(memberId, { processId, topology: WORD_COUNT, rebalanceTimeoutMs: 20_000 })
          : this.world.beat(memberId, epoch, held);
      if (isLost) return;
      member.epoch = answer.memberEpoch;
      member.active = answer.activeTasks ?? active;
      member.standby = answer.standbyTasks ?? standby;
      member.heardMs = this.world.clock.nowMs();
    } catch (error) {
      if (!(error instanceof KafkaError)) throw error;
      const codes: number[] = [
        ErrorCode.FENCED_MEMBER_EPOCH,
        ErrorCode.UNKNOWN_MEMBER_ID,
        ErrorCode.GROUP_ID_NOT_FOUND,
      ];
      expect(codes, error.message).toContain(error.code);
      Object.assign(member, { memberId: `m${++this.#ids}`, epoch: 0, active: [], standby: [] });
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

  /** Of members that the group still knows by their epoch. */
  checkOwners(): void {
    const { errorCode, members } = this.world.describe();
    if (errorCode !== ErrorCode.NONE) return;
    const known = new Set(members.map(({ memberId }) => memberId));
    const owners = new Map<string, string>();
    const copies = new Map<string, string>();
    for (const { memberId, processId, epoch, active, standby, heardMs } of this.members) {
      if (epoch === 0 || !known.has(memberId) || this.world.clock.nowMs() - heardMs >= SESSION_MS) continue;
      for (const task of keysOf(active)) {
        expect(owners.get(task) ?? memberId, `second owner of ${task}`).toBe(memberId);
        owners.set(task, memberId);
      }
      for (const task of [...keysOf(active), ...keysOf(standby)]) {
        const place = `${processId} ${task}`;
        expect(copies.get(place) ?? memberId, `second copy of ${task} in ${processId}`).toBe(memberId);
        copies.set(place, memberId);
      }
    }
  }
}

function keysOf(ids: TaskIds): string[] {
  return ids.flatMap(({ subtopologyId, partitions }) => partitions.map((partition) => `${subtopologyId}_${partition}`));
}

async function step(crowd: Crowd): Promise<void> {
  const { world, random, members } = crowd;
  const choice = random(100);
  const member = members[random(Math.max(members.length, 1))];
  if (member === undefined || (choice < 6 && members.length < 7)) crowd.enter();
  else if (choice < 20) world.clock.advance(random(5000));
  else if (choice < 21) await world.restart();
  else if (choice < 25) crowd.leave(member);
  else if (choice < 26) members.splice(members.indexOf(member), 1);
  else if (choice < 31) crowd.beat(member, true);
  else crowd.beat(member);
}

/** Everybody is heard of until nothing changes. */
function settle(crowd: Crowd): void {
  for (let round = 0; round < 40; round++) {
    crowd.world.clock.advance(4000);
    for (const member of crowd.members) crowd.beat(member);
  }
}

test.each(SEEDS)('random members of a streams group, seed %i (run one with SEED=)', async (seed) => {
  const replicas = seed % 3;
  const world = await World.open({
    groupStreamsAssignmentIntervalMs: seed % 2 === 0 ? 1000 : 0,
    groupStreamsInitialRebalanceDelayMs: seed % 4 === 0 ? 3000 : 0,
    groupStreamsNumStandbyReplicas: replicas,
  });
  world.topics.set('a', 1 + (seed % 9));
  const crowd = new Crowd(world, seed);
  for (let i = 0; i < STEPS; i++) {
    await step(crowd);
    crowd.checkOwners();
  }
  crowd.enter();
  settle(crowd);
  crowd.checkOwners();
  const { groupState, members } = world.describe();
  expect(groupState).toBe('Stable');
  const taskCount = 1 + (seed % 9);
  const active = members.flatMap(({ assignment }) => keysOf(assignment.activeTasks));
  expect(new Set(active).size).toBe(2 * taskCount);
  expect(active).toHaveLength(2 * taskCount);
  const processes = new Set(crowd.members.map(({ processId }) => processId)).size;
  const standby = members.flatMap(({ assignment }) => keysOf(assignment.standbyTasks));
  expect(standby).toHaveLength(taskCount * Math.min(replicas, processes - 1));
  const loads = members.map(({ assignment }) => keysOf(assignment.activeTasks).length);
  if (replicas === 0) expect(Math.max(...loads)).toBeLessThanOrEqual(Math.ceil((2 * taskCount) / members.length) + 1);
  for (const member of [...crowd.members]) crowd.leave(member);
  expect(world.describe().groupState).toBe('Empty');
  world.groups.close();
  expect(world.clock.pendingTimers).toBe(0);
});
