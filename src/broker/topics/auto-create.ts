import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { ConfigError } from '../config/config-error.ts';
import { isInternalTopic } from '../metadata/internal-topics.ts';
import type { Services } from '../services.ts';
import { planTopic } from './create-topic.ts';
import { ensureInternalTopic } from './internal-topic.ts';

/**
 * Creates a topic that a client asked for by name, with the broker's defaults.
 * @returns the error code that the client gets: as on Kafka's broker, which creates it while it answers,
 * UNKNOWN_TOPIC_OR_PARTITION also for one that will be there the next time (AutoTopicCreationManager)
 */
export function autoCreateTopic(services: Services, name: string): number {
  try {
    if (isInternalTopic(name)) ensureInternalTopic(services, name);
    else {
      const request = { name, numPartitions: -1, replicationFactor: -1, assignments: [], configs: [] };
      services.metadata.createTopic(planTopic(services, request));
    }
    return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
  } catch (error) {
    if (error instanceof KafkaError || error instanceof ConfigError) {
      services.logger.info(`Auto topic creation failed for ${name}: ${error.message}`);
      return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
    }
    throw error;
  }
}
