// The image as the records that make it up, in the order of Kafka's snapshots (MetadataImage.write).
import { ZERO_UUID } from '../../util/uuid.ts';
import { clientQuotaRecord, scramRecord } from './change-records.ts';
import type { ClusterImage } from './cluster-image.ts';
import { type PartitionImage, ResourceType } from './image.ts';
import { Records } from './record-kinds.ts';
import { encodeMetadataRecord } from './record-serde.ts';

/** Framed records that give the same image when they are replayed. */
export function* imageRecords(image: ClusterImage): Generator<Buffer> {
  for (const [name, featureLevel] of image.features)
    yield encodeMetadataRecord(Records.featureLevel, { name, featureLevel });
  yield* image.carried.all();
  for (const { name, id: topicId, partitions } of image.topics()) {
    yield encodeMetadataRecord(Records.topic, { name, topicId });
    for (const partition of partitions) {
      yield encodeMetadataRecord(Records.partition, partitionFields(topicId, partition));
    }
  }
  for (const type of Object.values(ResourceType)) {
    for (const resourceName of image.resourcesWithConfigs(type)) {
      for (const [name, value] of image.configs(type, resourceName))
        yield encodeMetadataRecord(Records.config, { resourceType: type, resourceName, name, value });
    }
  }
  for (const { entity, values } of image.quotas.all) {
    for (const [key, value] of values) yield clientQuotaRecord({ entity, key, value });
  }
  if (image.nextProducerId > 0) {
    const { nextProducerId } = image;
    yield encodeMetadataRecord(Records.producerIds, { brokerId: -1, brokerEpoch: -1, nextProducerId });
  }
  for (const [user, byMechanism] of image.scram.credentials) {
    for (const [mechanism, credential] of byMechanism) yield scramRecord({ user, mechanism, credential });
  }
}

function partitionFields(
  topicId: string,
  { index, elr, lastKnownElr, adding, removing, ...partition }: PartitionImage,
) {
  return {
    ...{ topicId, partitionId: index, ...partition },
    directories: partition.directories ?? partition.replicas.map(() => ZERO_UUID),
    eligibleLeaderReplicas: elr ?? null,
    lastKnownElr: lastKnownElr ?? null,
    addingReplicas: adding ?? [],
    removingReplicas: removing ?? [],
  };
}
