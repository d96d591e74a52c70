// Time limits of members: each has one timer, started anew whenever it is heard of.
import type { ClassicGroup } from './classic-group.ts';
import type { GroupContext } from './context.ts';
import type { Member } from './member.ts';

/**
 * How long a member that joined for the first time stays without a sign of life. It cannot send heartbeats while its
 * JoinGroup waits, and a client that gave up and joined again leaves a member behind that nobody speaks for
 * (CLASSIC_GROUP_NEW_MEMBER_JOIN_TIMEOUT_MS, KAFKA-7610).
 */
export const NEW_MEMBER_JOIN_TIMEOUT_MS = 5 * 60 * 1000;

export function restartSession(
  context: GroupContext,
  group: ClassicGroup,
  member: Member,
  timeoutMs: number = member.sessionTimeoutMs,
): void {
  member.session?.cancel();
  member.session = context.clock.setTimer(timeoutMs, () => context.sessionExpired(group, member.memberId));
}

/** Lets a client that was told `memberId` join with it until its session timeout has passed. */
export function expectJoin(context: GroupContext, group: ClassicGroup, memberId: string, timeoutMs: number): void {
  const timer = context.clock.setTimer(timeoutMs, () => context.sessionExpired(group, memberId));
  group.pendingJoins.set(memberId, timer);
}
