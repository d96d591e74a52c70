// A static member (KIP-345) that comes back without its member id takes the place of its earlier incarnation.
import { KafkaError } from '../../protocol/errors.ts';
import type { ClassicGroup } from './classic-group.ts';
import type { GroupContext } from './context.ts';
import type { Member } from './member.ts';
import { type Join, joinError } from './messages.ts';
import { joinResponse, maybeCompleteJoin, prepareRebalance, rebalanceOrCompleteJoin } from './rebalance.ts';
import { groupMetadataRecord } from './records.ts';
import { restartSession } from './sessions.ts';

/** From this version on a returning leader is told to skip the assignment instead of another member being named leader (KIP-814). */
const SKIP_ASSIGNMENT_VERSION = 9;

export function joinAsStaticMember(
  context: GroupContext,
  group: ClassicGroup,
  join: Join,
  ids: { oldMemberId: string; newMemberId: string },
): void {
  const { request, reply } = join;
  const leaderBefore = group.leaderId;
  const old = group.members.get(ids.oldMemberId)!;
  const member = group.replaceStatic(request.groupInstanceId!, ids.oldMemberId, ids.newMemberId);
  restartSession(context, group, member);
  group.update(member, request, reply);
  const who = `static member ${ids.newMemberId} with instance id ${request.groupInstanceId}`;
  if (group.state === 'Stable') {
    if (group.selectProtocol() !== group.protocolName) {
      rebalanceOrCompleteJoin(context, group, `${who} changes the selected protocol`);
    } else {
      resume(context, group, join, { member, old, leaderBefore });
    }
  } else if (group.state === 'CompletingRebalance') {
    // The leader may be assigning to the old member id already: nobody would get what it assigns.
    prepareRebalance(context, group, `Updating metadata for ${who}`);
  } else {
    maybeCompleteJoin(context, group);
  }
}

/** The member goes on where it was, without a rebalance; only its new id is put on record. */
function resume(
  context: GroupContext,
  group: ClassicGroup,
  { client, request }: Join,
  change: { member: Member; old: Member; leaderBefore: string | null },
): void {
  const { member, old, leaderBefore } = change;
  const assignments = new Map([...group.members].map(([memberId, { assignment }]) => [memberId, assignment]));
  try {
    context.append(group.groupId, [groupMetadataRecord(group, assignments)]);
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    group.answerJoin(member, { ...joinError(error.code), generationId: group.generationId });
    const restored = group.replaceStatic(request.groupInstanceId!, member.memberId, old.memberId);
    Object.assign(restored, {
      protocols: old.protocols,
      rebalanceTimeoutMs: old.rebalanceTimeoutMs,
      sessionTimeoutMs: old.sessionTimeoutMs,
    });
    restartSession(context, group, restored);
    return;
  }
  const isLeader = group.leaderId === member.memberId;
  if (client.apiVersion >= SKIP_ASSIGNMENT_VERSION) {
    group.answerJoin(member, { ...joinResponse(group, member, isLeader), skipAssignment: isLeader });
  } else {
    // Named by its old id, the leader does not know itself and leaves the assignment as it is.
    group.answerJoin(member, { ...joinResponse(group, member, false), leader: leaderBefore ?? '' });
  }
}
