// Groups of all kinds: their members, their names, what they are.
import { ErrorCode, errorInfo } from '../../protocol/errors.ts';
import { AclOperation as Operation, AclResource as Resource } from '../security/acl.ts';
import type { Call, Guard, Guards } from './call.ts';
import { inOrder, partition } from './parts.ts';

const { READ, DELETE, DESCRIBE, CLUSTER_ACTION } = Operation;
const DENIED = ErrorCode.GROUP_AUTHORIZATION_FAILED;
const TRANSACTION = 1;
const SHARE = 2;
const FIRST_VERSION_WITH_SHARES = 6;
const BATCHED_VERSION = 4;
const NO_PROTOCOL_VERSION = 7;

/** Needs READ on the group that the request is of. */
function ofMember<N extends 'SyncGroup' | 'Heartbeat' | 'LeaveGroup'>(): Guard<N> {
  return (call) => {
    const { groupId } = call.request as unknown as { groupId: string };
    return call.access.may(READ, Resource.GROUP, groupId) ? call.serve() : call.refuse(DENIED);
  };
}

/** JoinGroupRequest.getErrorResponse: no protocol from version 7 on, an empty one before. */
const joinGroup: Guard<'JoinGroup'> = (call) => {
  if (call.access.may(READ, Resource.GROUP, call.request.groupId)) return call.serve();
  return { ...call.refuse(DENIED), protocolName: call.apiVersion < NO_PROTOCOL_VERSION ? '' : null };
};

/** A member may not subscribe to topics that it may not see. */
const consumerGroupHeartbeat: Guard<'ConsumerGroupHeartbeat'> = (call) => {
  const { groupId, subscribedTopicNames } = call.request;
  if (!call.access.may(READ, Resource.GROUP, groupId)) return call.refuse(DENIED);
  return maySee(call, subscribedTopicNames ?? []) ? call.serve() : call.refuse(ErrorCode.TOPIC_AUTHORIZATION_FAILED);
};

/** Whether all topics may be described. */
function maySee({ access }: Pick<Call<never>, 'access'>, topics: readonly string[]): boolean {
  const names = new Set(topics);
  return names.size === 0 || access.allowed(DESCRIBE, Resource.TOPIC, names).size === names.size;
}

const refuseAll = (call: Call<'FindCoordinator'>, code: number) =>
  call.refuse(code, call.request, errorInfo(code).text);

const findCoordinator: Guard<'FindCoordinator'> = (call) => {
  const { request, access, apiVersion } = call;
  const { keyType, key, coordinatorKeys } = request;
  if (keyType === SHARE) {
    const may = apiVersion < FIRST_VERSION_WITH_SHARES || access.onCluster(CLUSTER_ACTION);
    return may ? call.serve() : refuseAll(call, ErrorCode.CLUSTER_AUTHORIZATION_FAILED);
  }
  const isTransaction = keyType === TRANSACTION;
  const type = isTransaction ? Resource.TRANSACTIONAL_ID : Resource.GROUP;
  const code = isTransaction ? ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED : DENIED;
  if (apiVersion < BATCHED_VERSION) return access.may(DESCRIBE, type, key) ? call.serve() : refuseAll(call, code);
  const keys = coordinatorKeys.map((each) => ({ key: each }));
  const { allowed, refused } = partition(access, [DESCRIBE, type], keys, (each) => each.key);
  if (refused.length === 0) return call.serve();
  const only = (some: readonly { key: string }[]) => ({ ...request, coordinatorKeys: some.map((each) => each.key) });
  const refusals = call.refuse(code, only(refused), '').coordinators;
  if (allowed.length === 0) return { throttleTimeMs: 0, coordinators: refusals };
  return call.serveThen(
    ({ coordinators }) => ({
      throttleTimeMs: 0,
      coordinators: inOrder(keys, refused, { served: coordinators ?? [], refused: refusals ?? [] }),
    }),
    only(allowed),
  );
};

const deleteGroups: Guard<'DeleteGroups'> = (call) => {
  const { request, access } = call;
  const { allowed, refused } = partition(access, [DELETE, Resource.GROUP], request.groupsNames, (name) => name);
  if (refused.length === 0) return call.serve();
  const { results } = call.refuse(DENIED, { ...request, groupsNames: [...refused] });
  return call.serveThen((response) => ({ ...response, results: [...response.results, ...results] }), {
    ...request,
    groupsNames: [...allowed],
  });
};

/** One who may look at the cluster sees all groups, others those that they may describe. */
const listGroups: Guard<'ListGroups'> = (call) => {
  const { access } = call;
  if (access.onCluster(DESCRIBE, { quietly: true })) return call.serve();
  const isSeen = (groupId: string) => access.may(DESCRIBE, Resource.GROUP, groupId, { quietly: true });
  return call.serveThen((response) => ({
    ...response,
    groups: response.groups.filter(({ groupId }) => isSeen(groupId)),
  }));
};

export const groupGuards = {
  JoinGroup: joinGroup,
  SyncGroup: ofMember(),
  Heartbeat: ofMember(),
  LeaveGroup: ofMember(),
  ConsumerGroupHeartbeat: consumerGroupHeartbeat,
  FindCoordinator: findCoordinator,
  DeleteGroups: deleteGroups,
  ListGroups: listGroups,
} satisfies Guards;
