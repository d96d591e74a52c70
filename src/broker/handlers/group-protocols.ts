// Which protocols of groups the broker serves (KafkaApis.isConsumerGroupProtocolEnabled and its like): what
// group.coordinator.rebalance.protocols names, at the levels that the cluster's features are finalized at.
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import type { Services } from '../services.ts';
import { shareVersion } from '../shares/open-shares.ts';

/**
 * Consumer groups (KIP-848) can be turned off by group.coordinator.rebalance.protocols and by group.version 0.
 * @throws KafkaError UNSUPPORTED_VERSION
 */
export function assertConsumerGroups({ config, metadata }: Services): void {
  const isServed = config.groupCoordinatorRebalanceProtocols.includes('consumer');
  if (isServed && (metadata.features.get('group.version') ?? 0) > 0) return;
  throw new KafkaError(ErrorCode.UNSUPPORTED_VERSION);
}

/**
 * Streams groups can be turned off by group.coordinator.rebalance.protocols and by streams.version 0.
 * @throws KafkaError UNSUPPORTED_VERSION
 */
export function assertStreamsGroups({ config, metadata }: Services): void {
  const isServed = config.groupCoordinatorRebalanceProtocols.includes('streams');
  if (isServed && (metadata.features.get('streams.version') ?? 0) > 0) return;
  throw new KafkaError(ErrorCode.UNSUPPORTED_VERSION);
}

/**
 * Share groups can be turned off by share.version 0.
 * @throws KafkaError UNSUPPORTED_VERSION
 */
export function assertShareGroups({ metadata }: Services): void {
  if (shareVersion(metadata) < 1) throw new KafkaError(ErrorCode.UNSUPPORTED_VERSION);
}
