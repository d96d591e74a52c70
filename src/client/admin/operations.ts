// What Kafka's scripts ask of a cluster, one method per operation of Kafka's Admin.
import type { KafkaError } from '../../protocol/errors.ts';
import type {
  AclBinding,
  AclBindingFilter,
  AlterConfigs,
  BrokerLogDirs,
  CallOptions,
  ClusterDescription,
  CommittedOffset,
  ConfigDescription,
  ConfigResource,
  CreatedTopic,
  DelegationTokenInfo,
  DeletedRecords,
  FeatureDescription,
  FeatureUpdate,
  FetchedReplica,
  GroupDescription,
  GroupListing,
  GroupMember,
  IsolationLevel,
  NewDelegationToken,
  NewPartitions,
  NewTopic,
  Node,
  NodeApiVersions,
  OffsetQuery,
  OffsetResult,
  OffsetToCommit,
  Outcome,
  PartitionOutcome,
  PartitionProducers,
  QuorumDescription,
  QuotaAlteration,
  QuotaEntry,
  QuotaFilter,
  QuotaOutcome,
  Reassignment,
  ReassignmentChange,
  RecordsToDelete,
  ReplicaFetch,
  ReplicaPlace,
  ResourceOutcome,
  ScramDeletion,
  ScramUpsertion,
  ScramUser,
  ShareGroupDescription,
  ShareOffsetToSet,
  SharePartitionOffset,
  StreamsGroupDescription,
  TopicDescription,
  TopicListing,
  TopicPartition,
  TransactionDescription,
  TransactionFilter,
  TransactionListing,
  TransactionToAbort,
  VoterEndpoint,
} from './types.ts';

/**
 * A connection to one cluster for administration. A failure of a whole call is thrown (KafkaError, TimeoutError after
 * `default.api.timeout.ms`); a failure of one item of many is the KafkaError in that item's place. Nothing is connected
 * before the first call.
 */
export interface Admin {
  /** Every topic, internal ones included, sorted by name as Java sorts strings. */
  listTopics(options?: CallOptions): Promise<TopicListing[]>;
  /** By name, with DescribeTopicPartitions in pages of `partitionSizeLimit` (default 2000), or Metadata where a broker lacks it. */
  describeTopics(
    names: readonly string[],
    options?: CallOptions & { readonly partitionSizeLimit?: number },
  ): Promise<Map<string, Outcome<TopicDescription>>>;
  describeTopicsById(ids: readonly string[], options?: CallOptions): Promise<Map<string, Outcome<TopicDescription>>>;
  createTopics(
    topics: readonly NewTopic[],
    options?: CallOptions & { readonly validateOnly?: boolean },
  ): Promise<Map<string, Outcome<CreatedTopic>>>;
  /** undefined in a name's place means deleted. */
  deleteTopics(names: readonly string[], options?: CallOptions): Promise<Map<string, Outcome<undefined>>>;
  deleteTopicsById(ids: readonly string[], options?: CallOptions): Promise<Map<string, Outcome<undefined>>>;
  createPartitions(
    requests: readonly NewPartitions[],
    options?: CallOptions & { readonly validateOnly?: boolean },
  ): Promise<Map<string, Outcome<undefined>>>;

  /** Answers in the order of `resources`. Of the configs only `keys`, if given. */
  describeConfigs(
    resources: readonly (ConfigResource & { readonly keys?: readonly string[] })[],
    options?: CallOptions & { readonly includeSynonyms?: boolean; readonly includeDocumentation?: boolean },
  ): Promise<ConfigDescription[]>;
  incrementalAlterConfigs(
    alterations: readonly AlterConfigs[],
    options?: CallOptions & { readonly validateOnly?: boolean },
  ): Promise<ResourceOutcome[]>;
  /** Resources that have a dynamic config, of the given types (default: all). */
  listConfigResources(types?: readonly number[], options?: CallOptions): Promise<ConfigResource[]>;

