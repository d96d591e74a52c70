import type { PartitionImage } from './metadata/image.ts';
import type { MetadataStore } from './metadata/metadata-store.ts';

/** Replicas on brokers that are fenced (KRaftMetadataCache.getOfflineReplicas); the only broker counts as online whatever is registered. */
export function offlineReplicas({ replicas }: PartitionImage, { brokers }: MetadataStore): number[] {
  return replicas.filter((id) => brokers.get(id)?.fenced === true);
}
