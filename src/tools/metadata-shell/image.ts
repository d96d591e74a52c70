// The state that the records of a metadata log come to, as far as the shell shows it (MetadataImage).
import type { AccessControlEntryRecordData } from '../../protocol/state/metadata/access-control-entry-record.ts';
import type { BrokerRegistrationChangeRecordData } from '../../protocol/state/metadata/broker-registration-change-record.ts';
import type { ClientQuotaRecordData } from '../../protocol/state/metadata/client-quota-record.ts';
import type { ConfigRecordData } from '../../protocol/state/metadata/config-record.ts';
import type { DelegationTokenRecordData } from '../../protocol/state/metadata/delegation-token-record.ts';
import type { PartitionChangeRecordData } from '../../protocol/state/metadata/partition-change-record.ts';
import type { PartitionRecordData } from '../../protocol/state/metadata/partition-record.ts';
import type { RegisterBrokerRecordData } from '../../protocol/state/metadata/register-broker-record.ts';
import type { RegisterControllerRecordData } from '../../protocol/state/metadata/register-controller-record.ts';
import type { UserScramCredentialRecordData } from '../../protocol/state/metadata/user-scram-credential-record.ts';

/** A decoded record of the metadata log. */
export interface MetadataRecord {
  /** The name of its schema: `TopicRecord`. */
  readonly kind: string;
  // Which fields there are depends on the kind; each case of apply() knows.
  // biome-ignore lint/suspicious/noExplicitAny: the schemas of 28 kinds of records
  readonly data: any;
}

export interface Topic {
  readonly name: string;
  readonly id: string;
  readonly partitions: Map<number, PartitionRecordData>;
}

/** PartitionChangeRecord: nothing is said of the leader, or of its recovery. */
const NO_LEADER_CHANGE = -2;
const NO_RECOVERY_CHANGE = -1;

export class Image {
  readonly brokers = new Map<number, RegisterBrokerRecordData>();
  readonly controllers = new Map<number, RegisterControllerRecordData>();
  /** By id. */
  readonly topics = new Map<string, Topic>();
  /** By type and name, with the values by key. */
  readonly configs = new Map<string, { type: number; name: string; values: Map<string, string> }>();
  readonly features = new Map<string, number>();
  /** By the entity as text. */
  readonly quotas = new Map<string, { entity: ClientQuotaRecordData['entity']; values: Map<string, number> }>();
  readonly acls = new Map<string, AccessControlEntryRecordData>();
  /** By mechanism and user. */
  readonly scram = new Map<string, UserScramCredentialRecordData>();
  readonly tokens = new Map<string, DelegationTokenRecordData>();
  nextProducerId = -1;
  #transaction: MetadataRecord[] | undefined;

  /** Takes in a record; those of a transaction of the controller count once it has ended (KIP-868). */
  accept(record: MetadataRecord): void {
    if (record.kind === 'BeginTransactionRecord') this.#transaction = [];
    else if (record.kind === 'AbortTransactionRecord') this.#transaction = undefined;
    else if (record.kind === 'EndTransactionRecord') {
      for (const each of this.#transaction ?? []) this.#apply(each);
      this.#transaction = undefined;
    } else if (this.#transaction) this.#transaction.push(record);
    else this.#apply(record);
  }

  #apply({ kind, data }: MetadataRecord): void {
    this.#appliers[kind]?.(data);
  }

  /** By kind of record; other kinds show nowhere. */
  // biome-ignore lint/suspicious/noExplicitAny: each takes the data of its kind
  readonly #appliers: Readonly<Record<string, (data: any) => void>> = {
    RegisterBrokerRecord: (data) => this.brokers.set(data.brokerId, data),
    UnregisterBrokerRecord: ({ brokerId }) => this.brokers.delete(brokerId),
    BrokerRegistrationChangeRecord: (data) => this.#changeBroker(data),
    FenceBrokerRecord: ({ id }) => this.#fence(id, true),
    UnfenceBrokerRecord: ({ id }) => this.#fence(id, false),
    RegisterControllerRecord: (data) => this.controllers.set(data.controllerId, data),
    TopicRecord: ({ topicId: id, name }) => this.topics.set(id, { name, id, partitions: new Map() }),
    RemoveTopicRecord: ({ topicId }) => this.#removeTopic(topicId),
    PartitionRecord: (data) => this.topics.get(data.topicId)?.partitions.set(data.partitionId, data),
    PartitionChangeRecord: (data) => this.#changePartition(data),
    ConfigRecord: (data) => this.#setConfig(data),
    ClientQuotaRecord: (data) => this.#setQuota(data),
    FeatureLevelRecord: ({ name, featureLevel }) => this.#setFeature(name, featureLevel),
    ProducerIdsRecord: ({ nextProducerId }) => {
      this.nextProducerId = nextProducerId;
    },
    AccessControlEntryRecord: (data) => this.acls.set(data.id, data),
    RemoveAccessControlEntryRecord: ({ id }) => this.acls.delete(id),
    UserScramCredentialRecord: (data) => this.scram.set(`${data.mechanism}:${data.name}`, data),
    RemoveUserScramCredentialRecord: ({ mechanism, name }) => this.scram.delete(`${mechanism}:${name}`),
    DelegationTokenRecord: (data) => this.tokens.set(data.tokenId, data),
    RemoveDelegationTokenRecord: ({ tokenId }) => this.tokens.delete(tokenId),
  };

