// Every API of the broker listener, by key. What dispatch, ApiVersions and the tests go through; commands import the one API they call.
import type { Api } from '../schema.ts';
import { AddOffsetsToTxn } from './add-offsets-to-txn.ts';
import { AddPartitionsToTxn } from './add-partitions-to-txn.ts';
import { AddRaftVoter } from './add-raft-voter.ts';
import { AlterClientQuotas } from './alter-client-quotas.ts';
import { AlterConfigs } from './alter-configs.ts';
import { AlterPartitionReassignments } from './alter-partition-reassignments.ts';
import { AlterReplicaLogDirs } from './alter-replica-log-dirs.ts';
import { AlterShareGroupOffsets } from './alter-share-group-offsets.ts';
import { AlterUserScramCredentials } from './alter-user-scram-credentials.ts';
import { ApiVersions } from './api-versions.ts';
import { ConsumerGroupDescribe } from './consumer-group-describe.ts';
import { ConsumerGroupHeartbeat } from './consumer-group-heartbeat.ts';
import { CreateAcls } from './create-acls.ts';
import { CreateDelegationToken } from './create-delegation-token.ts';
import { CreatePartitions } from './create-partitions.ts';
import { CreateTopics } from './create-topics.ts';
import { DeleteAcls } from './delete-acls.ts';
import { DeleteGroups } from './delete-groups.ts';
import { DeleteRecords } from './delete-records.ts';
import { DeleteShareGroupOffsets } from './delete-share-group-offsets.ts';
import { DeleteShareGroupState } from './delete-share-group-state.ts';
import { DeleteTopics } from './delete-topics.ts';
import { DescribeAcls } from './describe-acls.ts';
import { DescribeClientQuotas } from './describe-client-quotas.ts';
import { DescribeCluster } from './describe-cluster.ts';
import { DescribeConfigs } from './describe-configs.ts';
import { DescribeDelegationToken } from './describe-delegation-token.ts';
import { DescribeGroups } from './describe-groups.ts';
import { DescribeLogDirs } from './describe-log-dirs.ts';
import { DescribeProducers } from './describe-producers.ts';
import { DescribeQuorum } from './describe-quorum.ts';
import { DescribeShareGroupOffsets } from './describe-share-group-offsets.ts';
import { DescribeTopicPartitions } from './describe-topic-partitions.ts';
import { DescribeTransactions } from './describe-transactions.ts';
import { DescribeUserScramCredentials } from './describe-user-scram-credentials.ts';
import { ElectLeaders } from './elect-leaders.ts';
import { EndTxn } from './end-txn.ts';
import { ExpireDelegationToken } from './expire-delegation-token.ts';
import { Fetch } from './fetch.ts';
import { FindCoordinator } from './find-coordinator.ts';
import { GetTelemetrySubscriptions } from './get-telemetry-subscriptions.ts';
import { Heartbeat } from './heartbeat.ts';
import { IncrementalAlterConfigs } from './incremental-alter-configs.ts';
import { InitProducerId } from './init-producer-id.ts';
import { InitializeShareGroupState } from './initialize-share-group-state.ts';
import { JoinGroup } from './join-group.ts';
import { LeaveGroup } from './leave-group.ts';
import { ListConfigResources } from './list-config-resources.ts';
import { ListGroups } from './list-groups.ts';
import { ListOffsets } from './list-offsets.ts';
import { ListPartitionReassignments } from './list-partition-reassignments.ts';
import { ListTransactions } from './list-transactions.ts';
import { Metadata } from './metadata.ts';
import { OffsetCommit } from './offset-commit.ts';
import { OffsetDelete } from './offset-delete.ts';
import { OffsetFetch } from './offset-fetch.ts';
import { OffsetForLeaderEpoch } from './offset-for-leader-epoch.ts';
import { Produce } from './produce.ts';
import { PushTelemetry } from './push-telemetry.ts';
import { ReadShareGroupState } from './read-share-group-state.ts';
import { ReadShareGroupStateSummary } from './read-share-group-state-summary.ts';
import { RemoveRaftVoter } from './remove-raft-voter.ts';
import { RenewDelegationToken } from './renew-delegation-token.ts';
import { SaslAuthenticate } from './sasl-authenticate.ts';
import { SaslHandshake } from './sasl-handshake.ts';
import { ShareAcknowledge } from './share-acknowledge.ts';
import { ShareFetch } from './share-fetch.ts';
import { ShareGroupDescribe } from './share-group-describe.ts';
import { ShareGroupHeartbeat } from './share-group-heartbeat.ts';
import { StreamsGroupDescribe } from './streams-group-describe.ts';
import { StreamsGroupHeartbeat } from './streams-group-heartbeat.ts';
import { SyncGroup } from './sync-group.ts';
import { TxnOffsetCommit } from './txn-offset-commit.ts';
import { UnregisterBroker } from './unregister-broker.ts';
import { UpdateFeatures } from './update-features.ts';
import { WriteShareGroupState } from './write-share-group-state.ts';
import { WriteTxnMarkers } from './write-txn-markers.ts';

