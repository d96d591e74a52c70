// What the cluster said last about its brokers and topics, and when to ask again.
import { ErrorCode, KafkaError } from '../protocol/errors.ts';
import { DescribeCluster } from '../protocol/messages/describe-cluster.ts';
import { Metadata, type MetadataResponse } from '../protocol/messages/metadata.ts';
import type { Node } from './admin/types.ts';
import type { Broker } from './broker-link.ts';
import type { CallContext } from './call-context.ts';
import { throwIfError } from './errors.ts';

/** A topic's partitions, by number. */
export interface TopicMetadata {
  readonly name: string;
  readonly topicId: string;
  readonly errorCode: number;
  readonly isInternal: boolean;
  readonly partitions: readonly PartitionMetadata[];
}

export interface PartitionMetadata {
  readonly errorCode: number;
  readonly partition: number;
  readonly leader: number;
  readonly leaderEpoch: number;
}

/** DescribeCluster's words for whose addresses are wanted. */
export const ENDPOINT_TYPE = { BROKER: 1, CONTROLLER: 2 } as const;

/** How the cluster is asked, and who is told what it answered. */
export interface MetadataSource extends CallContext {
  call<T>(name: 'metadata', route: 'any', run: (broker: Broker) => Promise<T>, timeoutMs?: number): Promise<T>;
  learn(response: MetadataResponse): void;
}

export class MetadataCache {
  clusterId: string | null = null;
  controllerId = -1;
  readonly #source: MetadataSource;
  #nodes = new Map<number, Node>();
  readonly #topics = new Map<string, TopicMetadata>();
  #updatedMs = Number.NEGATIVE_INFINITY;

  constructor(source: MetadataSource) {
    this.#source = source;
  }

  /** By rising id; empty before the first answer. */
  get nodes(): Node[] {
    return [...this.#nodes.values()];
  }

  node(id: number): Node | undefined {
    return this.#nodes.get(id);
  }

  topic(name: string): TopicMetadata | undefined {
    return this.#topics.get(name);
  }

  /** The next question goes to the cluster. */
  invalidate(): void {
    this.#updatedMs = Number.NEGATIVE_INFINITY;
  }

  get isStale(): boolean {
    return this.#source.clock.monotonicMs() - this.#updatedMs > this.#source.settings.metadataMaxAgeMs;
  }

  update(response: MetadataResponse): void {
    this.clusterId = response.clusterId;
    this.controllerId = response.controllerId;
    const brokers = response.brokers.map(({ nodeId, host, port, rack }) => ({ id: nodeId, host, port, rack }));
    brokers.sort((a, b) => a.id - b.id);
    this.#nodes = new Map(brokers.map((node) => [node.id, node]));
    this.#updatedMs = this.#source.clock.monotonicMs();
    for (const topic of response.topics) if (topic.name !== null) this.#topics.set(topic.name, topicOf(topic));
  }

  /** Asks for the brokers unless they are known and fresh. */
  async ensureNodes(): Promise<void> {
    if (this.#nodes.size === 0 || this.isStale) await this.refresh([]);
  }

  /**
   * Asks the cluster for topics (null: all).
   * @param allowAutoCreate lets the broker create what is missing, if its settings allow that
   */
  async refresh(
    topics: readonly string[] | null,
    allowAutoCreate = false,
    timeoutMs?: number,
  ): Promise<MetadataResponse> {
    const request = { topics: topics?.map((name) => ({ name })) ?? null, allowAutoTopicCreation: allowAutoCreate };
    const ask = (broker: Broker) =>
      this.#source.toControllers ? this.#controllers(broker) : broker.send(Metadata, request);
    const response = await this.#source.call('metadata', 'any', ask, timeoutMs);
    this.#source.learn(response);
    return response;
  }

  async #controllers(broker: Broker): Promise<MetadataResponse> {
    try {
      return await controllers(broker);
    } catch (error) {
      const isBroker = error instanceof KafkaError && error.code === ErrorCode.MISMATCHED_ENDPOINT_TYPE;
      if (isBroker) this.#source.tellUnusable();
      throw error;
    }
  }
}

/** The controllers of a cluster as if they were its brokers. */
async function controllers(broker: Broker): Promise<MetadataResponse> {
  const request = { includeClusterAuthorizedOperations: false, endpointType: ENDPOINT_TYPE.CONTROLLER };
  const { errorCode, errorMessage, brokers, ...cluster } = await broker.send(DescribeCluster, request);
  throwIfError(errorCode, errorMessage);
  const nodes = brokers.map(({ brokerId: nodeId, host, port, rack }) => ({ nodeId, host, port, rack }));
  return { ...cluster, errorCode, brokers: nodes, topics: [] };
}

function topicOf(topic: MetadataResponse['topics'][number]): TopicMetadata {
  const partitions: PartitionMetadata[] = [];
  for (const { partitionIndex, leaderId, leaderEpoch, errorCode } of topic.partitions) {
    partitions[partitionIndex] = { errorCode, partition: partitionIndex, leader: leaderId, leaderEpoch };
  }
  const { name, topicId, errorCode, isInternal } = topic;
  return { name: name ?? '', topicId, errorCode, isInternal, partitions };
}
