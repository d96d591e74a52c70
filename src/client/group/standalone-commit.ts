import { KafkaError } from '../../protocol/errors.ts';
import type { ClusterOptions } from '../cluster.ts';
import type { ClusterSettings } from '../settings/common.ts';
import { CoordinatorLink } from './coordinator-link.ts';
import { commitOffsets } from './offsets.ts';
import type { GroupOffset } from './types.ts';

/** Nobody's generation: offsets of a group without members. */
const OUTSIDER = { memberId: '', instanceId: null, generationOrEpoch: -1 };

/**
 * Commits offsets for a group without being its member (KafkaConsumer.commitSync after assign).
 * @throws KafkaError if the group refuses, or does not answer within `default.api.timeout.ms`
 */
export async function commitStandalone(
  settings: ClusterSettings,
  groupId: string,
  offsets: readonly GroupOffset[],
  options: ClusterOptions,
): Promise<void> {
  const link = await CoordinatorLink.create(settings, groupId, options);
  const { clock, label, logger } = link.cluster;
  const deadlineMs = clock.monotonicMs() + settings.defaultApiTimeoutMs;
  try {
    for (let attempt = 1; ; attempt++) {
      const error = await commitOffsets(link, OUTSIDER, offsets).then(
        () => undefined,
        (error) => error as Error,
      );
      if (error === undefined) return;
      if (!(error instanceof KafkaError) || !error.retriable || clock.monotonicMs() >= deadlineMs) throw error;
      const [first] = offsets;
      logger.warn(
        `${label} Offset commit failed on partition ${first?.topic}-${first?.partition} at offset ${first?.offset}: ${error.message}`,
      );
      await link.cluster.sleep(link.cluster.retryBackoffMs(attempt));
    }
  } finally {
    link.close();
  }
}
