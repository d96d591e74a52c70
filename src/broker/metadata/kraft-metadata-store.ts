import type { LogConfig } from '../../log/log-config.ts';
import type { LogManager } from '../../log/log-manager.ts';
import { randomUuid } from '../../util/uuid.ts';
import type { BrokerConfigLayers } from '../config/layers.ts';
import { effectiveTopicConfig } from '../config/topic-config.ts';
import { type Acl, aclKey } from '../security/acl.ts';
import { inBatches } from './batches.ts';
import { unregisterRecord } from './bootstrap.ts';
import { clientQuotaRecord, configRecord, scramRecord } from './change-records.ts';
import type { ClusterImage } from './cluster-image.ts';
import { KRAFT_VERSION } from './feature-update.ts';
import {
  type BrokerImage,
  type DelegationToken,
  type EntityQuotas,
  type QuotaEntity,
  ResourceType,
  type ScramCredentials,
  type TopicImage,
} from './image.ts';
import { METADATA_TOPIC } from './internal-topics.ts';
import type { MetadataLog } from './metadata-log.ts';
import type {
  AclView,
  ConfigChange,
  MetadataChange,
  MetadataStore,
  NewTopic,
  QuotaChange,
  ScramChange,
  VoterEndpoints,
} from './metadata-store.ts';
import { newPartitionRecord, PartitionLogs } from './partition-logs.ts';
import { KRAFT_VERSIONS, type Quorum } from './quorum.ts';
import { Records } from './record-kinds.ts';
import { encodeMetadataRecord, openMetadataRecord } from './record-serde.ts';
import { replay } from './replay.ts';
import { Replication } from './replication.ts';
import type { Snapshots } from './snapshots.ts';

export interface KRaftMetadataStoreOptions {
  readonly image: ClusterImage;
  readonly log: MetadataLog;
  /** Of the metadata log. */
  readonly logConfig: LogConfig;
  readonly logs: LogManager;
  /** The nodes of the cluster; the first leads the metadata log. */
  readonly nodeIds: readonly number[];
  /** BrokerConfig.given of the first node. */
  readonly given: ReadonlyMap<string, string>;
  readonly snapshots: Snapshots;
  readonly quorum: Quorum;
  /** directory.id of the log directory of the metadata log. */
  readonly metadataDirectoryId: string;
  /** directory.id of every log directory. */
  readonly directoryIds: readonly string[];
}

/** The store on a KRaft metadata log; made by openMetadataStore. */
export class KRaftMetadataStore implements MetadataStore {
  readonly #options: KRaftMetadataStoreOptions;
  readonly #image: ClusterImage;
  readonly #log: MetadataLog;
  readonly #partitionLogs: PartitionLogs;
  readonly #listeners = new Set<(change: MetadataChange) => void>();
  readonly replication: Replication;
  #controllerId: number;
  #quorum: Quorum;
  #features: ReadonlyMap<string, number> | undefined;

