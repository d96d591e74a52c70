import type { PartitionImage } from './metadata/image.ts';
import type { MetadataStore } from './metadata/metadata-store.ts';
import { isInOnlineDirectory } from './metadata/online-directory.ts';

/**
 * Replicas on brokers that are fenced, or in a log directory that has failed (KRaftMetadataCache.getOfflineReplicas); of brokers
 * that are not registered nothing is said.
 */
export function offlineReplicas(partition: PartitionImage, { brokers }: MetadataStore): number[] {
  return partition.replicas.filter((id) => {
    const broker = brokers.get(id);
    return broker !== undefined && (broker.fenced || !isInOnlineDirectory(partition, broker));
  });
}
