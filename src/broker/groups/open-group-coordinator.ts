import { ResourceType } from '../metadata/image.ts';
import { InternalTopic } from '../metadata/internal-topics.ts';
import type { StateTopicParts } from '../topics/state-topic.ts';
import { watchLeadership } from '../topics/watch-leadership.ts';
import { GroupCoordinator } from './group-coordinator.ts';
import { OffsetsTopic } from './offsets-topic.ts';
import type { ShareStateStore } from './share/state-store.ts';

/**
 * The coordinator of the groups that this broker's `__consumer_offsets` tells of; it can take requests when this resolves.
 * @throws RecordError, LogError if the topic cannot be read
 */
export async function openGroupCoordinator(
  parts: StateTopicParts & { readonly shareState: ShareStateStore },
): Promise<GroupCoordinator> {
  const { clock, logger, metadata, config } = parts;
  const groups = new GroupCoordinator({
    clock,
    logger,
    config,
    store: new OffsetsTopic(parts),
    topics: metadata,
    shareState: parts.shareState,
    configsOf: (groupId) => metadata.configs(ResourceType.GROUP, groupId),
  });
  await groups.load();
  watchLeadership(metadata, InternalTopic.CONSUMER_OFFSETS, parts.nodeId, {
    gained: (partition) => void groups.partitionGained(partition),
    lost: (partition) => groups.partitionLost(partition),
  });
  metadata.onChange((change) => {
    if (change.kind !== 'topic-deleted') return;
    if (change.topic.name === InternalTopic.CONSUMER_OFFSETS) groups.storeDeleted();
    else groups.topicDeleted(change.topic);
  });
  return groups;
}
