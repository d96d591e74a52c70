import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import type { Services } from '../services.ts';

/**
 * Streams groups can be turned off by group.coordinator.rebalance.protocols and by streams.version 0.
 * @throws KafkaError UNSUPPORTED_VERSION
 */
export function assertStreamsGroups({ config, metadata }: Services): void {
  const isServed = config.groupCoordinatorRebalanceProtocols.includes('streams');
  if (isServed && (metadata.features.get('streams.version') ?? 0) > 0) return;
  throw new KafkaError(ErrorCode.UNSUPPORTED_VERSION);
}
