// Records of partitions and their offsets.
import { ErrorCode } from '../../protocol/errors.ts';
import { whyInvalidTopicName } from '../../util/topic-name.ts';
import { CloseConnection } from '../handlers/define.ts';
import { hasTransaction } from '../produce/verify-transaction.ts';
import { AclOperation as Operation, AclResource as Resource } from '../security/acl.ts';
import type { Guard, Guards, Request, Response } from './call.ts';
import { inOrder, partition } from './parts.ts';

const { READ, WRITE, DELETE, DESCRIBE, CLUSTER_ACTION } = Operation;
const DENIED = ErrorCode.TOPIC_AUTHORIZATION_FAILED;
const FIRST_PRODUCE_VERSION_WITH_TOPIC_IDS = 13;

const produce: Guard<'Produce'> = (call) => {
  const { request, access, services } = call;
  const { transactionalId, topicData, acks } = request;
  const isOfTransaction = () =>
    topicData.some(({ partitionData }) => partitionData.some(({ records }) => hasTransaction(records)));
  if (transactionalId !== null && isOfTransaction()) {
    if (!access.may(WRITE, Resource.TRANSACTIONAL_ID, transactionalId))
      return call.refuse(ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED);
  }
  const byId = call.apiVersion >= FIRST_PRODUCE_VERSION_WITH_TOPIC_IDS;
  const nameOf = ({ name, topicId }: (typeof topicData)[number]) =>
    byId ? services.metadata.topicById(topicId)?.name : name;
  const { allowed, refused } = partition(access, [WRITE, Resource.TOPIC], topicData, nameOf);
  if (refused.length === 0) return call.serve();
  const left = { ...request, topicData: [...allowed] };
  if (acks === 0) {
    if (allowed.length > 0) call.serve(left);
    throw new CloseConnection(`produce with acks=0 is not allowed to ${call.context.connection.principal}`);
  }
  const { responses } = call.refuse(DENIED, { ...request, topicData: [...refused] });
  if (allowed.length === 0) return { responses };
  return call.serveThen((response) => ({ ...response, responses: [...response.responses, ...responses] }), left);
};

interface OfTopics {
  readonly topics: readonly { readonly name?: string; readonly topic?: string }[];
}

/** Needs an operation on each topic of the request. */
function onTopics<N extends 'ListOffsets' | 'DeleteRecords' | 'OffsetForLeaderEpoch'>(operation: number): Guard<N> {
  return (call) => {
    const request = call.request as unknown as OfTopics;
    const nameOf = ({ name, topic }: OfTopics['topics'][number]) => name ?? topic;
    const { allowed, refused } = partition(call.access, [operation, Resource.TOPIC], request.topics, nameOf);
    if (refused.length === 0) return call.serve();
    const only = (topics: OfTopics['topics']) => ({ ...request, topics }) as unknown as Request<N>;
    const { topics } = call.refuse(DENIED, only(refused)) as OfTopics;
    const then = (response: Response<N>) =>
      ({ ...response, topics: [...(response as OfTopics).topics, ...topics] }) as Response<N>;
    return call.serveThen(then, only(allowed));
  };
}

const offsetForLeaderEpoch: Guard<'OffsetForLeaderEpoch'> = (call) =>
  call.access.onCluster(CLUSTER_ACTION, { quietly: true })
    ? call.serve()
    : onTopics<'OffsetForLeaderEpoch'>(DESCRIBE)(call);

const describeProducers: Guard<'DescribeProducers'> = (call) => {
  const { request, access } = call;
  const nameOf = ({ name }: { name: string }) => (whyInvalidTopicName(name) === undefined ? name : undefined);
  const { allowed, refused } = partition(access, [READ, Resource.TOPIC], request.topics, nameOf);
  if (refused.length === 0) return call.serve();
  const { topics } = call.refuse(DENIED, { ...request, topics: [...refused] }, 'Topic authorization failed.');
  return call.serveThen(
    (response) => ({
      ...response,
      topics: inOrder(request.topics, refused, { served: response.topics, refused: topics }),
    }),
    { ...request, topics: [...allowed] },
  );
};

export const recordGuards = {
  Produce: produce,
  ListOffsets: onTopics(DESCRIBE),
  DeleteRecords: onTopics(DELETE),
  OffsetForLeaderEpoch: offsetForLeaderEpoch,
  DescribeProducers: describeProducers,
} satisfies Guards;
