// The assignor `uniform` (UniformAssignor): everybody gets as many partitions as everybody else, as far as the
// subscriptions let them, and keeps what it has as far as that allows.

import { hashMapOrder } from '../../../../util/java-hash.ts';
import {
  AssignmentBuilder,
  type Assignor,
  type AssignorInput,
  type AssignorMember,
  isHomogeneous,
  topicIdsOfAll,
} from '../../modern/assignor.ts';
import { topicIdHash } from './topic-id-hash.ts';
import { assignUnevenly } from './uniform-uneven.ts';

export const assignUniformly: Assignor = (input) =>
  isHomogeneous(input.members) ? assignEvenly(input) : assignUnevenly(input);

interface Place {
  readonly topicId: string;
  readonly partition: number;
}

/** All members want the same topics: the first ones get one partition more where it does not come out even. */
function assignEvenly(input: AssignorInput): ReturnType<Assignor> {
  const { members, partitionCount } = input;
  const topicIds = hashMapOrder([...topicIdsOfAll(members)], topicIdHash);
  const total = topicIds.reduce((sum, topicId) => sum + partitionCount(topicId), 0);
  const quota = Math.floor(total / members.length);
  const builder = new AssignmentBuilder(members);
  const unassigned = unassignedPlaces(topicIds, input);
  const room: { memberId: string; left: number }[] = [];
  for (const [i, member] of members.entries()) {
    const { left, surplus } = keep(builder, member, quota + (i < total % members.length ? 1 : 0));
    unassigned.push(...surplus);
    room.push({ memberId: member.memberId, left });
  }
  const places = unassigned[Symbol.iterator]();
  for (const { memberId, left } of room) {
    for (let i = 0; i < left; i++) {
      const { value } = places.next();
      if (value) builder.add(memberId, value.topicId, value.partition);
    }
  }
  return builder.build();
}

function unassignedPlaces(topicIds: readonly string[], { members, partitionCount }: AssignorInput): Place[] {
  const isAssigned = (topicId: string, partition: number) =>
    members.some(({ current }) => current.get(topicId)?.includes(partition) ?? false);
  return topicIds.flatMap((topicId) =>
    Array.from({ length: partitionCount(topicId) }, (_, partition) => ({ topicId, partition })).filter(
      ({ partition }) => !isAssigned(topicId, partition),
    ),
  );
}

/** Leaves a member what it has, up to its quota. */
function keep(builder: AssignmentBuilder, member: AssignorMember, quota: number): { left: number; surplus: Place[] } {
  const surplus: Place[] = [];
  let left = quota;
  for (const [topicId, partitions] of member.current) {
    if (!member.topicIds.has(topicId)) continue;
    for (const partition of partitions) {
      if (left > 0) {
        builder.add(member.memberId, topicId, partition);
        left--;
      } else surplus.push({ topicId, partition });
    }
  }
  return { left, surplus };
}