  describeCluster(options?: CallOptions & { readonly includeFencedBrokers?: boolean }): Promise<ClusterDescription>;
  /** The versions that each broker answers, by rising id. */
  apiVersions(options?: CallOptions): Promise<NodeApiVersions[]>;
  /** As one node knows them: any, or the one with the id. */
  describeFeatures(options?: CallOptions & { readonly nodeId?: number | undefined }): Promise<FeatureDescription>;
  updateFeatures(
    updates: readonly FeatureUpdate[],
    options?: CallOptions & { readonly validateOnly?: boolean },
  ): Promise<Map<string, Outcome<undefined>>>;
  /** Leader, voters and observers of the metadata log. */
  describeQuorum(options?: CallOptions): Promise<QuorumDescription>;
  addRaftVoter(
    voter: { readonly id: number; readonly directoryId: string; readonly endpoints: readonly VoterEndpoint[] },
    options?: CallOptions,
  ): Promise<void>;
  removeRaftVoter(voter: { readonly id: number; readonly directoryId: string }, options?: CallOptions): Promise<void>;
  unregisterBroker(brokerId: number, options?: CallOptions): Promise<void>;
  alterPartitionReassignments(
    changes: readonly ReassignmentChange[],
    options?: CallOptions & { readonly allowReplicationFactorChange?: boolean },
  ): Promise<PartitionOutcome[]>;
  /** All that are going on, or those of the given partitions. */
  listPartitionReassignments(partitions?: readonly TopicPartition[], options?: CallOptions): Promise<Reassignment[]>;

  /** Offsets by timestamp, in the order of the queries. */
  listOffsets(
    queries: readonly OffsetQuery[],
    options?: CallOptions & { readonly isolation?: IsolationLevel },
  ): Promise<OffsetResult[]>;
  /** The log directories of brokers, and what is in them. */
  describeLogDirs(brokers: readonly number[], options?: CallOptions): Promise<BrokerLogDirs[]>;
  /** Says in which log directories of a broker replicas are to be; it moves them afterwards. In the order of `places`. */
  alterReplicaLogDirs(
    broker: number,
    places: readonly ReplicaPlace[],
    options?: CallOptions,
  ): Promise<PartitionOutcome[]>;
  /** Of all partitions that need it without `partitions`. A leader that is the right one is ELECTION_NOT_NEEDED. */
  electLeaders(
    type: 'PREFERRED' | 'UNCLEAN',
    partitions?: readonly TopicPartition[],
    options?: CallOptions,
  ): Promise<PartitionOutcome[]>;
  deleteRecords(requests: readonly RecordsToDelete[], options?: CallOptions): Promise<DeletedRecords[]>;
  /** Batches as one broker has them, a follower too. */
  fetchReplicas(fetch: ReplicaFetch): Promise<FetchedReplica[]>;

  /** Groups of all brokers, in the order of Kafka's client (a HashMap's). Filters go to the broker: `states` as Kafka spells them, `types` likewise. */
  listGroups(
    options?: CallOptions & { readonly states?: readonly string[]; readonly types?: readonly string[] },
  ): Promise<GroupListing[]>;
  /** Classic and consumer-protocol groups. An unknown group is GROUP_ID_NOT_FOUND (`Group x not found.`). */
  describeGroups(groupIds: readonly string[], options?: CallOptions): Promise<Map<string, Outcome<GroupDescription>>>;
  /** The node that coordinates the group. */
  findGroupCoordinator(groupId: string, options?: CallOptions): Promise<Node>;
  /** Committed offsets: of the given partitions, or all. */
  listGroupOffsets(
    groupId: string,
    partitions?: readonly TopicPartition[],
    options?: CallOptions,
  ): Promise<CommittedOffset[]>;
  /** Commits for a group without active members. */
  alterGroupOffsets(
    groupId: string,
    offsets: readonly OffsetToCommit[],
    options?: CallOptions,
  ): Promise<PartitionOutcome[]>;
  deleteGroupOffsets(
    groupId: string,
    partitions: readonly TopicPartition[],
    options?: CallOptions,
  ): Promise<PartitionOutcome[]>;
  deleteGroups(
    groupIds: readonly string[],
    options?: CallOptions & { readonly kind?: 'Consumer' | 'Share' },
  ): Promise<Map<string, Outcome<undefined>>>;
  /** Takes members out of a classic group; answers in their order. */
  removeGroupMembers(
    groupId: string,
    members: readonly Pick<GroupMember, 'memberId' | 'groupInstanceId'>[],
    options?: CallOptions,
  ): Promise<{ readonly memberId: string; readonly error?: KafkaError }[]>;

