// The second half of a rebalance: members wait for what the leader assigns to them.
import { ErrorCode } from '../../protocol/errors.ts';
import type { ClassicGroup } from './classic-group.ts';
import type { GroupContext } from './context.ts';
import { restartSession } from './sessions.ts';

/** Answers every waiting SyncGroup, with the member's assignment or with an error; sessions of those answered start anew. */
export function propagateAssignment(context: GroupContext, group: ClassicGroup, errorCode: number): void {
  const succeeded = errorCode === ErrorCode.NONE;
  for (const member of group.members.values()) {
    const answered = group.answerSync(member, {
      errorCode,
      protocolType: succeeded ? group.protocolType : null,
      protocolName: succeeded ? group.protocolName : null,
      assignment: member.assignment,
    });
    if (answered) restartSession(context, group, member);
  }
}

/** Members that have joined must send SyncGroup within the rebalance timeout; those who do not are removed. */
export function schedulePendingSync(
  context: GroupContext,
  group: ClassicGroup,
  rebalance: (context: GroupContext, group: ClassicGroup, reason: string) => void,
): void {
  group.syncTimer?.cancel();
  group.syncTimer = context.clock.setTimer(group.rebalanceTimeoutMs, () => {
    const late = [...group.pendingSyncs];
    if (late.length === 0) return;
    for (const memberId of late) group.remove(memberId);
    rebalance(context, group, `Removing ${late.join(', ')} on pending sync request expiration`);
  });
}

export function removePendingSync(group: ClassicGroup, memberId: string): void {
  group.pendingSyncs.delete(memberId);
  if (group.pendingSyncs.size === 0) group.syncTimer?.cancel();
}
