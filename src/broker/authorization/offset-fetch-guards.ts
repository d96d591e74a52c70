// Where groups are: DESCRIBE on the group and on each topic. Asked for all topics, those that may not be seen are left out.
import { ErrorCode } from '../../protocol/errors.ts';
import { ZERO_UUID } from '../../util/uuid.ts';
import { NO_RESPONSE } from '../handlers/define.ts';
import { AclOperation as Operation, AclResource as Resource } from '../security/acl.ts';
import type { Answer, Call, Guard, Guards, Request, Response } from './call.ts';
import { inOrder, partition } from './parts.ts';

const { DESCRIBE } = Operation;
const TOPIC_DENIED = ErrorCode.TOPIC_AUTHORIZATION_FAILED;
const GROUP_DENIED = ErrorCode.GROUP_AUTHORIZATION_FAILED;
const GROUPS_VERSION = 8;
/** In v1 there is no error of the group: its partitions carry it. */
const GROUP_ERROR_VERSION = 2;
const FIRST_VERSION_WITH_TOPIC_IDS = 10;

type Groups = Request<'OffsetFetch'>['groups'];
type Group = Groups[number];
type GroupAnswer = NonNullable<Response<'OffsetFetch'>['groups']>[number];

/** Before version 8 there is one group: its topics are asked and answered beside it. */
const offsetFetch: Guard<'OffsetFetch'> = (call) => {
  if (call.apiVersion < GROUPS_VERSION) return oneGroup(call);
  const { request, access } = call;
  const { allowed, refused } = partition(access, [DESCRIBE, Resource.GROUP], request.groups, ({ groupId }) => groupId);
  const reduced = allowed.map((group) => reduce(call, group));
  const refusals = call.refuse(GROUP_DENIED, { ...request, groups: [...refused] }).groups ?? [];
  if (allowed.length === 0) return { throttleTimeMs: 0, groups: refusals };
  return call.serveThen(
    (response) => {
      const served = (response.groups ?? []).map((answer, at) => complete(call, answer, reduced[at]!));
      return { ...response, groups: inOrder(request.groups, refused, { served, refused: refusals }) };
    },
    { ...request, groups: reduced.map(({ group }) => group) },
  );
};

interface Reduced {
  /** With the topics that may be seen. */
  readonly group: Group;
  readonly refused: NonNullable<Group['topics']>;
}

function reduce({ access, apiVersion, services }: Call<'OffsetFetch'>, group: Group): Reduced {
  if (group.topics === null) return { group, refused: [] };
  const nameOf = ({ name, topicId }: NonNullable<Group['topics']>[number]) =>
    apiVersion >= FIRST_VERSION_WITH_TOPIC_IDS ? services.metadata.topicById(topicId)?.name : name;
  const { allowed, refused } = partition(access, [DESCRIBE, Resource.TOPIC], group.topics, nameOf);
  return { group: { ...group, topics: [...allowed] }, refused: [...refused] };
}

function complete(call: Call<'OffsetFetch'>, answer: GroupAnswer, { group, refused }: Reduced): GroupAnswer {
  if (answer.errorCode !== ErrorCode.NONE) return answer;
  if (group.topics === null) return { ...answer, topics: seen(call, answer.topics ?? []) };
  if (refused.length === 0) return answer;
  const [refusal] =
    call.refuse(TOPIC_DENIED, { ...call.request, groups: [{ ...group, topics: refused }] }).groups ?? [];
  return { ...answer, topics: [...(answer.topics ?? []), ...(refusal?.topics ?? [])] };
}

function seen<T extends { readonly name?: string; readonly topicId?: string }>(
  { access, services }: Call<'OffsetFetch'>,
  topics: readonly T[],
): T[] {
  const nameOf = ({ name, topicId }: T) => name || services.metadata.topicById(topicId ?? '')?.name;
  return [...partition(access, [DESCRIBE, Resource.TOPIC], topics, nameOf).allowed];
}

function oneGroup(call: Call<'OffsetFetch'>): Answer<'OffsetFetch'> {
  const { request, access } = call;
  if (!access.may(DESCRIBE, Resource.GROUP, request.groupId))
    return call.apiVersion < GROUP_ERROR_VERSION ? call.refuse(GROUP_DENIED) : { errorCode: GROUP_DENIED, topics: [] };
  const isAll = request.topics === null;
  const asked = request.topics ?? [];
  const { allowed, refused } = partition(access, [DESCRIBE, Resource.TOPIC], asked, ({ name }) => name);
  const answer = call.serve({ ...request, topics: isAll ? null : [...allowed] }) as Answer<'OffsetFetch'>;
  if (answer === NO_RESPONSE || (answer.errorCode ?? 0) !== ErrorCode.NONE) return answer;
  if (isAll) return { ...answer, topics: seen(call, answer.topics ?? []) };
  if (refused.length === 0) return answer;
  const { topics = [] } = call.refuse(TOPIC_DENIED, { ...request, topics: [...refused] });
  return { ...answer, topics: [...(answer.topics ?? []), ...topics] };
}

type ShareGroupAnswer = Response<'DescribeShareGroupOffsets'>['groups'][number];

const describeShareGroupOffsets: Guard<'DescribeShareGroupOffsets'> = (call) => {
  const { request, access } = call;
  const onTopics = [DESCRIBE, Resource.TOPIC] as const;
  const byGroup = partition(access, [DESCRIBE, Resource.GROUP], request.groups, ({ groupId }) => groupId);
  const parts = byGroup.allowed.map(({ topics }) =>
    partition(access, onTopics, topics ?? [], ({ topicName }) => topicName),
  );
  const complete = (answer: ShareGroupAnswer, at: number): ShareGroupAnswer => {
    if (answer.errorCode !== ErrorCode.NONE) return answer;
    if (byGroup.allowed[at]?.topics === null)
      return { ...answer, topics: [...partition(access, onTopics, answer.topics, (topic) => topic.topicName).allowed] };
    return { ...answer, topics: [...answer.topics, ...(parts[at]?.refused ?? []).map(refusedTopic)] };
  };
  const refusals = call.refuse(GROUP_DENIED, { ...request, groups: [...byGroup.refused] }).groups;
  const groups = byGroup.allowed.map((group, at) => ({
    ...group,
    topics: group.topics === null ? null : [...parts[at]!.allowed],
  }));
  return call.serveThen(
    (response) => ({
      ...response,
      groups: inOrder(request.groups, byGroup.refused, { served: response.groups.map(complete), refused: refusals }),
    }),
    { ...request, groups },
  );
};

function refusedTopic({
  topicName,
  partitions,
}: {
  readonly topicName: string;
  readonly partitions: readonly number[];
}) {
  return {
    topicName,
    topicId: ZERO_UUID,
    partitions: partitions.map((partitionIndex) => ({
      partitionIndex,
      startOffset: 0,
      leaderEpoch: 0,
      errorCode: TOPIC_DENIED,
      errorMessage: 'Topic authorization failed.',
    })),
  };
}

export const offsetFetchGuards = {
  OffsetFetch: offsetFetch,
  DescribeShareGroupOffsets: describeShareGroupOffsets,
} satisfies Guards;