const all = [
  Produce,
  Fetch,
  ListOffsets,
  Metadata,
  OffsetCommit,
  OffsetFetch,
  FindCoordinator,
  JoinGroup,
  Heartbeat,
  LeaveGroup,
  SyncGroup,
  DescribeGroups,
  ListGroups,
  SaslHandshake,
  ApiVersions,
  CreateTopics,
  DeleteTopics,
  DeleteRecords,
  InitProducerId,
  OffsetForLeaderEpoch,
  AddPartitionsToTxn,
  AddOffsetsToTxn,
  EndTxn,
  WriteTxnMarkers,
  TxnOffsetCommit,
  DescribeAcls,
  CreateAcls,
  DeleteAcls,
  DescribeConfigs,
  AlterConfigs,
  AlterReplicaLogDirs,
  DescribeLogDirs,
  SaslAuthenticate,
  CreatePartitions,
  CreateDelegationToken,
  RenewDelegationToken,
  ExpireDelegationToken,
  DescribeDelegationToken,
  DeleteGroups,
  ElectLeaders,
  IncrementalAlterConfigs,
  AlterPartitionReassignments,
  ListPartitionReassignments,
  OffsetDelete,
  DescribeClientQuotas,
  AlterClientQuotas,
  DescribeUserScramCredentials,
  AlterUserScramCredentials,
  DescribeQuorum,
  UpdateFeatures,
  DescribeCluster,
  DescribeProducers,
  UnregisterBroker,
  DescribeTransactions,
  ListTransactions,
  ConsumerGroupHeartbeat,
  ConsumerGroupDescribe,
  GetTelemetrySubscriptions,
  PushTelemetry,
  ListConfigResources,
  DescribeTopicPartitions,
  ShareGroupHeartbeat,
  ShareGroupDescribe,
  ShareFetch,
  ShareAcknowledge,
  AddRaftVoter,
  RemoveRaftVoter,
  InitializeShareGroupState,
  ReadShareGroupState,
  WriteShareGroupState,
  DeleteShareGroupState,
  ReadShareGroupStateSummary,
  StreamsGroupHeartbeat,
  StreamsGroupDescribe,
  DescribeShareGroupOffsets,
  AlterShareGroupOffsets,
  DeleteShareGroupOffsets,
] as const;

export const apis: readonly Api[] = all;

/** The APIs by name, as types. */
export type ApisByName = { readonly [A in (typeof all)[number] as A['name']]: A };
/** What Kafka calls an API: `Produce`, `JoinGroup`. */
export type ApiName = keyof ApisByName;

const byKey = new Map(apis.map((api) => [api.key, api]));
const byName = new Map(apis.map((api) => [api.name, api]));

/** The API of a key, undefined if the broker listener has none. */
export function apiByKey(key: number): Api | undefined {
  return byKey.get(key);
}

/** The API that Kafka calls so, undefined if the broker listener has none. */
export function apiByName(name: string): Api | undefined {
  return byName.get(name);
}
