import type { LogManager } from '../../log/log-manager.ts';
import type { Clock } from '../../util/clock.ts';
import type { Logger } from '../../util/logger.ts';
import type { BrokerConfig } from '../config/broker-config.ts';
import type { MetadataStore } from '../metadata/metadata-store.ts';
import { GroupCoordinator } from './group-coordinator.ts';
import { OffsetsTopic } from './offsets-topic.ts';

export interface GroupCoordinatorParts {
  readonly nodeId: number;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly logs: LogManager;
  readonly metadata: Pick<MetadataStore, 'topic' | 'createTopic' | 'onChange'>;
  /** The configuration in force now. */
  config(): BrokerConfig;
}

/**
 * The coordinator of the groups that this broker's `__consumer_offsets` tells of; it can take requests when this resolves.
 * @throws RecordError, LogError if the topic cannot be read
 */
export async function openGroupCoordinator(parts: GroupCoordinatorParts): Promise<GroupCoordinator> {
  const { clock, logger, metadata, config } = parts;
  const groups = new GroupCoordinator({ clock, logger, config, store: new OffsetsTopic(parts) });
  await groups.load();
  metadata.onChange((change) => {
    if (change.kind === 'topic-deleted') groups.topicDeleted(change.topic.name);
  });
  return groups;
}