  #setFeature(name: string, level: number): void {
    if (level === 0) this.features.delete(name);
    else this.features.set(name, level);
  }

  #changeBroker(change: BrokerRegistrationChangeRecordData): void {
    const broker = this.brokers.get(change.brokerId);
    if (!broker) return;
    this.brokers.set(change.brokerId, {
      ...broker,
      fenced: change.fenced === 0 ? broker.fenced : change.fenced > 0,
      inControlledShutdown: broker.inControlledShutdown || change.inControlledShutdown > 0,
      logDirs: change.logDirs.length > 0 ? change.logDirs : broker.logDirs,
      cordonedLogDirs: change.cordonedLogDirs ?? broker.cordonedLogDirs,
    });
  }

  #fence(id: number, fenced: boolean): void {
    const broker = this.brokers.get(id);
    if (broker) this.brokers.set(id, { ...broker, fenced });
  }

  #removeTopic(id: string): void {
    const topic = this.topics.get(id);
    this.topics.delete(id);
    if (topic) this.configs.delete(`${TOPIC}:${topic.name}`);
  }

  /** PartitionRegistration.merge: naming a leader begins a new leader epoch, even for the same one. */
  #changePartition(change: PartitionChangeRecordData): void {
    const partitions = this.topics.get(change.topicId)?.partitions;
    const before = partitions?.get(change.partitionId);
    if (!partitions || !before) return;
    const sameLeader = change.leader === NO_LEADER_CHANGE;
    const sameRecovery = change.leaderRecoveryState === NO_RECOVERY_CHANGE;
    partitions.set(change.partitionId, {
      ...before,
      replicas: change.replicas ?? before.replicas,
      directories: change.directories ?? before.directories,
      isr: change.isr ?? before.isr,
      removingReplicas: change.removingReplicas ?? before.removingReplicas,
      addingReplicas: change.addingReplicas ?? before.addingReplicas,
      eligibleLeaderReplicas: change.eligibleLeaderReplicas ?? before.eligibleLeaderReplicas,
      lastKnownElr: change.lastKnownElr ?? before.lastKnownElr,
      leader: sameLeader ? before.leader : change.leader,
      leaderRecoveryState: sameRecovery ? before.leaderRecoveryState : change.leaderRecoveryState,
      leaderEpoch: before.leaderEpoch + (sameLeader ? 0 : 1),
      partitionEpoch: before.partitionEpoch + 1,
    });
  }

  #setConfig({ resourceType: type, resourceName, name, value }: ConfigRecordData): void {
    const key = `${type}:${resourceName}`;
    const config = this.configs.get(key) ?? { type, name: resourceName, values: new Map<string, string>() };
    if (value === null) config.values.delete(name);
    else config.values.set(name, value);
    if (config.values.size === 0) this.configs.delete(key);
    else this.configs.set(key, config);
  }

  #setQuota({ entity, key, value, remove }: ClientQuotaRecordData): void {
    const id = JSON.stringify(entity.map(({ entityType, entityName }) => [entityType, entityName]).sort());
    const quota = this.quotas.get(id) ?? { entity, values: new Map<string, number>() };
    if (remove) quota.values.delete(key);
    else quota.values.set(key, value);
    if (quota.values.size === 0) this.quotas.delete(id);
    else this.quotas.set(id, quota);
  }
}

/** ConfigResource.Type of a topic. */
const TOPIC = 2;
