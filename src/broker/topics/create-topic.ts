// Creating a topic, whoever asks: CreateTopics, a client that names a topic which is not there, a coordinator.

import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import type { BrokerCore } from '../broker-core.ts';
import { validateTopicConfigs } from '../config/topic-config.ts';
import { brokerConfigLayers } from '../config-layers.ts';
import { METADATA_TOPIC } from '../metadata/internal-topics.ts';
import type { NewTopic } from '../metadata/metadata-store.ts';
import { manualReplicas, usableBrokers } from './assignment.ts';
import { placeReplicas } from './place-replicas.ts';
import { checkTopicName, collides } from './topic-name.ts';

/** A topic as a request asks for it, in the names of the CreateTopics request. */
export interface TopicRequest {
  readonly name: string;
  /** -1 = the broker's num.partitions, or as many as `assignments` has. */
  readonly numPartitions: number;
  /** -1 = the broker's default.replication.factor. */
  readonly replicationFactor: number;
  readonly assignments: readonly { partitionIndex: number; brokerIds: readonly number[] }[];
  readonly configs: readonly { name: string; value: string | null }[];
}

type Parts = Pick<BrokerCore, 'nodeId' | 'config' | 'metadata' | 'peers'>;

/**
 * Checks a request for a topic; what it returns is ready for MetadataStore.createTopic.
 * @throws KafkaError or ConfigError with Kafka's code and text (ReplicationControlManager.createTopics)
 */
export function planTopic(services: Parts, request: TopicRequest): NewTopic {
  const { name } = request;
  if (name === METADATA_TOPIC) {
    const message = `Creation of internal topic ${METADATA_TOPIC} is prohibited.`;
    throw new KafkaError(ErrorCode.INVALID_REQUEST, message);
  }
  checkTopicName(name);
  checkIsNew(services, name);
  const given = new Map(request.configs.map((config) => [config.name, config.value]));
  validateTopicConfigs(given, brokerConfigLayers(services));
  const configs = new Map([...given].flatMap(([key, value]) => (value === null ? [] : [[key, value] as const])));
  return { name, replicas: replicasOf(services, request), configs };
}

function checkIsNew({ metadata }: Parts, name: string): void {
  if (metadata.topic(name)) throw new KafkaError(ErrorCode.TOPIC_ALREADY_EXISTS, `Topic '${name}' already exists.`);
  if (!/[._]/.test(name)) return;
  for (const existing of metadata.topics()) {
    if (!collides(existing.name, name)) continue;
    const message = `Topic '${name}' collides with existing topic: ${existing.name}`;
    throw new KafkaError(ErrorCode.INVALID_TOPIC_EXCEPTION, message);
  }
}

function replicasOf(services: Parts, request: TopicRequest): readonly (readonly number[])[] {
  const { config } = services;
  const { numPartitions, replicationFactor, assignments } = request;
  if (assignments.length > 0) {
    const refuse = (what: string) => {
      const message = `A manual partition assignment was specified, but ${what} was not set to -1.`;
      return new KafkaError(ErrorCode.INVALID_REQUEST, message);
    };
    if (replicationFactor !== -1) throw refuse('replication factor');
    if (numPartitions !== -1) throw refuse('numPartitions');
    return manualReplicas(services, assignments);
  }
  if (replicationFactor < -1 || replicationFactor === 0) {
    const message = 'Replication factor must be larger than 0, or -1 to use the default value.';
    throw new KafkaError(ErrorCode.INVALID_REPLICATION_FACTOR, message);
  }
  if (numPartitions < -1 || numPartitions === 0) {
    const message = 'Number of partitions was set to an invalid non-positive value.';
    throw new KafkaError(ErrorCode.INVALID_PARTITIONS, message);
  }
  return placeReplicas(
    usableBrokers(services),
    numPartitions === -1 ? config.numPartitions : numPartitions,
    replicationFactor === -1 ? config.defaultReplicationFactor : replicationFactor,
  );
}
