// StreamsGroupDescribe (StreamsGroup.asDescribedGroup).
import { ErrorCode, KafkaError } from '../../../protocol/errors.ts';
import type { StreamsGroupDescribe } from '../../../protocol/messages/streams-group-describe.ts';
import type { ResponseInput } from '../../../protocol/schema.ts';
import { tableOrder } from '../list-order.ts';
import type { StreamsContext } from './context.ts';
import { existingGroup } from './find-group.ts';
import type { GroupMember } from './group-member.ts';
import type { StreamsGroup } from './streams-group.ts';
import { type OwnedTasks, partitionsIn, type Tasks, toTaskIds } from './tasks.ts';
import type { InternalTopic } from './topics/configured-topology.ts';
import type { TopicInfo } from './topology.ts';

export type DescribedStreamsGroup = ResponseInput<typeof StreamsGroupDescribe>['groups'][number];

/** A group that is none of this protocol is described by its error. */
export function describeStreamsGroup(context: StreamsContext, groupId: string): DescribedStreamsGroup {
  try {
    return describe(existingGroup(context, groupId));
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    return failedDescription(groupId, error.code, error.message);
  }
}

export function failedDescription(
  groupId: string,
  errorCode: number,
  errorMessage: string | null = null,
): DescribedStreamsGroup {
  const nothing = { groupState: '', groupEpoch: 0, assignmentEpoch: 0, topology: null, members: [] };
  return { errorCode, errorMessage, groupId, ...nothing };
}

function describe(group: StreamsGroup): DescribedStreamsGroup {
  return {
    errorCode: ErrorCode.NONE,
    groupId: group.groupId,
    groupState: group.state,
    groupEpoch: group.epoch,
    assignmentEpoch: group.targetEpoch,
    topology: describeTopology(group),
    members: tableOrder([...group.members.keys()]).map((memberId) =>
      describeMember(group.members.get(memberId)!, group.target(memberId)),
    ),
  };
}

/** With the numbers of partitions that were decided on, once the topics are right. */
function describeTopology({ topology, configured }: StreamsGroup): DescribedStreamsGroup['topology'] {
  if (topology === null) return null;
  const ready = configured?.problem === null ? configured.subtopologies : null;
  const subtopologies = [...topology.subtopologies].sort((a, b) => (a.subtopologyId < b.subtopologyId ? -1 : 1));
  return {
    epoch: topology.epoch,
    subtopologies: subtopologies.map((subtopology) => {
      const internal = ready?.get(subtopology.subtopologyId) ?? subtopology;
      return {
        subtopologyId: subtopology.subtopologyId,
        sourceTopics: [...subtopology.sourceTopics].sort(),
        repartitionSinkTopics: [...subtopology.repartitionSinkTopics].sort(),
        repartitionSourceTopics: topicInfos(internal.repartitionSourceTopics),
        stateChangelogTopics: topicInfos(internal.stateChangelogTopics),
      };
    }),
  };
}

function topicInfos(topics: readonly (TopicInfo | InternalTopic)[]) {
  return topics
    .map(({ name, partitions, replicationFactor, topicConfigs }) => ({
      name,
      partitions,
      replicationFactor,
      topicConfigs: [...topicConfigs],
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function describeMember(member: GroupMember, target: Tasks) {
  return {
    memberId: member.memberId,
    memberEpoch: member.epoch,
    instanceId: member.instanceId,
    rackId: member.rackId,
    clientId: member.clientId,
    clientHost: member.clientHost,
    topologyEpoch: member.topologyEpoch,
    processId: member.processId,
    userEndpoint: member.userEndpoint,
    clientTags: [...member.clientTags].map(([key, value]) => ({ key, value })),
    taskOffsets: [],
    taskEndOffsets: [],
    assignment: describeTasks(member.assigned),
    targetAssignment: describeTasks(target),
    isClassic: false,
  };
}

export function describeTasks({ active, standby, warmup }: Tasks | OwnedTasks) {
  const list = (tasks: Parameters<typeof partitionsIn>[0]) =>
    toTaskIds(new Map([...tasks.keys()].map((id) => [id, partitionsIn(tasks, id)])));
  return { activeTasks: list(active), standbyTasks: list(standby), warmupTasks: list(warmup) };
}