  constructor(options: KRaftMetadataStoreOptions) {
    this.#options = options;
    this.#image = options.image;
    this.#log = options.log;
    this.#partitionLogs = new PartitionLogs(options.logs, options.nodeIds);
    this.#controllerId = options.nodeIds[0]!;
    this.#quorum = options.quorum;
    this.replication = new Replication({
      image: options.image,
      given: options.given,
      nextOffset: () => this.#log.endOffset,
      commit: (values) => inBatches(values, (batch) => this.#commit(batch)),
      tell: (change) => this.#tell(change),
    });
  }

  get features(): ReadonlyMap<string, number> {
    const { kRaftVersion } = this.#quorum;
    if (kRaftVersion === 0) return this.#image.features;
    this.#features ??= new Map([...this.#image.features, [KRAFT_VERSION, kRaftVersion]]);
    return this.#features;
  }

  get quorum(): Quorum {
    return this.#quorum;
  }

  upgradeQuorum(wanted: readonly VoterEndpoints[]): void {
    const voterDirectoryId = this.#options.metadataDirectoryId;
    const voters = wanted.map(({ voterId, endpoints }) => ({
      ...{ voterId, voterDirectoryId, endpoints: [...endpoints], kRaftVersionFeature: KRAFT_VERSIONS },
    }));
    const quorum = { kRaftVersion: 1, voters };
    this.#log.appendQuorum(quorum);
    this.#quorum = quorum;
    this.#features = undefined;
    this.#tell({ kind: 'features' });
  }

  get lastOffset(): number {
    return this.#log.endOffset - 1;
  }

  topic(name: string): TopicImage | undefined {
    return this.#image.topic(name);
  }

  topicById(id: string): TopicImage | undefined {
    return this.#image.topicById(id);
  }

  topics(): Iterable<TopicImage> {
    return this.#image.topics();
  }

  configs(type: ResourceType, name: string): ReadonlyMap<string, string> {
    return this.#image.configs(type, name);
  }

  resourcesWithConfigs(type: ResourceType): Iterable<string> {
    return this.#image.resourcesWithConfigs(type);
  }

  logConfig(topic: string): LogConfig {
    if (topic === METADATA_TOPIC) return this.#options.logConfig;
    return effectiveTopicConfig(this.configs(ResourceType.TOPIC, topic), this.#layers());
  }

  createTopic({ name, replicas, configs }: NewTopic): TopicImage {
    const topicId = randomUuid();
    this.#commit([
      encodeMetadataRecord(Records.topic, { name, topicId }),
      ...[...configs].map(([key, value]) => configRecord(ResourceType.TOPIC, name, { name: key, value })),
      ...replicas.map((brokers, index) => this.#partitionRecord(topicId, index, brokers)),
    ]);
    const topic = this.#existing(topicId);
    this.#createLogs(topic, 0);
    this.#tell({ kind: 'topic-created', topic });
    return topic;
  }

  createPartitions(id: string, replicas: readonly (readonly number[])[]): TopicImage {
    const first = this.#existing(id).partitions.length;
    this.#commit(replicas.map((brokers, index) => this.#partitionRecord(id, first + index, brokers)));
    const topic = this.#existing(id);
    this.#createLogs(topic, first);
    this.#tell({ kind: 'partitions-added', topic });
    return topic;
  }

  assignDirectories(topics: Iterable<TopicImage>): void {
    inBatches(this.#partitionLogs.directoryRecords(topics), (batch) => this.#commit(batch));
  }

  deleteTopic(id: string): void {
    const topic = this.#image.topicById(id);
    if (!topic) return;
    this.#commit([encodeMetadataRecord(Records.removeTopic, { topicId: id })]);
    this.#partitionLogs.delete(topic);
    this.#tell({ kind: 'topic-deleted', topic });
  }

  changeConfigs(type: ResourceType, name: string, changes: readonly ConfigChange[]): void {
    if (changes.length === 0) return;
    this.#commit(changes.map((change) => configRecord(type, name, change)));
    if (type === ResourceType.TOPIC) this.#updateLogs(this.#image.topic(name));
    if (type === ResourceType.BROKER) for (const topic of this.topics()) this.#updateLogs(topic);
    this.#tell({ kind: 'configs', type, name });
  }

  reserveProducerIds(count: number): { first: number; count: number } {
    const first = this.#image.nextProducerId;
    const brokerId = this.#controllerId;
    // Of a broker that was unregistered no epoch is known.
    const brokerEpoch = this.#image.brokers.get(brokerId)?.epoch ?? -1;
    const record = { brokerId, brokerEpoch, nextProducerId: first + count };
    this.#commit([encodeMetadataRecord(Records.producerIds, record)]);
    return { first, count };
  }

  get scramCredentials(): ScramCredentials {
    return this.#image.scram.credentials;
  }

  changeScramCredentials(changes: readonly ScramChange[]): void {
    if (changes.length > 0) this.#commit(changes.map(scramRecord));
  }

  get delegationTokens(): ReadonlyMap<string, DelegationToken> {
    return this.#image.delegationTokens;
  }

  putDelegationToken(token: DelegationToken): void {
    this.#commit([encodeMetadataRecord(Records.delegationToken, token)]);
  }

  removeDelegationTokens(tokenIds: readonly string[]): void {
    if (tokenIds.length === 0) return;
    this.#commit(tokenIds.map((tokenId) => encodeMetadataRecord(Records.removeDelegationToken, { tokenId })));
  }

  get acls(): AclView {
    return this.#image.acls;
  }

  createAcls(acls: readonly Acl[]): void {
    const created = new Map(acls.filter((acl) => !this.#image.acls.has(acl)).map((acl) => [aclKey(acl), acl]));
    const record = (acl: Acl) => encodeMetadataRecord(Records.accessControlEntry, { id: randomUuid(), ...acl });
    if (created.size > 0) this.#commit([...created.values()].map(record));
  }

  deleteAcls(ids: readonly string[]): void {
    if (ids.length > 0) this.#commit(ids.map((id) => encodeMetadataRecord(Records.removeAccessControlEntry, { id })));
  }

  get clientQuotas(): Iterable<EntityQuotas> {
    return this.#image.quotas.all;
  }

  quotasOf(entity: QuotaEntity): ReadonlyMap<string, number> | undefined {
    return this.#image.quotas.of(entity);
  }

  changeClientQuotas(changes: readonly QuotaChange[]): void {
    if (changes.length === 0) return;
    this.#commit(changes.map(clientQuotaRecord));
    this.#tell({ kind: 'quotas' });
  }

  changeFeatures(levels: ReadonlyMap<string, number>): void {
    if (levels.size === 0) return;
    const record = ([name, featureLevel]: [string, number]) =>
      encodeMetadataRecord(Records.featureLevel, { name, featureLevel });
    this.#commit([...levels].map(record));
    this.#features = undefined;
    this.#tell({ kind: 'features' });
  }

  get brokers(): ReadonlyMap<number, BrokerImage> {
    return this.#image.brokers;
  }

  get controllerId(): number {
    return this.#controllerId;
  }

  moveController(nodeId: number): void {
    if (nodeId === this.#controllerId) return;
    this.#controllerId = nodeId;
    this.#log.nextEpoch();
    this.#log.appendLeaderChange(nodeId, this.#options.nodeIds);
  }

  get leaderEpoch(): number {
    return this.#log.epoch;
  }

  unregister(brokerId: number): void {
    const broker = this.#image.brokers.get(brokerId);
    if (broker === undefined) return;
    this.#commit([unregisterRecord(broker)]);
    if (this.#options.nodeIds.length > 1) this.replication.forget(brokerId);
  }

  onChange(listener: (change: MetadataChange) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #existing(id: string): TopicImage {
    const topic = this.#image.topicById(id);
    if (!topic) throw new Error(`No topic has the id ${id}`);
    return topic;
  }

  #layers(): BrokerConfigLayers {
    return {
      given: this.#options.given,
      dynamicDefault: this.configs(ResourceType.BROKER, ''),
      dynamicBroker: this.configs(ResourceType.BROKER, String(this.#options.nodeIds[0])),
    };
  }

  /** Log first, image after. */
  #commit(values: readonly Buffer[]): void {
    this.#log.append(values);
    for (const value of values) replay(this.#image, openMetadataRecord(value));
    this.#options.snapshots.appended(values);
  }

  /** Brokers that do not serve are not in sync; the only broker, unregistered, goes on. */
  #partitionRecord(topicId: string, partitionId: number, replicas: readonly number[]): Buffer {
    const { directoryIds } = this.#options;
    const live = replicas.filter((id) => this.replication.isActive(id));
    return newPartitionRecord({ topicId, partitionId, replicas, isr: live.length > 0 ? live : replicas }, directoryIds);
  }

  #createLogs(topic: TopicImage, first: number): void {
    this.#partitionLogs.create(topic, first);
    if (this.#options.directoryIds.length > 1) this.assignDirectories([topic]);
  }

  #updateLogs(topic: TopicImage | undefined): void {
    if (topic) this.#partitionLogs.update(topic, this.logConfig(topic.name));
  }

  #tell(change: MetadataChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}
