import { AclImage } from './acl-image.ts';
import { CarriedRecords } from './carried-records.ts';
import { ClientQuotasImage } from './client-quotas-image.ts';
import type { BrokerImage, DelegationToken, PartitionImage, ResourceType, TopicImage } from './image.ts';
import { isInternalTopic } from './internal-topics.ts';
import { ScramImage } from './scram-image.ts';

const NO_CONFIGS: ReadonlyMap<string, string> = new Map();

/** The image in memory that replaying metadata records builds up; the values it hands out are never changed. */
export class ClusterImage {
  readonly #byName = new Map<string, TopicImage>();
  readonly #byId = new Map<string, TopicImage>();
  readonly #configs = new Map<number, Map<string, ReadonlyMap<string, string>>>();
  readonly features = new Map<string, number>();
  readonly scram = new ScramImage();
  readonly acls = new AclImage();
  readonly quotas = new ClientQuotasImage();
  /** By token id. */
  readonly delegationTokens = new Map<string, DelegationToken>();
  /** The registered brokers by id. */
  readonly brokers = new Map<number, BrokerImage>();
  nextProducerId = 0;
  /** What snapshots must have beside all this. */
  readonly carried = new CarriedRecords();

  topic(name: string): TopicImage | undefined {
    return this.#byName.get(name);
  }

  topicById(id: string): TopicImage | undefined {
    return this.#byId.get(id);
  }

  topics(): Iterable<TopicImage> {
    return this.#byName.values();
  }

  configs(type: ResourceType, name: string): ReadonlyMap<string, string> {
    return this.#configs.get(type)?.get(name) ?? NO_CONFIGS;
  }

  resourcesWithConfigs(type: ResourceType): Iterable<string> {
    return this.#configs.get(type)?.keys() ?? [];
  }

  addTopic(name: string, id: string): void {
    this.#put({ name, id, partitions: [], configs: NO_CONFIGS, internal: isInternalTopic(name) });
  }

  /** Sets a partition of a topic. @throws Error if there is no such topic, or a partition before it is missing */
  putPartition(topicId: string, partition: PartitionImage): void {
    const topic = this.#known(topicId);
    if (partition.index > topic.partitions.length)
      throw new Error(`Partition ${partition.index} of topic ${topic.name} follows ${topic.partitions.length} others`);
    const partitions = topic.partitions.slice();
    partitions[partition.index] = partition;
    this.#put({ ...topic, partitions });
  }

  /** @throws Error if there is no such partition */
  partition(topicId: string, index: number): PartitionImage {
    const topic = this.#known(topicId);
    const partition = topic.partitions[index];
    if (!partition) throw new Error(`Topic ${topic.name} has no partition ${index}`);
    return partition;
  }

  /** Removes a topic and its configs. @throws Error if there is no such topic */
  removeTopic(id: string): void {
    const { name } = this.#known(id);
    this.#byId.delete(id);
    this.#byName.delete(name);
    this.#configs.get(TOPIC)?.delete(name);
  }

  /** Sets a config, removes it with null. */
  setConfig(type: number, resource: string, name: string, value: string | null): void {
    const resources = this.#configs.get(type) ?? new Map<string, ReadonlyMap<string, string>>();
    const configs = new Map(resources.get(resource));
    if (value === null) configs.delete(name);
    else configs.set(name, value);
    if (configs.size === 0) resources.delete(resource);
    else resources.set(resource, configs);
    this.#configs.set(type, resources);
    const topic = type === TOPIC ? this.#byName.get(resource) : undefined;
    if (topic) this.#put({ ...topic, configs });
  }

  #known(id: string): TopicImage {
    const topic = this.#byId.get(id);
    if (!topic) throw new Error(`No topic has the id ${id}`);
    return topic;
  }

  #put(topic: TopicImage): void {
    this.#byName.set(topic.name, topic);
    this.#byId.set(topic.id, topic);
  }
}

const TOPIC: ResourceType = 2;
