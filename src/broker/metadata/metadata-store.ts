import type { LogConfig } from '../../log/log-config.ts';
import type { Acl } from '../security/acl.ts';
import type { AclIndex } from '../security/acl-index.ts';
import type {
  BrokerImage,
  DelegationToken,
  EntityQuotas,
  QuotaEntity,
  ResourceType,
  ScramCredential,
  ScramCredentials,
  TopicImage,
} from './image.ts';
import type { MetadataChange } from './metadata-change.ts';
import type { Quorum } from './quorum.ts';
import type { Replication } from './replication.ts';

export type { MetadataChange } from './metadata-change.ts';

/** How a new topic's partitions are to be placed: `replicas[i]` for partition i, the first being the leader. */
export interface NewTopic {
  readonly name: string;
  readonly replicas: readonly (readonly number[])[];
  readonly configs: ReadonlyMap<string, string>;
}

/**
 * The cluster's metadata: an image in memory, every change first appended to `__cluster_metadata-0` as KRaft records.
 * All methods are synchronous; when one returns, the change is in the log and in the image, and the partitions' logs
 * exist. Arguments must have been checked: the store knows no limits and no policies.
 */
export interface MetadataStore {
  topic(name: string): TopicImage | undefined;
  topicById(id: string): TopicImage | undefined;
  topics(): Iterable<TopicImage>;
  /** Dynamic configs of a resource; empty if none. Broker '' is the cluster-wide default. */
  configs(type: ResourceType, name: string): ReadonlyMap<string, string>;
  /** Names of the resources of a type that have dynamic configs. */
  resourcesWithConfigs(type: ResourceType): Iterable<string>;
  createTopic(topic: NewTopic): TopicImage;
  /** Removes a topic, its configs and its logs; nothing happens if there is none with this id. */
  deleteTopic(id: string): void;
  /** Adds partitions at the end, `replicas[i]` for the i-th new one. */
  createPartitions(id: string, replicas: readonly (readonly number[])[]): TopicImage;
  /** Sets configs of a resource, removes those with null; others stay. Open logs follow at once. */
  changeConfigs(type: ResourceType, name: string, changes: readonly ConfigChange[]): void;
  /** Notes in which log directories logs of this broker are (AssignReplicasToDirs), where that is not known yet. */
  assignDirectories(topics: Iterable<TopicImage>): void;
  /** Reserves the next block of producer ids (ProducerIdsRecord). */
  reserveProducerIds(count: number): { first: number; count: number };
  readonly scramCredentials: ScramCredentials;
  /** Sets SCRAM credentials of users, removes those with null. */
  changeScramCredentials(changes: readonly ScramChange[]): void;
  /** By token id, those whose time is over included until they are removed. */
  readonly delegationTokens: ReadonlyMap<string, DelegationToken>;
  /** Makes a token, or changes the one of that id. */
  putDelegationToken(token: DelegationToken): void;
  removeDelegationTokens(tokenIds: readonly string[]): void;
  readonly acls: AclView;
  /** Makes access control entries; those that are there already stay. */
  createAcls(acls: readonly Acl[]): void;
  /** Removes access control entries by id. */
  deleteAcls(ids: readonly string[]): void;
  /** All entities that have quotas. */
  readonly clientQuotas: Iterable<EntityQuotas>;
  /** The quotas of one entity; undefined if it has none. */
  quotasOf(entity: QuotaEntity): ReadonlyMap<string, number> | undefined;
  /** Sets quotas of entities, removes those with null. */
  changeClientQuotas(changes: readonly QuotaChange[]): void;
  /** Finalizes levels of features; 0 removes a feature. */
  changeFeatures(levels: ReadonlyMap<string, number>): void;
  /** Who votes for the leader of the metadata log; its level is among `features`. */
  readonly quorum: Quorum;
  /** Begins kraft.version 1: from now on the log says who votes. */
  upgradeQuorum(voters: readonly VoterEndpoints[]): void;
  /** The registered brokers by id; those of this process are among them unless they were unregistered since they started. */
  readonly brokers: ReadonlyMap<number, BrokerImage>;
  /** Leaders, replicas in sync, reassignments. */
  readonly replication: Replication;
  /** The node that leads the metadata log. */
  readonly controllerId: number;
  /** Hands the metadata log to another node, in a new leader epoch. */
  moveController(nodeId: number): void;
  /** Forgets a broker's registration, which comes back when the broker starts again. */
  unregister(brokerId: number): void;
  /** Leader epoch of the metadata log: a new one for each start. */
  readonly leaderEpoch: number;
  /** Finalized features by name (FeatureLevelRecord), e.g. metadata.version, transaction.version. */
  readonly features: ReadonlyMap<string, number>;
  /** Offset of the last metadata record: the epoch that ApiVersions gives for its features. */
  readonly lastOffset: number;
  /** A topic's log settings in force now: for LogManager, which asks when it opens a partition. */
  logConfig(topic: string): LogConfig;
  /** Calls `listener` after each change of a resource's configs or a topic's life; returns a function that ends it. */
  onChange(listener: (change: MetadataChange) => void): () => void;
}

/** The access control entries there are, now and after each change. */
export interface AclView {
  /** By id, in the order they were made. */
  readonly all: ReadonlyMap<string, Acl>;
  readonly index: AclIndex;
}

export interface ConfigChange {
  readonly name: string;
  /** null removes it. */
  readonly value: string | null;
}

export interface ScramChange {
  readonly user: string;
  /** 1 = SCRAM-SHA-256, 2 = SCRAM-SHA-512. */
  readonly mechanism: number;
  /** null removes it. */
  readonly credential: ScramCredential | null;
}

/** A voter and where it is reached. */
export interface VoterEndpoints {
  readonly voterId: number;
  readonly endpoints: readonly { readonly name: string; readonly host: string; readonly port: number }[];
}

export interface QuotaChange {
  readonly entity: QuotaEntity;
  readonly key: string;
  /** null removes it. */
  readonly value: number | null;
}
