// Every API that is served. To serve one more, add a line here; dispatch routes by this list and ApiVersions reads from it.

import { createAclsHandler, deleteAclsHandler, describeAclsHandler } from './acls.ts';
import { addOffsetsToTxnHandler } from './add-offsets-to-txn.ts';
import { addPartitionsToTxnHandler } from './add-partitions-to-txn.ts';
import { alterClientQuotasHandler } from './alter-client-quotas.ts';
import { alterConfigsHandler } from './alter-configs.ts';
import { alterPartitionReassignmentsHandler } from './alter-partition-reassignments.ts';
import { alterReplicaLogDirsHandler } from './alter-replica-log-dirs.ts';
import { alterShareGroupOffsetsHandler } from './alter-share-group-offsets.ts';
import { alterUserScramCredentialsHandler } from './alter-user-scram-credentials.ts';
import { apiVersionsHandler } from './api-versions.ts';
import { consumerGroupDescribeHandler } from './consumer-group-describe.ts';
import { consumerGroupHeartbeatHandler } from './consumer-group-heartbeat.ts';
import { createPartitionsHandler } from './create-partitions.ts';
import { createTopicsHandler } from './create-topics.ts';
import type { Handler } from './define.ts';
import {
  createDelegationTokenHandler,
  describeDelegationTokenHandler,
  expireDelegationTokenHandler,
  renewDelegationTokenHandler,
} from './delegation-tokens.ts';
import { deleteGroupsHandler } from './delete-groups.ts';
import { deleteRecordsHandler } from './delete-records.ts';
import { deleteShareGroupOffsetsHandler } from './delete-share-group-offsets.ts';
import { deleteShareGroupStateHandler } from './delete-share-group-state.ts';
import { deleteTopicsHandler } from './delete-topics.ts';
import { describeClientQuotasHandler } from './describe-client-quotas.ts';
import { describeClusterHandler } from './describe-cluster.ts';
import { describeConfigsHandler } from './describe-configs.ts';
import { describeGroupsHandler } from './describe-groups.ts';
import { describeLogDirsHandler } from './describe-log-dirs.ts';
import { describeProducersHandler } from './describe-producers.ts';
import { describeQuorumHandler } from './describe-quorum.ts';
import { describeShareGroupOffsetsHandler } from './describe-share-group-offsets.ts';
import { describeTopicPartitionsHandler } from './describe-topic-partitions.ts';
import { describeTransactionsHandler } from './describe-transactions.ts';
import { describeUserScramCredentialsHandler } from './describe-user-scram-credentials.ts';
import { electLeadersHandler } from './elect-leaders.ts';
import { endTxnHandler } from './end-txn.ts';
import { fetchHandler } from './fetch.ts';
import { findCoordinatorHandler } from './find-coordinator.ts';
import { getTelemetrySubscriptionsHandler } from './get-telemetry-subscriptions.ts';
import { heartbeatHandler } from './heartbeat.ts';
import { incrementalAlterConfigsHandler } from './incremental-alter-configs.ts';
import { initProducerIdHandler } from './init-producer-id.ts';
import { initializeShareGroupStateHandler } from './initialize-share-group-state.ts';
import { joinGroupHandler } from './join-group.ts';
import { leaveGroupHandler } from './leave-group.ts';
import { listConfigResourcesHandler } from './list-config-resources.ts';
import { listGroupsHandler } from './list-groups.ts';
import { listOffsetsHandler } from './list-offsets.ts';
import { listPartitionReassignmentsHandler } from './list-partition-reassignments.ts';
import { listTransactionsHandler } from './list-transactions.ts';
import { metadataHandler } from './metadata.ts';
import { offsetCommitHandler } from './offset-commit.ts';
import { offsetDeleteHandler } from './offset-delete.ts';
import { offsetFetchHandler } from './offset-fetch.ts';
import { offsetForLeaderEpochHandler } from './offset-for-leader-epoch.ts';
import { produceHandler } from './produce.ts';
import { pushTelemetryHandler } from './push-telemetry.ts';
import { addRaftVoterHandler, removeRaftVoterHandler } from './raft-voters.ts';
import { readShareGroupStateHandler } from './read-share-group-state.ts';
import { readShareGroupStateSummaryHandler } from './read-share-group-state-summary.ts';
import { saslAuthenticateHandler, saslHandshakeHandler } from './sasl.ts';
import { shareAcknowledgeHandler } from './share-acknowledge.ts';
import { shareFetchHandler } from './share-fetch.ts';
import { shareGroupDescribeHandler } from './share-group-describe.ts';
import { shareGroupHeartbeatHandler } from './share-group-heartbeat.ts';
import { streamsGroupDescribeHandler } from './streams-group-describe.ts';
import { streamsGroupHeartbeatHandler } from './streams-group-heartbeat.ts';
import { syncGroupHandler } from './sync-group.ts';
import { txnOffsetCommitHandler } from './txn-offset-commit.ts';
import { unregisterBrokerHandler } from './unregister-broker.ts';
import { updateFeaturesHandler } from './update-features.ts';
import { writeShareGroupStateHandler } from './write-share-group-state.ts';
import { writeTxnMarkersHandler } from './write-txn-markers.ts';

