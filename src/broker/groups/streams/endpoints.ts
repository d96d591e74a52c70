// Where interactive queries find partitions (EndpointToPartitionsManager): of each member with an endpoint the partitions
// that its tasks read.

import type { StreamsGroupHeartbeat } from '../../../protocol/messages/streams-group-heartbeat.ts';
import type { ResponseInput } from '../../../protocol/schema.ts';
import { hashMapOrder, javaStringHash } from '../../../util/java-hash.ts';
import { tableOrder } from '../list-order.ts';
import type { TopicCatalog } from '../modern/topic-catalog.ts';
import type { GroupMember } from './group-member.ts';
import type { StreamsGroup } from './streams-group.ts';
import { partitionsIn } from './tasks.ts';
import { inputsOf } from './topology.ts';

type PartitionsOfEndpoint = NonNullable<
  ResponseInput<typeof StreamsGroupHeartbeat>['partitionsByUserEndpoint']
>[number];
type TopicPartitions = { topic: string; partitions: number[] };

/** @param updated the member that asks, as it will be; it comes last */
export function partitionsByEndpoint(
  group: StreamsGroup,
  updated: GroupMember,
  topics: TopicCatalog,
): PartitionsOfEndpoint[] {
  const others = tableOrder([...group.members.keys()]).filter((memberId) => memberId !== updated.memberId);
  return [...others.map((memberId) => group.members.get(memberId)!), updated].flatMap((member) => {
    const { userEndpoint, assigned } = member;
    if (userEndpoint === null) return [];
    const activePartitions = topicPartitions(group, assigned.active, topics);
    const standbyPartitions = topicPartitions(group, assigned.standby, topics);
    return [{ userEndpoint, activePartitions, standbyPartitions }];
  });
}

function topicPartitions(
  { configured }: StreamsGroup,
  tasks: Parameters<typeof partitionsIn>[0],
  topics: TopicCatalog,
): TopicPartitions[] {
  return [...tasks.keys()].flatMap((subtopologyId) => {
    const subtopology = configured?.subtopologies?.get(subtopologyId)?.subtopology;
    if (!subtopology) return [];
    const partitions = partitionsIn(tasks, subtopologyId);
    return hashMapOrder(inputsOf(subtopology), javaStringHash).map((topic) => {
      const count = topics.topic(topic)?.partitions.length ?? 0;
      // As in Kafka: a topic with fewer partitions than the member has tasks stands for the first of them.
      return { topic, partitions: partitions.slice(0, Math.min(count, partitions.length)) };
    });
  });
}
