import type { Cluster } from '../cluster.ts';
import { createAcls, deleteAcls, describeAcls } from './acls.ts';
import { describeCluster, listApiVersions, unregisterBroker } from './cluster.ts';
import { describeConfigs, incrementalAlterConfigs, listConfigResources } from './configs.ts';
import { electLeaders } from './elections.ts';
import { describeFeatures, updateFeatures } from './features.ts';
import { alterGroupOffsets, deleteGroupOffsets, listGroupOffsets } from './group-offsets.ts';
import { deleteGroups, describeGroups, findGroupCoordinator, listGroups, removeGroupMembers } from './groups.ts';
import { alterReplicaLogDirs, describeLogDirs } from './log-dirs.ts';
import { listOffsets } from './offsets.ts';
import type { Admin } from './operations.ts';
import { alterPartitionReassignments, createPartitions, listPartitionReassignments } from './partitions.ts';
import { abortTransaction, describeProducers } from './producers.ts';
import { addRaftVoter, describeQuorum, removeRaftVoter } from './quorum.ts';
import { alterQuotas, describeQuotas } from './quotas.ts';
import { deleteRecords } from './records.ts';
import { fetchReplicas } from './replicas.ts';
import { alterScram, describeScram } from './scram.ts';
import {
  alterShareGroupOffsets,
  deleteShareGroupOffsets,
  describeShareGroups,
  listShareGroupOffsets,
} from './share-groups.ts';
import { describeStreamsGroups } from './streams-groups.ts';
import {
  createDelegationToken,
  describeDelegationTokens,
  expireDelegationToken,
  renewDelegationToken,
} from './tokens.ts';
import { describeTopics, describeTopicsById } from './topic-descriptions.ts';
import { createTopics, deleteTopics, deleteTopicsById, listTopics } from './topics.ts';
import { describeTransaction, listTransactions, terminateTransaction } from './transactions.ts';

type Operation<A extends unknown[], R> = (cluster: Cluster, ...args: A) => Promise<R>;

/** The operations of this folder bound to one cluster. */
export class AdminApi implements Admin {
  readonly #cluster: Cluster;

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  #bind<A extends unknown[], R>(operation: Operation<A, R>): (...args: A) => Promise<R> {
    return (...args) => operation(this.#cluster, ...args);
  }

  readonly listTopics = this.#bind(listTopics);
  readonly describeTopics = this.#bind(describeTopics);
  readonly describeTopicsById = this.#bind(describeTopicsById);
  readonly createTopics = this.#bind(createTopics);
  readonly deleteTopics = this.#bind(deleteTopics);
  readonly deleteTopicsById = this.#bind(deleteTopicsById);
  readonly createPartitions = this.#bind(createPartitions);
  readonly describeConfigs = this.#bind(describeConfigs);
  readonly incrementalAlterConfigs = this.#bind(incrementalAlterConfigs);
  readonly listConfigResources = this.#bind(listConfigResources);
  readonly describeCluster = this.#bind(describeCluster);
  readonly apiVersions = this.#bind(listApiVersions);
  readonly describeFeatures = this.#bind(describeFeatures);
  readonly updateFeatures = this.#bind(updateFeatures);
  readonly describeQuorum = this.#bind(describeQuorum);
  readonly addRaftVoter = this.#bind(addRaftVoter);
  readonly removeRaftVoter = this.#bind(removeRaftVoter);
  readonly unregisterBroker = this.#bind(unregisterBroker);
  readonly alterPartitionReassignments = this.#bind(alterPartitionReassignments);
  readonly listPartitionReassignments = this.#bind(listPartitionReassignments);
  readonly listOffsets = this.#bind(listOffsets);
  readonly describeLogDirs = this.#bind(describeLogDirs);
  readonly alterReplicaLogDirs = this.#bind(alterReplicaLogDirs);
  readonly electLeaders = this.#bind(electLeaders);
  readonly deleteRecords = this.#bind(deleteRecords);
  readonly fetchReplicas = this.#bind(fetchReplicas);
  readonly listGroups = this.#bind(listGroups);
  readonly describeGroups = this.#bind(describeGroups);
  readonly findGroupCoordinator = this.#bind(findGroupCoordinator);
  readonly listGroupOffsets = this.#bind(listGroupOffsets);
  readonly alterGroupOffsets = this.#bind(alterGroupOffsets);
  readonly deleteGroupOffsets = this.#bind(deleteGroupOffsets);
  readonly deleteGroups = this.#bind(deleteGroups);
  readonly removeGroupMembers = this.#bind(removeGroupMembers);
  readonly describeShareGroups = this.#bind(describeShareGroups);
  readonly listShareGroupOffsets = this.#bind(listShareGroupOffsets);
  readonly alterShareGroupOffsets = this.#bind(alterShareGroupOffsets);
  readonly deleteShareGroupOffsets = this.#bind(deleteShareGroupOffsets);
  readonly describeStreamsGroups = this.#bind(describeStreamsGroups);
  readonly listTransactions = this.#bind(listTransactions);
  readonly describeTransaction = this.#bind(describeTransaction);
  readonly terminateTransaction = this.#bind(terminateTransaction);
  readonly abortTransaction = this.#bind(abortTransaction);
  readonly describeProducers = this.#bind(describeProducers);
  readonly describeQuotas = this.#bind(describeQuotas);
  readonly alterQuotas = this.#bind(alterQuotas);
  readonly describeScram = this.#bind(describeScram);
  readonly alterScram = this.#bind(alterScram);
  readonly createDelegationToken = this.#bind(createDelegationToken);
  readonly renewDelegationToken = this.#bind(renewDelegationToken);
  readonly expireDelegationToken = this.#bind(expireDelegationToken);
  readonly describeDelegationTokens = this.#bind(describeDelegationTokens);
  readonly describeAcls = this.#bind(describeAcls);
  readonly createAcls = this.#bind(createAcls);
  readonly deleteAcls = this.#bind(deleteAcls);

  async close(): Promise<void> {
    this.#cluster.close();
  }
}
