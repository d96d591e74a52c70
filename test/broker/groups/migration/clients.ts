// Consumers of both protocols as they see themselves, on a coordinator without a network: what each one holds, and what
// it does about the answers.
import type { JoinResponse } from '../../../../src/broker/groups/messages.ts';
import { ErrorCode, KafkaError } from '../../../../src/protocol/errors.ts';
import type { World } from '../consumer/world.ts';
import { errorOf, joinRequest } from '../memory-store.ts';
import { assigned, assignment, ownedIn, subscription } from './embedded.ts';

export interface Client {
  readonly kind: 'classic' | 'consumer';
  readonly instanceId: string | null;
  memberId: string;
  /** Generation or member epoch. */
  epoch: number;
  owned: readonly number[];
  isGone: boolean;
  /** When the coordinator answered it the last time. */
  heardMs: number;
  readonly sessionMs: number;
  /** One turn: a heartbeat, or what the last one asks for. */
  poll(): void;
  leave(): void;
}

export const CLASSIC_SESSION_MS = 10_000;
const PARTITIONS = 8;

export class ConsumerClient implements Client {
  readonly kind = 'consumer';
  readonly sessionMs = 45_000;
  readonly instanceId: string | null;
  memberId: string;
  epoch = 0;
  owned: readonly number[] = [];
  isGone = false;
  heardMs = 0;
  readonly #world: World;
  #rejoins = 0;

  constructor(world: World, name: string, instanceId: string | null) {
    this.#world = world;
    this.memberId = name;
    this.instanceId = instanceId;
  }

  poll(): void {
    const { memberId, instanceId, epoch, owned } = this;
    const topicPartitions = epoch === 0 || owned.length === 0 ? [] : this.#world.owned(`a:${owned.join()}`);
    try {
      const answer = this.#world.join(memberId, { memberEpoch: epoch, instanceId, topicPartitions });
      this.epoch = answer.memberEpoch;
      if (answer.assignment) this.owned = answer.assignment.topicPartitions.flatMap(({ partitions }) => partitions);
      this.heardMs = this.#world.clock.nowMs();
    } catch (error) {
      if (!(error instanceof KafkaError)) throw error;
      if (error.code === ErrorCode.FENCED_INSTANCE_ID) this.isGone = true;
      this.owned = [];
      this.epoch = 0;
      this.memberId = `${memberId.split('~')[0]}~${++this.#rejoins}`;
    }
  }

  leave(): void {
    this.isGone = true;
    const memberEpoch = this.instanceId === null ? -1 : -2;
    errorOf(() => this.#world.beat(this.memberId, memberEpoch, { instanceId: this.instanceId }));
  }
}

export class ClassicClient implements Client {
  readonly kind = 'classic';
  readonly sessionMs = CLASSIC_SESSION_MS;
  readonly instanceId: string | null;
  memberId = '';
  epoch = -1;
  owned: readonly number[] = [];
  isGone = false;
  heardMs = 0;
  /** What a join or sync that nobody waits for failed with. */
  failure: unknown;
  readonly #world: World;
  readonly #isCooperative: boolean;
  #isWaiting = false;
  #mustJoin = true;

  constructor(world: World, instanceId: string | null, isCooperative: boolean) {
    this.#world = world;
    this.instanceId = instanceId;
    this.#isCooperative = isCooperative;
  }

  poll(): void {
    if (this.#isWaiting) return;
    if (!this.#mustJoin) this.#obey(this.heartbeat());
    if (!this.#mustJoin || this.isGone) return;
    this.#join().catch((error: unknown) => {
      this.failure = error;
    });
  }

  heartbeat(): number {
    const { memberId, epoch: generationId, instanceId: groupInstanceId } = this;
    return errorOf(() => this.#world.groups.heartbeat({ groupId: 'g', memberId, generationId, groupInstanceId }));
  }

  leave(): void {
    this.isGone = true;
    if (this.instanceId === null) this.#world.groups.leave('g', [{ memberId: this.memberId, groupInstanceId: null }]);
  }

  async #join(): Promise<void> {
    if (!this.#isCooperative) this.owned = [];
    this.#isWaiting = true;
    const { memberId, instanceId: groupInstanceId, owned } = this;
    const name = this.#isCooperative ? 'cooperative-sticky' : 'range';
    const protocols = [{ name, metadata: subscription('a', owned) }];
    const request = joinRequest({ memberId, groupInstanceId, protocols, sessionTimeoutMs: CLASSIC_SESSION_MS });
    const joined = await this.#world.groups.join({ clientId: 'c', clientHost: '/127.0.0.1', apiVersion: 9 }, request);
    this.#isWaiting = false;
    if (this.isGone) return;
    if (joined.errorCode === ErrorCode.MEMBER_ID_REQUIRED) this.memberId = joined.memberId;
    else if (joined.errorCode !== ErrorCode.NONE) this.#obey(joined.errorCode);
    else await this.#sync(joined);
  }

  async #sync(joined: JoinResponse): Promise<void> {
    const { memberId, generationId, protocolType, protocolName } = joined;
    this.#mustJoin = false;
    this.memberId = memberId;
    this.epoch = generationId!;
    this.#isWaiting = true;
    const assignments = joined.skipAssignment ? [] : this.#assign(joined.members);
    const request = { groupId: 'g', memberId, generationId: this.epoch, groupInstanceId: this.instanceId, assignments };
    const synced = await this.#world.groups.sync({
      ...request,
      protocolType: protocolType ?? null,
      protocolName: protocolName ?? null,
    });
    this.#isWaiting = false;
    if (this.isGone) return;
    this.#obey(synced.errorCode!);
    if (synced.errorCode !== ErrorCode.NONE) return;
    const now = assigned(Buffer.from(synced.assignment as Buffer));
    const isRevoked = this.owned.some((partition) => !now.includes(partition));
    this.owned = now;
    if (this.#isCooperative && isRevoked) this.#mustJoin = true;
  }

  /** As a leader: everybody's share, without what another one has still to give up. */
  #assign(members: JoinResponse['members']) {
    return members.map(({ memberId }, i) => {
      const others = members.filter((other) => other.memberId !== memberId);
      const taken = new Set(others.flatMap(({ metadata }) => ownedIn(metadata as Buffer)));
      const share = Array.from({ length: PARTITIONS }, (_, partition) => partition).filter(
        (partition) => partition % members.length === i && !taken.has(partition),
      );
      return { memberId, assignment: assignment('a', share) };
    });
  }

  #obey(error: number): void {
    this.heardMs = this.#world.clock.nowMs();
    if (error === ErrorCode.NONE) return;
    this.#mustJoin = true;
    if (error === ErrorCode.UNKNOWN_MEMBER_ID) this.memberId = '';
    if (error === ErrorCode.FENCED_INSTANCE_ID) this.isGone = true;
    if (error === ErrorCode.UNKNOWN_MEMBER_ID || error === ErrorCode.ILLEGAL_GENERATION) this.owned = [];
  }
}
