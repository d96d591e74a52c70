// Descriptions of groups: each group needs DESCRIBE, and so do the topics that its members are described with.
import { ErrorCode } from '../../protocol/errors.ts';
import { AclOperation as Operation, AclResource as Resource } from '../security/acl.ts';
import type { Answer, Call, Guards, Response } from './call.ts';
import { partition } from './parts.ts';

const { DESCRIBE } = Operation;
type Describing = 'DescribeGroups' | 'ConsumerGroupDescribe' | 'ShareGroupDescribe' | 'StreamsGroupDescribe';
type Group<N extends Describing> = Response<N>['groups'][number];

interface Ways<N extends Describing> {
  groupIds(request: Call<N>['request']): readonly string[];
  /** The request with these groups and no others. */
  narrowed(request: Call<N>['request'], groupIds: readonly string[]): Call<N>['request'];
  /** Names of the topics that a description tells. */
  topicsOf?(group: Group<N>): readonly string[];
  /** What is left of a description of topics that may not be seen. */
  readonly hidden?: object;
}

function describing<N extends Describing>(ways: Ways<N>) {
  return (call: Call<N>): Answer<N> | Promise<Answer<N>> => {
    const { request, access } = call;
    const { allowed, refused } = partition(access, [DESCRIBE, Resource.GROUP], ways.groupIds(request), (id) => id);
    const refusals = call.refuse(ErrorCode.GROUP_AUTHORIZATION_FAILED, ways.narrowed(request, refused)).groups;
    return call.serveThen(
      (response) => {
        const told = response.groups.map((group) => withOperations(call, group as Group<N>));
        return { ...response, groups: hideTopics(call, [...(refusals as Group<N>[]), ...told], ways) } as Response<N>;
      },
      ways.narrowed(request, allowed),
    );
  };
}

function withOperations<N extends Describing>({ request, access }: Call<N>, group: Group<N>): Group<N> {
  if (group.errorCode !== ErrorCode.NONE || !request.includeAuthorizedOperations) return group;
  return { ...group, authorizedOperations: access.operations(Resource.GROUP, group.groupId) };
}

function hideTopics<N extends Describing>({ access }: Call<N>, groups: readonly Group<N>[], ways: Ways<N>): Group<N>[] {
  const topicsOf = (group: Group<N>) => (group.errorCode === ErrorCode.NONE ? (ways.topicsOf?.(group) ?? []) : []);
  const seen = access.allowed(DESCRIBE, Resource.TOPIC, new Set(groups.flatMap(topicsOf)));
  return groups.map((group) => {
    if (topicsOf(group).every((name) => seen.has(name))) return group;
    return { groupId: group.groupId, errorCode: ErrorCode.TOPIC_AUTHORIZATION_FAILED, ...ways.hidden } as Group<N>;
  });
}

interface Assigned {
  readonly topicPartitions: readonly { readonly topicName: string }[];
}

const namesOf = (assignments: readonly Assigned[]): string[] =>
  assignments.flatMap(({ topicPartitions }) => topicPartitions.map(({ topicName }) => topicName));

const NOTHING = { groupState: '', groupEpoch: 0, assignmentEpoch: 0, members: [] } as const;
const HIDDEN = {
  ...NOTHING,
  assignorName: '',
  errorMessage: 'The group has described topic(s) that the client is not authorized to describe.',
} as const;

export const describeGuards = {
  DescribeGroups: describing<'DescribeGroups'>({
    groupIds: ({ groups }) => groups,
    narrowed: (request, groups) => ({ ...request, groups: [...groups] }),
  }),
  ConsumerGroupDescribe: describing<'ConsumerGroupDescribe'>({
    groupIds: ({ groupIds }) => groupIds,
    narrowed: (request, groupIds) => ({ ...request, groupIds: [...groupIds] }),
    topicsOf: ({ members }) =>
      members.flatMap(({ assignment, targetAssignment }) => namesOf([assignment, targetAssignment])),
    hidden: HIDDEN,
  }),
  ShareGroupDescribe: describing<'ShareGroupDescribe'>({
    groupIds: ({ groupIds }) => groupIds,
    narrowed: (request, groupIds) => ({ ...request, groupIds: [...groupIds] }),
    topicsOf: ({ members }) => members.flatMap(({ assignment }) => namesOf([assignment])),
    hidden: HIDDEN,
  }),
  StreamsGroupDescribe: describing<'StreamsGroupDescribe'>({
    groupIds: ({ groupIds }) => groupIds,
    narrowed: (request, groupIds) => ({ ...request, groupIds: [...groupIds] }),
    topicsOf: ({ topology }) =>
      (topology?.subtopologies ?? []).flatMap((subtopology) => [
        ...subtopology.sourceTopics,
        ...subtopology.repartitionSinkTopics,
        ...subtopology.repartitionSourceTopics.map(({ name }) => name),
        ...subtopology.stateChangelogTopics.map(({ name }) => name),
      ]),
    hidden: {
      ...NOTHING,
      topology: null,
      errorMessage: 'The described group uses topics that the client is not authorized to describe.',
    },
  }),
} satisfies Guards;
