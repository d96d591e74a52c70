// Members, votes and state of one classic group (ClassicGroup). It decides nothing about time and writes nothing: the
// steps beside this file do.

import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import type { Clock, Timer } from '../../util/clock.ts';
import { type GroupState, mayTransition } from './group-state.ts';
import { Member } from './member.ts';
import { type JoinReply, type JoinResponse, joinError, type SyncResponse, syncError } from './messages.ts';
import { isSupported, type MemberProtocols, selectProtocol, subscribedTopics } from './protocol-selection.ts';

export interface GroupInit {
  readonly state?: GroupState;
  readonly generationId?: number;
  readonly protocolType?: string | null;
  readonly protocolName?: string | null;
  readonly leaderId?: string | null;
  /** Wall-clock milliseconds, -1 if not known (group metadata before version 2). */
  readonly stateTimestampMs?: number;
}

export class ClassicGroup {
  readonly groupId: string;
  readonly members = new Map<string, Member>();
  /** Clients that were told a member id (MEMBER_ID_REQUIRED) and have not joined with it, with their time limit. */
  readonly pendingJoins = new Map<string, Timer>();
  /** Members that have not sent SyncGroup in this generation. */
  readonly pendingSyncs = new Set<string>();
  generationId: number;
  protocolType: string | null;
  protocolName: string | null;
  leaderId: string | null;
  /** Whether someone joined since the initial rebalance was delayed the last time. */
  newMemberAdded = false;
  joinTimer: Timer | undefined;
  syncTimer: Timer | undefined;

  readonly #clock: Clock;
  readonly #staticMembers = new Map<string, string>();
  #state: GroupState;
  #previousState: GroupState;
  #stateTimestampMs: number;
  #awaitingJoin = 0;
  #subscribedTopics: ReadonlySet<string> | null = null;

  constructor(groupId: string, clock: Clock, init: GroupInit = {}) {
    this.groupId = groupId;
    this.#clock = clock;
    this.#state = init.state ?? 'Empty';
    this.#previousState = this.#state;
    this.generationId = init.generationId ?? 0;
    this.protocolType = init.protocolType ?? null;
    this.protocolName = init.protocolName ?? null;
    this.leaderId = init.leaderId ?? null;
    this.#stateTimestampMs = init.stateTimestampMs ?? clock.nowMs();
  }

  get state(): GroupState {
    return this.#state;
  }

  get previousState(): GroupState {
    return this.#previousState;
  }

  /** When the group came into its state; wall-clock milliseconds, -1 if not known. */
  get stateTimestampMs(): number {
    return this.#stateTimestampMs;
  }

  get awaitingJoinCount(): number {
    return this.#awaitingJoin;
  }

  get hasAllMembersJoined(): boolean {
    return this.members.size === this.#awaitingJoin && this.pendingJoins.size === 0;
  }

  /** The longest that a member asks for; how long a rebalance waits. */
  get rebalanceTimeoutMs(): number {
    let longest = 0;
    for (const member of this.members.values()) longest = Math.max(longest, member.rebalanceTimeoutMs);
    return longest;
  }

  get usesConsumerProtocol(): boolean {
    return this.protocolType === 'consumer';
  }

  /** Topics of all members' subscriptions, null where the group's protocol does not say. */
  get subscribedTopics(): ReadonlySet<string> | null {
    return this.#subscribedTopics;
  }

