import {
  StreamsGroupDescribe,
  type StreamsGroupDescribeResponse,
} from '../../protocol/messages/streams-group-describe.ts';
import type { Broker } from '../broker-link.ts';
import type { Cluster } from '../cluster.ts';
import { throwIfError } from '../errors.ts';
import { askCoordinator } from './coordinators.ts';
import { perGroup } from './groups.ts';
import { HANDLERS } from './handler-log.ts';
import type { CallOptions, Outcome, StreamsGroupDescription, StreamsTasks } from './types.ts';

type DescribedGroup = StreamsGroupDescribeResponse['groups'][number];
type DescribedMember = DescribedGroup['members'][number];

/** @see Admin.describeStreamsGroups */
export function describeStreamsGroups(
  cluster: Cluster,
  groupIds: readonly string[],
  { timeoutMs }: CallOptions = {},
): Promise<Map<string, Outcome<StreamsGroupDescription>>> {
  return perGroup(groupIds, (group) =>
    askCoordinator(cluster, HANDLERS.describeStreams, { group }, (broker) => describeGroup(broker, group), timeoutMs),
  );
}

async function describeGroup(broker: Broker, groupId: string): Promise<StreamsGroupDescription> {
  const request = { groupIds: [groupId], includeAuthorizedOperations: false };
  const [group] = (await broker.send(StreamsGroupDescribe, request)).groups;
  if (!group) throw new Error(`StreamsGroupDescribe left out ${groupId}`);
  throwIfError(group.errorCode, group.errorMessage);
  const names = (topics: readonly { readonly name: string }[]) => topics.map(({ name }) => name);
  return {
    groupId,
    state: group.groupState,
    groupEpoch: group.groupEpoch,
    assignmentEpoch: group.assignmentEpoch,
    topologyEpoch: group.topology?.epoch ?? -1,
    subtopologies: (group.topology?.subtopologies ?? []).map((subtopology) => ({
      subtopologyId: subtopology.subtopologyId,
      sourceTopics: subtopology.sourceTopics,
      repartitionSourceTopics: names(subtopology.repartitionSourceTopics),
      stateChangelogTopics: names(subtopology.stateChangelogTopics),
    })),
    members: group.members.map(memberOf),
    coordinator: broker.node,
  };
}

function memberOf(member: DescribedMember) {
  const { memberId, memberEpoch, processId, clientId, clientHost: host, isClassic } = member;
  const assignment = tasksOf(member.assignment);
  const targetAssignment = tasksOf(member.targetAssignment);
  return { memberId, memberEpoch, processId, clientId, host, isClassic, assignment, targetAssignment };
}

function tasksOf({ activeTasks, standbyTasks, warmupTasks }: DescribedMember['assignment']): StreamsTasks {
  return { active: activeTasks, standby: standbyTasks, warmup: warmupTasks };
}
