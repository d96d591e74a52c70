// DescribeQuorum, v0-2 (KIP-595): leader and voters of the metadata log. The brokers of this process are the
// quorum; those that run have caught up.
// v1: times of fetches (KIP-836).  v2: directory ids, messages, listeners (KIP-853); static voters (kraft.version 0) have no
// directory id.
// Follows KafkaRaftClient.handleDescribeQuorumRequest.
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { DescribeQuorum } from '../../protocol/messages/describe-quorum.ts';
import { controllerEndpoint } from '../controller-endpoint.ts';
import { METADATA_TOPIC } from '../metadata/internal-topics.ts';
import type { ConnectionInfo } from '../network/connection-info.ts';
import type { Services } from '../services.ts';
import { defineHandler } from './define.ts';
import { resourceFailure } from './failures.ts';

export const describeQuorumHandler = defineHandler(DescribeQuorum, ({ topics }, { connection, services }) => {
  const [topic] = topics;
  const isQuorum = topics.length === 1 && topic?.topicName === METADATA_TOPIC && isItsPartition(topic.partitions);
  return {
    errorCode: ErrorCode.NONE,
    errorMessage: '',
    topics: topics.map(({ topicName, partitions }) => ({
      topicName,
      partitions: partitions.map(({ partitionIndex }) => ({
        partitionIndex,
        ...(isQuorum ? quorum(services) : notHosted()),
      })),
    })),
    nodes: isQuorum ? voters(services, connection) : [],
  };
});

function isItsPartition(partitions: readonly { partitionIndex: number }[]): boolean {
  return partitions.length === 1 && partitions[0]?.partitionIndex === 0;
}

function quorum({ metadata, clock, peers }: Services) {
  const nowMs = clock.nowMs();
  const logEndOffset = metadata.lastOffset + 1;
  const voterState = (replicaId: number) => {
    const at = peers.lastSeen(replicaId) ?? { logEndOffset, nowMs };
    const known = metadata.quorum.voters.find(({ voterId }) => voterId === replicaId);
    return {
      replicaId,
      ...(known && { replicaDirectoryId: known.voterDirectoryId }),
      logEndOffset: at.logEndOffset,
      lastFetchTimestamp: at.nowMs,
      lastCaughtUpTimestamp: at.nowMs,
    };
  };
  return {
    errorCode: ErrorCode.NONE,
    errorMessage: '',
    leaderId: metadata.controllerId,
    leaderEpoch: metadata.leaderEpoch,
    highWatermark: logEndOffset,
    currentVoters: peers.nodeIds.map(voterState),
    observers: [],
  };
}

function notHosted() {
  const failure = resourceFailure(new KafkaError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION));
  return { ...failure, leaderId: 0, leaderEpoch: 0, highWatermark: 0, currentVoters: [], observers: [] };
}

function voters({ peers }: Services, connection: ConnectionInfo) {
  return peers.nodeIds.flatMap((nodeId) => {
    const services = peers.running(nodeId);
    return services === undefined ? [] : [{ nodeId, listeners: [controllerEndpoint(services, connection)] }];
  });
}
