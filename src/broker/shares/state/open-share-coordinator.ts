import { InternalTopic } from '../../metadata/internal-topics.ts';
import type { StateTopicParts } from '../../topics/state-topic.ts';
import { ShareCoordinator } from './share-coordinator.ts';
import { ShareTopic } from './share-topic.ts';

/**
 * The coordinator of what this broker's `__share_group_state` tells of.
 * @throws RecordError, LogError if the topic cannot be read
 */
export async function openShareCoordinator(parts: StateTopicParts): Promise<ShareCoordinator> {
  const { clock, config, metadata } = parts;
  const coordinator = new ShareCoordinator({
    clock,
    get config() {
      return config();
    },
    store: await ShareTopic.open(parts),
    exists: (topicId, partition) => metadata.topicById(topicId)?.partitions[partition] !== undefined,
  });
  await coordinator.load();
  metadata.onChange((change) => {
    if (change.kind !== 'topic-deleted') return;
    if (change.topic.name === InternalTopic.SHARE_GROUP_STATE) coordinator.storeDeleted();
    else coordinator.topicDeleted(change.topic.id);
  });
  return coordinator;
}
