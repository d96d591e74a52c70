// FindCoordinator (v0-6). From v1 on transactional ids too, from v4 on several keys at once (KIP-699). The coordinator is the
// leader of the key's partition; `__consumer_offsets`, `__transaction_state` and `__share_group_state` are created on first
// use, before the answer, where Kafka has the client ask again. The key of a share partition is group:topicId:partition.
import { ErrorCode, errorInfo } from '../../protocol/errors.ts';
import { FindCoordinator } from '../../protocol/messages/find-coordinator.ts';
import { isUuid } from '../../util/uuid.ts';
import { nodeOf } from '../cluster-nodes.ts';
import { InternalTopic } from '../metadata/internal-topics.ts';
import type { Services } from '../services.ts';
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
  const { keyType } = request;
  const isBatched = apiVersion >= BATCHED_VERSION;
  const isShare = keyType === SHARE;
  const isServed = isShare ? apiVersion >= SHARE_VERSION : keyType === GROUP || keyType === TRANSACTION;
  const failure = isServed ? prepare(keyType, context) : undefined;
  const answer = (key: string) => {
    const isValid = isServed && (!isShare || isSharePartitionKey(key));
    const found = isValid
      ? (failure ?? place(keyType, key, context, isBatched))
      : { ...failureWith(ErrorCode.INVALID_REQUEST), ...(isShare && isBatched && { errorMessage: '' }) };
    return { ...NO_NODE, ...found };
  };
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

/** The broker that leads the partition of the key. */
function place(keyType: number, key: string, { services, connection }: RequestContext, isBatched: boolean) {
  const [topic, partition] = partitionOf(keyType, key, services);
  const leader = services.metadata.topic(topic)?.partitions[partition]?.leader ?? NO_NODE.nodeId;
  const node = nodeOf(services, leader, connection);
  if (node === undefined) return failureWith(ErrorCode.COORDINATOR_NOT_AVAILABLE);
  const { nodeId, host, port } = node;
  return { nodeId, host, port, errorCode: ErrorCode.NONE, errorMessage: isBatched ? '' : 'NONE' };
}

function partitionOf(keyType: number, key: string, { groups, transactions, shareState }: Services): [string, number] {
  switch (keyType) {
    case GROUP:
      return [InternalTopic.CONSUMER_OFFSETS, groups.statePartitionFor(key)];
    case SHARE:
      return [InternalTopic.SHARE_GROUP_STATE, shareState.statePartitionFor(key)];
    default:
      return [InternalTopic.TRANSACTION_STATE, transactions.statePartitionFor(key)];
  }
}

function failureWith(errorCode: number): Failure {
  return { errorCode, errorMessage: errorInfo(errorCode).text };
}
