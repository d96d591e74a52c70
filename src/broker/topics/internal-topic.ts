// The topics that coordinators keep their state in, made when first needed.
import type { BrokerCore } from '../broker-core.ts';
import type { TopicImage } from '../metadata/image.ts';
import { InternalTopic } from '../metadata/internal-topics.ts';
import { planTopic, type TopicRequest } from './create-topic.ts';

type Parts = Pick<BrokerCore, 'nodeId' | 'config' | 'metadata' | 'peers'>;

/**
 * The internal topic `name`, created with the settings that Kafka's coordinator gives it if it is not there
 * (AutoTopicCreationManager).
 * @throws KafkaError INVALID_REPLICATION_FACTOR if the broker's settings ask for more replicas than there are brokers
 */
export function ensureInternalTopic(services: Parts, name: InternalTopic): TopicImage {
  const existing = services.metadata.topic(name);
  return existing ?? services.metadata.createTopic(planTopic(services, requestFor(services, name)));
}

function requestFor({ config }: Parts, name: InternalTopic): TopicRequest {
  const request = (numPartitions: number, replicationFactor: number, configs: Record<string, string>) => ({
    name,
    numPartitions,
    replicationFactor,
    assignments: [],
    configs: Object.entries(configs).map(([key, value]) => ({ name: key, value })),
  });
  switch (name) {
    case InternalTopic.CONSUMER_OFFSETS:
      return request(config.offsetsTopicNumPartitions, config.offsetsTopicReplicationFactor, {
        'cleanup.policy': 'compact',
        'compression.type': 'producer',
        'segment.bytes': String(config.offsetsTopicSegmentBytes),
      });
    case InternalTopic.TRANSACTION_STATE:
      return request(config.transactionStateLogNumPartitions, config.transactionStateLogReplicationFactor, {
        'cleanup.policy': 'compact',
        'compression.type': 'uncompressed',
        'min.insync.replicas': String(config.transactionStateLogMinIsr),
        'segment.bytes': String(config.transactionStateLogSegmentBytes),
        'unclean.leader.election.enable': 'false',
      });
    case InternalTopic.SHARE_GROUP_STATE:
      return request(
        config.shareCoordinatorStateTopicNumPartitions,
        config.shareCoordinatorStateTopicReplicationFactor,
        {
          'cleanup.policy': 'delete',
          'compression.type': 'producer',
          'segment.bytes': String(config.shareCoordinatorStateTopicSegmentBytes),
          'min.insync.replicas': String(config.shareCoordinatorStateTopicMinIsr),
          'retention.ms': '-1',
        },
      );
  }
}
