// Producers and their transactions.
import { ErrorCode } from '../../protocol/errors.ts';
import { AclOperation as Operation, AclResource as Resource } from '../security/acl.ts';
import type { Guard, Guards, Request } from './call.ts';
import { inOrder, partition } from './parts.ts';

const { READ, WRITE, DESCRIBE, CLUSTER_ACTION, IDEMPOTENT_WRITE } = Operation;
const DENIED = ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED;
/** From this version on only brokers add partitions to several transactions at once. */
const BATCHED_VERSION = 4;

const initProducerId: Guard<'InitProducerId'> = (call) => {
  const { access } = call;
  const { transactionalId } = call.request;
  if (transactionalId === null) {
    const may = access.onCluster(IDEMPOTENT_WRITE, { quietly: true }) || access.onAny(WRITE, Resource.TOPIC);
    return may ? call.serve() : call.refuse(ErrorCode.CLUSTER_AUTHORIZATION_FAILED);
  }
  return access.may(WRITE, Resource.TRANSACTIONAL_ID, transactionalId) ? call.serve() : call.refuse(DENIED);
};

const endTxn: Guard<'EndTxn'> = (call) =>
  call.access.may(WRITE, Resource.TRANSACTIONAL_ID, call.request.transactionalId) ? call.serve() : call.refuse(DENIED);

const addOffsetsToTxn: Guard<'AddOffsetsToTxn'> = (call) => {
  const { transactionalId, groupId } = call.request;
  if (!call.access.may(WRITE, Resource.TRANSACTIONAL_ID, transactionalId)) return call.refuse(DENIED);
  if (!call.access.may(READ, Resource.GROUP, groupId)) return call.refuse(ErrorCode.GROUP_AUTHORIZATION_FAILED);
  return call.serve();
};

const addPartitionsToTxn: Guard<'AddPartitionsToTxn'> = (call) => {
  const { request, access } = call;
  if (call.apiVersion >= BATCHED_VERSION) {
    if (access.onCluster(CLUSTER_ACTION)) return call.serve();
    return { throttleTimeMs: 0, errorCode: ErrorCode.CLUSTER_AUTHORIZATION_FAILED, resultsByTransaction: [] };
  }
  if (!access.may(WRITE, Resource.TRANSACTIONAL_ID, request.v3AndBelowTransactionalId)) return call.refuse(DENIED);
  // Which topics may be added its handler asks: where one may not, none is.
  return call.serve();
};

const describeTransactions: Guard<'DescribeTransactions'> = (call) => {
  const { request, access } = call;
  const ids = request.transactionalIds.map((id) => ({ id }));
  const { allowed, refused } = partition(access, [DESCRIBE, Resource.TRANSACTIONAL_ID], ids, ({ id }) => id);
  const only = (some: readonly { id: string }[]): Request<'DescribeTransactions'> => ({
    ...request,
    transactionalIds: some.map(({ id }) => id),
  });
  const refusals = call.refuse(DENIED, only(refused)).transactionStates;
  return call.serveThen((response) => {
    const served = response.transactionStates.map((state) => ({
      ...state,
      topics: state.topics.filter(({ topic }) => access.may(DESCRIBE, Resource.TOPIC, topic)),
    }));
    return { ...response, transactionStates: inOrder(ids, refused, { served, refused: refusals }) };
  }, only(allowed));
};

const listTransactions: Guard<'ListTransactions'> = (call) =>
  call.serveThen((response) => ({
    ...response,
    transactionStates: response.transactionStates.filter(({ transactionalId }) =>
      call.access.may(DESCRIBE, Resource.TRANSACTIONAL_ID, transactionalId),
    ),
  }));

export const transactionGuards = {
  InitProducerId: initProducerId,
  EndTxn: endTxn,
  AddOffsetsToTxn: addOffsetsToTxn,
  AddPartitionsToTxn: addPartitionsToTxn,
  DescribeTransactions: describeTransactions,
  ListTransactions: listTransactions,
} satisfies Guards;