  /** Share groups (KIP-932). A group of another kind is GROUP_ID_NOT_FOUND (`Group x is not a share group.`). */
  describeShareGroups(
    groupIds: readonly string[],
    options?: CallOptions,
  ): Promise<Map<string, Outcome<ShareGroupDescription>>>;
  /** Start offsets and lag: of the given partitions, or of all that the group has state of. */
  listShareGroupOffsets(
    groupId: string,
    partitions?: readonly TopicPartition[],
    options?: CallOptions,
  ): Promise<SharePartitionOffset[]>;
  /** Sets start offsets of a share group without members, which is made if it is not there. */
  alterShareGroupOffsets(
    groupId: string,
    offsets: readonly ShareOffsetToSet[],
    options?: CallOptions,
  ): Promise<PartitionOutcome[]>;
  /** By topic. The group must have no members. */
  deleteShareGroupOffsets(
    groupId: string,
    topics: readonly string[],
    options?: CallOptions,
  ): Promise<Map<string, Outcome<undefined>>>;

  /**
   * Streams groups (KIP-1071); their offsets are those of listGroupOffsets() and its siblings. A group of another kind is
   * GROUP_ID_NOT_FOUND (`Group x is not a streams group.`).
   */
  describeStreamsGroups(
    groupIds: readonly string[],
    options?: CallOptions,
  ): Promise<Map<string, Outcome<StreamsGroupDescription>>>;

  /** Of all brokers, each with those that it coordinates. @throws KafkaError if one cannot answer */
  listTransactions(filter?: TransactionFilter, options?: CallOptions): Promise<TransactionListing[]>;
  describeTransaction(transactionalId: string, options?: CallOptions): Promise<TransactionDescription>;
  /** Aborts what is open under the id and fences its producer; an id without a transaction gets one that is empty. */
  terminateTransaction(transactionalId: string, options?: CallOptions): Promise<void>;
  /** Writes an abort marker into one partition, whatever the coordinator thinks (WriteTxnMarkers). */
  abortTransaction(transaction: TransactionToAbort, options?: CallOptions): Promise<void>;
  /** Producers with state in partitions, as the leaders know them, or the given broker; in the order of `partitions`. */
  describeProducers(
    partitions: readonly TopicPartition[],
    options?: CallOptions & { readonly brokerId?: number | undefined },
  ): Promise<PartitionProducers[]>;

  /** Quotas of the entities that match all filters; `strict` leaves out entities with further types. */
  describeQuotas(
    filters: readonly QuotaFilter[],
    options?: CallOptions & { readonly strict?: boolean },
  ): Promise<QuotaEntry[]>;
  alterQuotas(
    alterations: readonly QuotaAlteration[],
    options?: CallOptions & { readonly validateOnly?: boolean },
  ): Promise<QuotaOutcome[]>;
  /** All users without an argument. */
  describeScram(users?: readonly string[], options?: CallOptions): Promise<ScramUser[]>;
  alterScram(
    changes: { readonly upsertions?: readonly ScramUpsertion[]; readonly deletions?: readonly ScramDeletion[] },
    options?: CallOptions,
  ): Promise<Map<string, Outcome<undefined>>>;
  /** The access control entries that a filter matches. */
  describeAcls(filter: AclBindingFilter, options?: CallOptions): Promise<AclBinding[]>;
  /** In the order of the bindings; one that is there already is no error. */
  createAcls(bindings: readonly AclBinding[], options?: CallOptions): Promise<Outcome<undefined>[]>;
  /** What each filter matched, and is gone. */
  deleteAcls(filters: readonly AclBindingFilter[], options?: CallOptions): Promise<Outcome<AclBinding[]>[]>;

  createDelegationToken(token?: NewDelegationToken, options?: CallOptions): Promise<DelegationTokenInfo>;
  /** @param periodMs -1 for the broker's usual time; gives when the token ends now */
  renewDelegationToken(hmac: Buffer, periodMs?: number, options?: CallOptions): Promise<number>;
  /** @param periodMs -1 for now; gives when the token ends */
  expireDelegationToken(hmac: Buffer, periodMs?: number, options?: CallOptions): Promise<number>;
  /** All that may be seen without an argument. */
  describeDelegationTokens(owners?: readonly string[], options?: CallOptions): Promise<DelegationTokenInfo[]>;

  /** Closes every connection; calls that are under way fail. */
  close(): Promise<void>;
}
