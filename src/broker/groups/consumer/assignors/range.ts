// The assignor `range` (RangeAssignor): of each topic every subscriber gets one run of partitions, the first ones a
// longer one; equal numbers of different topics come to the same member. Static members come first.
import { AssignmentBuilder, type Assignor, type AssignorMember } from '../../modern/assignor.ts';

export const assignRanges: Assignor = ({ members, partitionCount }) => {
  const sorted = [...members].sort(byInstanceThenMember);
  const builder = new AssignmentBuilder(members);
  for (const topicId of new Set(sorted.flatMap(({ topicIds }) => [...topicIds]))) {
    const subscribers = sorted.filter(({ topicIds }) => topicIds.has(topicId));
    const count = partitionCount(topicId);
    const quota = Math.floor(count / subscribers.length);
    const longer = count % subscribers.length;
    let partition = 0;
    for (const [i, { memberId }] of subscribers.entries()) {
      const end = partition + quota + (i < longer ? 1 : 0);
      for (; partition < end; partition++) builder.add(memberId, topicId, partition);
    }
  }
  return builder.build();
};

function byInstanceThenMember(a: AssignorMember, b: AssignorMember): number {
  if (a.instanceId !== null && b.instanceId !== null) return compare(a.instanceId, b.instanceId);
  if (a.instanceId !== null) return -1;
  if (b.instanceId !== null) return 1;
  return compare(a.memberId, b.memberId);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
