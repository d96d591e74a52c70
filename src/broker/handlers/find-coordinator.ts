// FindCoordinator (v0-6). From v1 on transactional ids too, from v4 on several keys at once (KIP-699). There is one broker,
// so every coordinator is here; `__consumer_offsets`, `__transaction_state` and `__share_group_state` are created on first
// use, before the answer, where Kafka has the client ask again. The key of a share partition is group:topicId:partition.
import { ErrorCode, errorInfo } from '../../protocol/errors.ts';
import { FindCoordinator } from '../../protocol/messages/find-coordinator.ts';
import { isUuid } from '../../util/uuid.ts';
import { defineHandler, type RequestContext } from './define.ts';
import { errorCodeOf } from './group-errors.ts';

// FindCoordinatorRequest.CoordinatorType
const GROUP = 0;
const TRANSACTION = 1;
const SHARE = 2;

/** From this version on several keys are asked for, and each is answered. */
const BATCHED_VERSION = 4;

/** From this version on share partitions have coordinators (KIP-932). */
const SHARE_VERSION = 6;

const NO_NODE = { nodeId: -1, host: '', port: -1 };

interface Failure {
  readonly errorCode: number;
  readonly errorMessage: string;
}

export const findCoordinatorHandler = defineHandler(FindCoordinator, (request, context) => {
  const { apiVersion } = context;
  const isBatched = apiVersion >= BATCHED_VERSION;
  const success = { ...here(context), errorCode: ErrorCode.NONE, errorMessage: isBatched ? '' : 'NONE' };
  const isShare = request.keyType === SHARE;
  const isServed = isShare ? apiVersion >= SHARE_VERSION : request.keyType === GROUP || request.keyType === TRANSACTION;
  const invalid = { ...NO_NODE, ...failureWith(ErrorCode.INVALID_REQUEST) };
  const failure = isServed ? prepare(request.keyType, context) : undefined;
  const found = failure ? { ...NO_NODE, ...failure } : success;
  const answer = (key: string) => (isServed && (!isShare || isSharePartitionKey(key)) ? found : invalid);
  if (!isBatched) return answer(request.key);
  return { coordinators: request.coordinatorKeys.map((key) => ({ key, ...answer(key) })) };
});

/** SharePartitionKey.validate: group, topic id and partition with colons between, the group's own colons aside. */
function isSharePartitionKey(key: string): boolean {
  const [groupId, topicId, partition] = /^(.+):([^:]*):([^:]*)$/s.exec(key)?.slice(1) ?? [];
  return groupId !== undefined && isUuid(topicId!) && /^[+-]?\d+$/.test(partition!);
}

/** Makes sure that there is a place for groups, transactions or the state of share groups. */
function prepare(keyType: number, { services }: RequestContext): Failure | undefined {
  try {
    if (keyType === GROUP) services.groups.prepare();
    else if (keyType === SHARE) services.shareState.prepare();
    else services.transactions.prepare();
    return undefined;
  } catch (error) {
    return failureWith(errorCodeOf(error));
  }
}

function failureWith(errorCode: number): Failure {
  return { errorCode, errorMessage: errorInfo(errorCode).text };
}

function here({ services, connection }: RequestContext): { nodeId: number; host: string; port: number } {
  const { host, port } = services.endpointFor(connection);
  return { nodeId: services.nodeId, host, port };
}
