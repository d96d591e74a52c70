// Every API that is served. To serve one more, add a line here; dispatch routes by this list and ApiVersions reads from it.

import { alterClientQuotasHandler } from './alter-client-quotas.ts';
import { alterConfigsHandler } from './alter-configs.ts';
import { alterUserScramCredentialsHandler } from './alter-user-scram-credentials.ts';
import { apiVersionsHandler } from './api-versions.ts';
import { createPartitionsHandler } from './create-partitions.ts';
import { createTopicsHandler } from './create-topics.ts';
import type { Handler } from './define.ts';
import { deleteGroupsHandler } from './delete-groups.ts';
import { deleteRecordsHandler } from './delete-records.ts';
import { deleteTopicsHandler } from './delete-topics.ts';
import { describeClientQuotasHandler } from './describe-client-quotas.ts';
import { describeClusterHandler } from './describe-cluster.ts';
import { describeConfigsHandler } from './describe-configs.ts';
import { describeGroupsHandler } from './describe-groups.ts';
import { describeLogDirsHandler } from './describe-log-dirs.ts';
import { describeTopicPartitionsHandler } from './describe-topic-partitions.ts';
import { describeUserScramCredentialsHandler } from './describe-user-scram-credentials.ts';
import { fetchHandler } from './fetch.ts';
import { findCoordinatorHandler } from './find-coordinator.ts';
import { heartbeatHandler } from './heartbeat.ts';
import { incrementalAlterConfigsHandler } from './incremental-alter-configs.ts';
import { initProducerIdHandler } from './init-producer-id.ts';
import { joinGroupHandler } from './join-group.ts';
import { leaveGroupHandler } from './leave-group.ts';
import { listConfigResourcesHandler } from './list-config-resources.ts';
import { listGroupsHandler } from './list-groups.ts';
import { listOffsetsHandler } from './list-offsets.ts';
import { listPartitionReassignmentsHandler } from './list-partition-reassignments.ts';
import { metadataHandler } from './metadata.ts';
import { offsetCommitHandler } from './offset-commit.ts';
import { offsetDeleteHandler } from './offset-delete.ts';
import { offsetFetchHandler } from './offset-fetch.ts';
import { offsetForLeaderEpochHandler } from './offset-for-leader-epoch.ts';
import { produceHandler } from './produce.ts';
import { syncGroupHandler } from './sync-group.ts';

const handlers: readonly Handler[] = [
  alterClientQuotasHandler,
  alterConfigsHandler,
  alterUserScramCredentialsHandler,
  apiVersionsHandler,
  createPartitionsHandler,
  createTopicsHandler,
  deleteGroupsHandler,
  deleteRecordsHandler,
  deleteTopicsHandler,
  describeClientQuotasHandler,
  describeClusterHandler,
  describeConfigsHandler,
  describeGroupsHandler,
  describeLogDirsHandler,
  describeTopicPartitionsHandler,
  describeUserScramCredentialsHandler,
  fetchHandler,
  findCoordinatorHandler,
  heartbeatHandler,
  incrementalAlterConfigsHandler,
  initProducerIdHandler,
  joinGroupHandler,
  leaveGroupHandler,
  listConfigResourcesHandler,
  listGroupsHandler,
  listOffsetsHandler,
  listPartitionReassignmentsHandler,
  metadataHandler,
  offsetCommitHandler,
  offsetDeleteHandler,
  offsetFetchHandler,
  offsetForLeaderEpochHandler,
  produceHandler,
  syncGroupHandler,
];

/** The handlers by API key. */
export const handlersByKey: ReadonlyMap<number, Handler> = new Map(
  handlers.map((handler) => [handler.api.key, handler]),
);