const handlers: readonly Handler[] = [
  addOffsetsToTxnHandler,
  addPartitionsToTxnHandler,
  addRaftVoterHandler,
  alterClientQuotasHandler,
  alterConfigsHandler,
  alterPartitionReassignmentsHandler,
  alterReplicaLogDirsHandler,
  alterShareGroupOffsetsHandler,
  alterUserScramCredentialsHandler,
  apiVersionsHandler,
  consumerGroupDescribeHandler,
  consumerGroupHeartbeatHandler,
  createAclsHandler,
  createDelegationTokenHandler,
  createPartitionsHandler,
  createTopicsHandler,
  deleteAclsHandler,
  deleteGroupsHandler,
  deleteRecordsHandler,
  deleteShareGroupStateHandler,
  deleteShareGroupOffsetsHandler,
  deleteTopicsHandler,
  describeAclsHandler,
  describeClientQuotasHandler,
  describeClusterHandler,
  describeConfigsHandler,
  describeDelegationTokenHandler,
  describeGroupsHandler,
  describeLogDirsHandler,
  describeProducersHandler,
  describeQuorumHandler,
  describeShareGroupOffsetsHandler,
  describeTopicPartitionsHandler,
  describeTransactionsHandler,
  describeUserScramCredentialsHandler,
  electLeadersHandler,
  endTxnHandler,
  expireDelegationTokenHandler,
  fetchHandler,
  findCoordinatorHandler,
  heartbeatHandler,
  incrementalAlterConfigsHandler,
  initProducerIdHandler,
  initializeShareGroupStateHandler,
  joinGroupHandler,
  leaveGroupHandler,
  listConfigResourcesHandler,
  listGroupsHandler,
  listOffsetsHandler,
  listPartitionReassignmentsHandler,
  listTransactionsHandler,
  metadataHandler,
  offsetCommitHandler,
  offsetDeleteHandler,
  offsetFetchHandler,
  offsetForLeaderEpochHandler,
  produceHandler,
  readShareGroupStateHandler,
  readShareGroupStateSummaryHandler,
  removeRaftVoterHandler,
  renewDelegationTokenHandler,
  saslAuthenticateHandler,
  saslHandshakeHandler,
  shareAcknowledgeHandler,
  shareFetchHandler,
  shareGroupDescribeHandler,
  shareGroupHeartbeatHandler,
  streamsGroupDescribeHandler,
  streamsGroupHeartbeatHandler,
  syncGroupHandler,
  txnOffsetCommitHandler,
  unregisterBrokerHandler,
  updateFeaturesHandler,
  writeShareGroupStateHandler,
  writeTxnMarkersHandler,
];

/** Served only where telemetry goes somewhere (ApiVersionsResponse.filterApis). */
const telemetryHandlers: readonly Handler[] = [getTelemetrySubscriptionsHandler, pushTelemetryHandler];

/** The handlers by API key. */
export function handlersByKey({ telemetry }: { telemetry: boolean }): ReadonlyMap<number, Handler> {
  const served = telemetry ? [...handlers, ...telemetryHandlers] : handlers;
  return new Map(served.map((handler) => [handler.api.key, handler]));
}
