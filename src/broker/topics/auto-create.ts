import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { ConfigError } from '../config/config-error.ts';
import type { TopicImage } from '../metadata/image.ts';
import { isInternalTopic } from '../metadata/internal-topics.ts';
import type { Services } from '../services.ts';
import { planTopic } from './create-topic.ts';
import { ensureInternalTopic } from './internal-topic.ts';

/**
 * Creates a topic that a client asked for by name, with the broker's defaults. Where Kafka answers
 * UNKNOWN_TOPIC_OR_PARTITION until the topic has come about, it is there when this returns.
 * @returns the topic, or the error code that says why it cannot be
 */
export function autoCreateTopic(services: Services, name: string): TopicImage | number {
  try {
    if (isInternalTopic(name)) return ensureInternalTopic(services, name);
    const topic = planTopic(services, { name, numPartitions: -1, replicationFactor: -1, assignments: [], configs: [] });
    return services.metadata.createTopic(topic);
  } catch (error) {
    if (error instanceof KafkaError || error instanceof ConfigError) {
      services.logger.info(`Auto topic creation failed for ${name}: ${error.message}`);
      return error.code === ErrorCode.INVALID_TOPIC_EXCEPTION ? error.code : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
    }
    throw error;
  }
}
