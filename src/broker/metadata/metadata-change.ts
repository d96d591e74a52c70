import type { ResourceType, TopicImage } from './image.ts';

/** What those who follow the metadata are told of. */
export type MetadataChange =
  | { kind: 'topic-created' | 'partitions-added' | 'topic-deleted'; topic: TopicImage }
  | { kind: 'quotas' | 'features' }
  | { kind: 'partitions'; changed: readonly { topicId: string; index: number }[] }
  | { kind: 'configs'; type: ResourceType; name: string };