  /** @throws Error on a transition that no sequence of requests may cause */
  transitionTo(state: GroupState): void {
    if (!mayTransition(this.#state, state)) throw new Error(`Group ${this.groupId}: from ${this.#state} to ${state}`);
    this.#previousState = this.#state;
    this.#state = state;
    this.#stateTimestampMs = this.#clock.nowMs();
  }

  /** Adds a member; the first one sets the protocol type and leads. */
  add(member: Member, reply?: JoinReply): void {
    if (member.groupInstanceId !== null) this.#staticMembers.set(member.groupInstanceId, member.memberId);
    if (this.members.size === 0) this.protocolType = member.protocolType;
    this.leaderId ??= member.memberId;
    this.members.set(member.memberId, member);
    this.#await(member, reply);
    this.removePendingJoin(member.memberId);
  }

  /** Takes a member or a pending one out; its requests must have been answered. The lead goes to the next one. */
  remove(memberId: string): void {
    const member = this.members.get(memberId);
    if (member) {
      this.members.delete(memberId);
      if (member.awaitingJoin) this.#awaitingJoin--;
      if (member.groupInstanceId !== null) this.#staticMembers.delete(member.groupInstanceId);
      member.session?.cancel();
    }
    if (this.leaderId === memberId) this.leaderId = this.members.keys().next().value ?? null;
    this.removePendingJoin(memberId);
    this.pendingSyncs.delete(memberId);
  }

  removePendingJoin(memberId: string): void {
    this.pendingJoins.get(memberId)?.cancel();
    this.pendingJoins.delete(memberId);
  }

  staticMemberId(groupInstanceId: string): string | undefined {
    return this.#staticMembers.get(groupInstanceId);
  }

  /** Puts a static member in the place of its earlier incarnation, whose waiting requests are fenced. */
  replaceStatic(groupInstanceId: string, oldMemberId: string, newMemberId: string): Member {
    const old = this.members.get(oldMemberId)!;
    this.answerJoin(old, joinError(ErrorCode.FENCED_INSTANCE_ID, oldMemberId));
    this.answerSync(old, syncError(ErrorCode.FENCED_INSTANCE_ID));
    old.session?.cancel();
    this.members.delete(oldMemberId);
    const member = new Member({ ...old, memberId: newMemberId });
    this.members.set(newMemberId, member);
    if (this.leaderId === oldMemberId) this.leaderId = newMemberId;
    this.#staticMembers.set(groupInstanceId, newMemberId);
    return member;
  }

  /** What a member says when it joins again. */
  update(
    member: Member,
    request: MemberProtocols & { rebalanceTimeoutMs: number; sessionTimeoutMs: number },
    reply: JoinReply,
  ): void {
    member.protocols = request.protocols;
    member.rebalanceTimeoutMs = request.rebalanceTimeoutMs;
    member.sessionTimeoutMs = request.sessionTimeoutMs;
    this.#await(member, reply);
  }

  /** Whether a client with these protocols may join: some protocol must be common to all. */
  supports(protocolType: string, protocols: MemberProtocols['protocols']): boolean {
    if (this.#state === 'Empty') return protocolType !== '' && protocols.length > 0;
    return this.protocolType === protocolType && isSupported(protocols, this.members.values());
  }

  selectProtocol(): string {
    return selectProtocol([...this.members.values()]);
  }

  /** Keeps the leader if it has joined, else elects one that has; false if nobody has. */
  electJoinedLeader(): boolean {
    if (this.leaderId === null) return false;
    if (this.members.get(this.leaderId)?.awaitingJoin) return true;
    for (const member of this.members.values()) {
      if (!member.awaitingJoin) continue;
      this.leaderId = member.memberId;
      return true;
    }
    return false;
  }

  /** Begins the next generation with those who are members now. */
  nextGeneration(): void {
    this.generationId = (this.generationId + 1) | 0;
    this.protocolName = this.members.size > 0 ? this.selectProtocol() : null;
    this.refreshSubscribedTopics();
    this.transitionTo(this.members.size > 0 ? 'CompletingRebalance' : 'Empty');
    this.pendingSyncs.clear();
  }

  refreshSubscribedTopics(): void {
    this.#subscribedTopics = this.usesConsumerProtocol ? subscribedTopics(this.protocolName, this.members) : null;
  }

  /** A consumer group whose subscriptions cannot be read counts as subscribed to everything. */
  isSubscribedTo(topic: string): boolean {
    return this.#subscribedTopics ? this.#subscribedTopics.has(topic) : this.usesConsumerProtocol;
  }

  /** @throws KafkaError UNKNOWN_MEMBER_ID, FENCED_INSTANCE_ID */
  validateMember(memberId: string, groupInstanceId: string | null): Member {
    if (groupInstanceId !== null) {
      const current = this.#staticMembers.get(groupInstanceId);
      if (current === undefined) throw new KafkaError(ErrorCode.UNKNOWN_MEMBER_ID);
      if (current !== memberId) throw new KafkaError(ErrorCode.FENCED_INSTANCE_ID);
    }
    const member = this.members.get(memberId);
    if (!member) throw new KafkaError(ErrorCode.UNKNOWN_MEMBER_ID);
    return member;
  }

  /** Answers a member's JoinGroup if one waits. */
  answerJoin(member: Member, response: JoinResponse): void {
    const reply = member.awaitingJoin;
    if (!reply) return;
    this.#await(member, undefined);
    reply(response);
  }

  /** Answers a member's SyncGroup if one waits; tells whether it did. */
  answerSync(member: Member, response: SyncResponse): boolean {
    const reply = member.awaitingSync;
    member.awaitingSync = undefined;
    reply?.(response);
    return reply !== undefined;
  }

  /** Ends every wait: timers are cancelled, waiting members told `errorCode`. */
  dispose(errorCode: number): void {
    this.joinTimer?.cancel();
    this.syncTimer?.cancel();
    for (const memberId of [...this.pendingJoins.keys()]) this.removePendingJoin(memberId);
    for (const member of this.members.values()) {
      member.session?.cancel();
      this.answerJoin(member, joinError(errorCode, member.memberId));
      this.answerSync(member, syncError(errorCode));
    }
  }

  #await(member: Member, reply: JoinReply | undefined): void {
    this.#awaitingJoin += Number(reply !== undefined) - Number(member.awaitingJoin !== undefined);
    member.awaitingJoin = reply;
  }
}
