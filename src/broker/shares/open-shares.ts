import type { LogManager } from '../../log/log-manager.ts';
import { KafkaError } from '../../protocol/errors.ts';
import type { Clock } from '../../util/clock.ts';
import type { BrokerConfig } from '../config/broker-config.ts';
import type { MetadataStore } from '../metadata/metadata-store.ts';
import { ShareSessions } from './session/share-sessions.ts';
import { SharePartitions } from './share-partitions.ts';
import type { ShareCoordinator } from './state/share-coordinator.ts';

interface Parts {
  readonly nodeId: number;
  readonly clock: Clock;
  readonly logs: LogManager;
  readonly metadata: MetadataStore;
  readonly shareState: ShareCoordinator;
  config(): BrokerConfig;
}

/** What members of share groups read, and their sessions; a session that ends gives back what its member holds. */
export function openShares(parts: Parts): { sharePartitions: SharePartitions; shareSessions: ShareSessions } {
  const { metadata, config } = parts;
  const sharePartitions = new SharePartitions(parts);
  const shareSessions = new ShareSessions({
    maxSessions: () => config().groupShareMaxShareSessions,
    onGone({ groupId, memberId, partitions }) {
      for (const { topicId, partition } of partitions.values()) {
        try {
          sharePartitions.release({ groupId, topicId, partition }, memberId);
        } catch (error) {
          // The records come back by themselves when their time is up.
          if (!(error instanceof KafkaError)) throw error;
        }
      }
    },
    onGroupEmpty: (groupId) => sharePartitions.groupEmpty(groupId),
  });
  metadata.onChange((change) => {
    if (change.kind !== 'features' || shareVersion(metadata) > 0) return;
    shareSessions.clear();
    sharePartitions.close();
  });
  return { sharePartitions, shareSessions };
}

/** Level of the feature share.version: 1 where share groups are on. */
export function shareVersion({ features }: Pick<MetadataStore, 'features'>): number {
  return features.get('share.version') ?? 0;
}
