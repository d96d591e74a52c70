// Topics that clients ask for by name and that are not there (AutoTopicCreationManager).
import { KafkaError } from '../../protocol/errors.ts';
import type { Timer } from '../../util/clock.ts';
import type { Logger } from '../../util/logger.ts';
import type { BrokerCore } from '../broker-core.ts';
import type { BrokerConfig } from '../config/broker-config.ts';
import { ConfigError } from '../config/config-error.ts';
import { isInternalTopic } from '../metadata/internal-topics.ts';
import { planTopic } from './create-topic.ts';
import { ensureInternalTopic } from './internal-topic.ts';

interface Parts extends Omit<BrokerCore, 'config' | 'logs'> {
  readonly logger: Logger;
  config(): BrokerConfig;
}

/**
 * Creates topics with the broker's defaults, as long after a client has asked as Kafka's controller collects writes
 * (controller.quorum.append.linger.ms): until then they are unknown, and clients ask again. Some see that a topic has come only
 * when they have seen that it is not there, and look a second time at once (kafka-go's readers).
 */
export class AutoTopicCreation {
  readonly #parts: Parts;
  readonly #inFlight = new Map<string, Timer>();
  #isClosed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Sees to it that there will be a topic `name`, if one of that name can be; if not, a line in the log says why. */
  request(name: string): void {
    if (this.#isClosed || this.#inFlight.has(name)) return;
    const { clock, config } = this.#parts;
    const lingerMs = config().controllerQuorumAppendLingerMs;
    const create = () => {
      this.#inFlight.delete(name);
      this.#create(name);
    };
    if (lingerMs === 0) create();
    else this.#inFlight.set(name, clock.setTimer(lingerMs, create));
  }

  /** Creates nothing more. */
  close(): void {
    this.#isClosed = true;
    for (const timer of this.#inFlight.values()) timer.cancel();
    this.#inFlight.clear();
  }

  #create(name: string): void {
    const { logger, config, ...rest } = this.#parts;
    const parts = { ...rest, config: config() };
    try {
      if (isInternalTopic(name)) ensureInternalTopic(parts, name);
      else {
        const request = { name, numPartitions: -1, replicationFactor: -1, assignments: [], configs: [] };
        parts.metadata.createTopic(planTopic(parts, request));
      }
    } catch (error) {
      const said = `Auto topic creation failed for ${name}`;
      if (error instanceof KafkaError || error instanceof ConfigError) logger.info(`${said}: ${error.message}`);
      else logger.error(said, error);
    }
  }
}
