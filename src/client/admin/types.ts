// The plain objects that the admin client takes and returns.
import type { KafkaError } from '../../protocol/errors.ts';

/** What one item of a request came to: per-item failures are values, a failure of the whole call is thrown. */
export type Outcome<T> = T | KafkaError;

/** Limits one call in place of `default.api.timeout.ms`. */
export interface CallOptions {
  readonly timeoutMs?: number;
}

export interface Node {
  /** Negative for bootstrap addresses, whose id is not known yet. */
  readonly id: number;
  readonly host: string;
  readonly port: number;
  readonly rack: string | null;
}

export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

export interface TopicListing {
  readonly name: string;
  readonly topicId: string;
  readonly isInternal: boolean;
}

export interface PartitionDescription {
  readonly partition: number;
  /** -1 without a leader. */
  readonly leader: number;
  readonly leaderEpoch: number;
  readonly replicas: readonly number[];
  readonly isr: readonly number[];
  readonly offlineReplicas: readonly number[];
  /** Eligible leader replicas; null where the answer came from Metadata, which does not know them. */
  readonly elr: readonly number[] | null;
  readonly lastKnownElr: readonly number[] | null;
}

export interface TopicDescription extends TopicListing {
  /** By rising partition number. */
  readonly partitions: readonly PartitionDescription[];
}

export interface NewTopic {
  readonly name: string;
  /** Default -1: the broker's. */
  readonly numPartitions?: number;
  /** Default -1: the broker's. */
  readonly replicationFactor?: number;
  /** Broker ids by partition; excludes the two above. */
  readonly assignments?: ReadonlyMap<number, readonly number[]>;
  readonly configs?: Readonly<Record<string, string | null>>;
}

export interface CreatedTopic {
  readonly topicId: string;
  /** -1 where the broker does not say. */
  readonly numPartitions: number;
  readonly replicationFactor: number;
}

export interface NewPartitions {
  readonly topic: string;
  /** What the topic has afterwards. */
  readonly totalCount: number;
  /** Broker ids for each added partition. */
  readonly assignments?: readonly (readonly number[])[];
}

/** ConfigResource.Type and its number on the wire. */
export const ConfigResourceType = {
  TOPIC: 2,
  BROKER: 4,
  BROKER_LOGGER: 8,
  CLIENT_METRICS: 16,
  GROUP: 32,
} as const;

export interface ConfigResource {
  readonly type: number;
  /** Topic, broker id (empty for the cluster-wide default), group or client-metrics name. */
  readonly name: string;
}

/** ConfigEntry.ConfigSource by its number on the wire. */
export const CONFIG_SOURCES = [
  'UNKNOWN',
  'DYNAMIC_TOPIC_CONFIG',
  'DYNAMIC_BROKER_CONFIG',
  'DYNAMIC_DEFAULT_BROKER_CONFIG',
  'STATIC_BROKER_CONFIG',
  'DEFAULT_CONFIG',
  'DYNAMIC_BROKER_LOGGER_CONFIG',
  'DYNAMIC_CLIENT_METRICS_CONFIG',
  'DYNAMIC_GROUP_CONFIG',
] as const;
export type ConfigSource = (typeof CONFIG_SOURCES)[number];

/** ConfigEntry.ConfigType by its number on the wire. */
export const CONFIG_TYPES = [
  'UNKNOWN',
  'BOOLEAN',
  'STRING',
  'INT',
  'SHORT',
  'LONG',
  'DOUBLE',
  'LIST',
  'CLASS',
  'PASSWORD',
] as const;
export type ConfigType = (typeof CONFIG_TYPES)[number];

export interface ConfigSynonym {
  readonly name: string;
  readonly value: string | null;
  readonly source: ConfigSource;
}

export interface ConfigEntry {
  readonly name: string;
  /** null for sensitive ones. */
  readonly value: string | null;
  readonly source: ConfigSource;
  readonly isReadOnly: boolean;
  readonly isSensitive: boolean;
  readonly type: ConfigType;
  readonly documentation: string | null;
  /** Empty unless asked for. */
  readonly synonyms: readonly ConfigSynonym[];
}

export interface ConfigDescription {
  readonly resource: ConfigResource;
  /** In the broker's order. */
  readonly entries: readonly ConfigEntry[];
  readonly error?: KafkaError;
}

export type AlterConfigOperation = 'SET' | 'DELETE' | 'APPEND' | 'SUBTRACT';

export interface AlterConfigs {
  readonly resource: ConfigResource;
  readonly ops: readonly { readonly name: string; readonly value: string | null; readonly op: AlterConfigOperation }[];
}

export interface ResourceOutcome {
  readonly resource: ConfigResource;
  readonly error?: KafkaError;
}

export interface ClusterNode extends Node {
  readonly isFenced: boolean;
}

export interface ClusterDescription {
  readonly clusterId: string | null;
  /** The broker to which controller requests go; -1 if unknown. */
  readonly controllerId: number;
  /** By rising id. */
  readonly nodes: readonly ClusterNode[];
}

export interface ApiVersionRange {
  readonly apiKey: number;
  readonly minVersion: number;
  readonly maxVersion: number;
}

