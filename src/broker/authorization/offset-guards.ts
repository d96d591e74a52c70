// Offsets that groups have committed.
import { ErrorCode } from '../../protocol/errors.ts';
import { ZERO_UUID } from '../../util/uuid.ts';
import { AclOperation as Operation, AclResource as Resource } from '../security/acl.ts';
import type { Answer, Call, Guard, Guards, Request } from './call.ts';
import { partition } from './parts.ts';

const { READ, WRITE, DELETE } = Operation;
const TOPIC_DENIED = ErrorCode.TOPIC_AUTHORIZATION_FAILED;
const GROUP_DENIED = ErrorCode.GROUP_AUTHORIZATION_FAILED;
const FIRST_COMMIT_VERSION_WITH_TOPIC_IDS = 10;

const offsetCommit: Guard<'OffsetCommit'> = (call) => {
  const { request, access, apiVersion, services } = call;
  if (!access.may(READ, Resource.GROUP, request.groupId)) return call.refuse(GROUP_DENIED);
  const nameOf = ({ name, topicId }: (typeof request.topics)[number]) =>
    apiVersion >= FIRST_COMMIT_VERSION_WITH_TOPIC_IDS ? services.metadata.topicById(topicId)?.name : name;
  const { allowed, refused } = partition(access, [READ, Resource.TOPIC], request.topics, nameOf);
  if (refused.length === 0) return call.serve();
  const { topics } = call.refuse(TOPIC_DENIED, { ...request, topics: [...refused] });
  if (allowed.length === 0) return { topics };
  return call.serveThen((response) => ({ ...response, topics: [...topics, ...response.topics] }), {
    ...request,
    topics: [...allowed],
  });
};

const txnOffsetCommit: Guard<'TxnOffsetCommit'> = (call) => {
  const { request, access } = call;
  if (!access.may(WRITE, Resource.TRANSACTIONAL_ID, request.transactionalId))
    return call.refuse(ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED);
  if (!access.may(READ, Resource.GROUP, request.groupId)) return call.refuse(GROUP_DENIED);
  const { allowed, refused } = partition(access, [READ, Resource.TOPIC], request.topics, ({ name }) => name);
  if (refused.length === 0) return call.serve();
  const { topics } = call.refuse(TOPIC_DENIED, { ...request, topics: [...refused] });
  if (allowed.length === 0) return { throttleTimeMs: 0, topics };
  return call.serveThen((response) => ({ ...response, topics: [...topics, ...response.topics] }), {
    ...request,
    topics: [...allowed],
  });
};

/** An error of the group is the whole answer, whatever the topics. */
const offsetDelete: Guard<'OffsetDelete'> = (call) => {
  const { request, access } = call;
  if (!access.may(DELETE, Resource.GROUP, request.groupId)) return call.refuse(GROUP_DENIED);
  const { allowed, refused } = partition(access, [READ, Resource.TOPIC], request.topics, ({ name }) => name);
  if (refused.length === 0) return call.serve();
  const topics = refused.map(({ name, partitions }) => ({
    name,
    partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, errorCode: TOPIC_DENIED })),
  }));
  return call.serveThen(
    (response) =>
      response.errorCode === ErrorCode.NONE ? { ...response, topics: [...topics, ...response.topics] } : response,
    { ...request, topics: [...allowed] },
  );
};

type ShareOffsets = 'AlterShareGroupOffsets' | 'DeleteShareGroupOffsets';

interface AskedTopics {
  readonly groupId: string;
  readonly topics: readonly {
    readonly topicName: string;
    readonly partitions?: readonly { partitionIndex: number }[];
  }[];
}

/** Changes where a share group begins to read: an operation on the group, READ on each topic. */
function shareOffsets<N extends ShareOffsets>(operation: number): Guard<N> {
  return (call) => {
    const request = call.request as unknown as AskedTopics;
    if (!call.access.may(operation, Resource.GROUP, request.groupId))
      return call.refuse(GROUP_DENIED, call.request, 'Group authorization failed.');
    const nameOf = ({ topicName }: AskedTopics['topics'][number]) => topicName;
    const { allowed, refused } = partition(call.access, [READ, Resource.TOPIC], request.topics, nameOf);
    if (refused.length === 0) return call.serve();
    const refusals = refused.map((topic) => refusedShareTopic(call as unknown as Call<ShareOffsets>, topic));
    return call.serveThen(
      (response) => {
        const { errorCode, responses } = response as { errorCode: number; responses: readonly object[] };
        if (errorCode !== ErrorCode.NONE) return response;
        return { ...response, responses: [...refusals, ...responses] } as typeof response;
      },
      { ...request, topics: allowed } as unknown as Request<N>,
    ) as Answer<N>;
  };
}

const DENIAL = { errorCode: TOPIC_DENIED, errorMessage: 'Topic authorization failed.' } as const;

function refusedShareTopic(
  { services }: Call<ShareOffsets>,
  { topicName, partitions }: AskedTopics['topics'][number],
): object {
  if (!partitions) return { topicName, topicId: ZERO_UUID, ...DENIAL };
  const topicId = services.metadata.topic(topicName)?.id ?? ZERO_UUID;
  return {
    topicName,
    topicId,
    partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, ...DENIAL })),
  };
}

export const offsetGuards = {
  OffsetCommit: offsetCommit,
  TxnOffsetCommit: txnOffsetCommit,
  OffsetDelete: offsetDelete,
  AlterShareGroupOffsets: shareOffsets(READ),
  DeleteShareGroupOffsets: shareOffsets(DELETE),
} satisfies Guards;