export interface NodeApiVersions {
  readonly node: Node;
  readonly apis: Outcome<readonly ApiVersionRange[]>;
}

export interface FeatureDescription {
  readonly supported: readonly { readonly name: string; readonly minVersion: number; readonly maxVersion: number }[];
  readonly finalized: readonly { readonly name: string; readonly minLevel: number; readonly maxLevel: number }[];
  /** -1 if the broker does not say. */
  readonly finalizedEpoch: number;
}

export interface FeatureUpdate {
  readonly feature: string;
  /** 0 disables it. */
  readonly maxVersionLevel: number;
  /** 1 upgrade, 2 safe downgrade, 3 unsafe downgrade. */
  readonly upgradeType: number;
}

export interface Reassignment extends TopicPartition {
  readonly replicas: readonly number[];
  readonly addingReplicas: readonly number[];
  readonly removingReplicas: readonly number[];
}

/** Special timestamps of ListOffsets; any other is milliseconds since the epoch. */
export const OffsetSpec = {
  LATEST: -1,
  EARLIEST: -2,
  MAX_TIMESTAMP: -3,
  EARLIEST_LOCAL: -4,
  LATEST_TIERED: -5,
  EARLIEST_PENDING_UPLOAD: -6,
} as const;

export type IsolationLevel = 'read_uncommitted' | 'read_committed';

export interface OffsetQuery extends TopicPartition {
  /** Milliseconds, or one of {@link OffsetSpec}. */
  readonly timestamp: number;
}

export interface OffsetResult extends TopicPartition {
  /** -1 if no record matches. */
  readonly offset: number;
  readonly timestamp: number;
  readonly leaderEpoch: number;
  readonly error?: KafkaError;
}

export interface RecordsToDelete extends TopicPartition {
  /** Records before it go; -1 for all. */
  readonly beforeOffset: number;
}

export interface DeletedRecords extends TopicPartition {
  readonly lowWatermark: number;
  readonly error?: KafkaError;
}

export interface GroupListing {
  readonly groupId: string;
  readonly protocolType: string;
  /** Kafka's spelling: `Stable`; empty where the broker does not say. */
  readonly state: string;
  /** `Classic`, `Consumer`, `Share`, `Streams`; empty where the broker does not say. */
  readonly type: string;
}

export interface GroupMember {
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly clientId: string;
  /** As the broker stored it, normally with a leading slash. */
  readonly host: string;
  readonly assignment: readonly TopicPartition[];
  /** null for classic members. */
  readonly targetAssignment: readonly TopicPartition[] | null;
  /** -1 for classic members. */
  readonly memberEpoch: number;
  /** Whether a member of a consumer-protocol group speaks that protocol; null where the broker does not say or the group is classic. */
  readonly upgraded: boolean | null;
}

export interface GroupDescription {
  readonly groupId: string;
  readonly type: 'Classic' | 'Consumer';
  readonly protocolType: string;
  readonly state: string;
  /** The classic protocol that was chosen, or the server-side assignor. */
  readonly assignor: string;
  readonly members: readonly GroupMember[];
  readonly coordinator: Node;
  /** -1 for classic groups. */
  readonly groupEpoch: number;
  readonly assignmentEpoch: number;
}

export interface CommittedOffset extends TopicPartition {
  /** -1 if nothing is committed. */
  readonly offset: number;
  /** -1 if unknown. */
  readonly leaderEpoch: number;
  readonly metadata: string;
  readonly error?: KafkaError;
}

export interface OffsetToCommit extends TopicPartition {
  readonly offset: number;
  readonly leaderEpoch?: number;
  readonly metadata?: string;
}

export interface PartitionOutcome extends TopicPartition {
  readonly error?: KafkaError;
}

/** `name` null is the default entity of its type. */
export interface QuotaEntity {
  readonly type: string;
  readonly name: string | null;
}

export interface QuotaFilter {
  readonly type: string;
  /** A name, null for the default entity, undefined for any. */
  readonly match: string | null | undefined;
}

export interface QuotaEntry {
  readonly entity: readonly QuotaEntity[];
  /** In the broker's order. */
  readonly values: ReadonlyMap<string, number>;
}

export interface QuotaAlteration {
  readonly entity: readonly QuotaEntity[];
  /** A null value removes the quota. */
  readonly ops: ReadonlyMap<string, number | null>;
}

export interface QuotaOutcome {
  readonly entity: readonly QuotaEntity[];
  readonly error?: KafkaError;
}

export type ScramMechanism = 'SCRAM-SHA-256' | 'SCRAM-SHA-512';

export interface ScramUser {
  readonly user: string;
  readonly credentials: readonly { readonly mechanism: ScramMechanism; readonly iterations: number }[];
  readonly error?: KafkaError;
}

export interface ScramUpsertion {
  readonly user: string;
  readonly mechanism: ScramMechanism;
  /** Default 4096. */
  readonly iterations?: number;
  readonly password: string;
}

export interface ScramDeletion {
  readonly user: string;
  readonly mechanism: ScramMechanism;
}
