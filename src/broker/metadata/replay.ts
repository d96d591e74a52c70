// What each metadata record does to the image. Types that are not listed change nothing that ktool keeps, and are passed
// over, whatever their version.
import type { Decoded, Fields } from '../../protocol/schema.ts';
import type { ClusterImage } from './cluster-image.ts';
import type { PartitionImage } from './image.ts';
import { Records } from './record-kinds.ts';
import { type FramedRecord, type RecordKind, readMetadataRecord } from './record-serde.ts';

type Replay = (image: ClusterImage, record: FramedRecord) => void;

/** PartitionChangeRecord.leader where the leader stays (LeaderConstants.NO_LEADER_CHANGE). */
const NO_LEADER_CHANGE = -2;

function on<F extends Fields>(
  kind: RecordKind<F>,
  apply: (image: ClusterImage, record: Decoded<F>) => void,
): [number, Replay] {
  return [kind.type, (image, framed) => apply(image, readMetadataRecord(kind.message, framed))];
}

const replays: ReadonlyMap<number, Replay> = new Map([
  on(Records.topic, (image, { name, topicId }) => image.addTopic(name, topicId)),
  on(Records.partition, (image, { topicId, partitionId, leader, leaderEpoch, partitionEpoch, ...record }) =>
    image.putPartition(topicId, {
      ...{ index: partitionId, leader, leaderEpoch, partitionEpoch, replicas: record.replicas, isr: record.isr },
      directories: record.directories,
      ...some('elr', record.eligibleLeaderReplicas),
      ...some('lastKnownElr', record.lastKnownElr),
      ...some('adding', record.addingReplicas),
      ...some('removing', record.removingReplicas),
    }),
  ),
  on(Records.partitionChange, (image, change) => {
    const partition = image.partition(change.topicId, change.partitionId);
    image.putPartition(change.topicId, changed(partition, change));
  }),
  on(Records.removeTopic, (image, { topicId }) => image.removeTopic(topicId)),
  on(Records.config, (image, { resourceType, resourceName, name, value }) =>
    image.setConfig(resourceType, resourceName, name, value),
  ),
  on(Records.featureLevel, (image, { name, featureLevel }) => {
    if (featureLevel === 0) image.features.delete(name);
    else image.features.set(name, featureLevel);
  }),
  on(Records.registerBroker, (image, { brokerId: id, brokerEpoch: epoch, rack, endPoints, ...record }) => {
    const { logDirs: directoryIds, fenced, inControlledShutdown } = record;
    image.brokers.set(id, { id, epoch, rack, endPoints, directoryIds, fenced, inControlledShutdown });
  }),
  on(Records.brokerRegistrationChange, (image, { brokerId, fenced, inControlledShutdown, logDirs }) => {
    const broker = image.brokers.get(brokerId);
    if (!broker) return;
    image.brokers.set(brokerId, {
      ...broker,
      fenced: fenced === 0 ? broker.fenced : fenced > 0,
      inControlledShutdown: broker.inControlledShutdown || inControlledShutdown > 0,
      directoryIds: logDirs.length === 0 ? broker.directoryIds : logDirs,
    });
  }),
  on(Records.unregisterBroker, (image, { brokerId }) => void image.brokers.delete(brokerId)),
  on(Records.userScramCredential, (image, { name, mechanism, ...credential }) =>
    image.scram.set(name, mechanism, credential),
  ),
  on(Records.accessControlEntry, (image, { id, ...acl }) => image.acls.add(id, acl)),
  on(Records.removeAccessControlEntry, (image, { id }) => image.acls.remove(id)),
  on(Records.removeUserScramCredential, (image, { name, mechanism }) => image.scram.remove(name, mechanism)),
  on(Records.delegationToken, (image, token) => void image.delegationTokens.set(token.tokenId, token)),
  on(Records.removeDelegationToken, (image, { tokenId }) => void image.delegationTokens.delete(tokenId)),
  on(Records.clientQuota, (image, { entity, key, value, remove }) =>
    image.quotas.set(
      new Map(entity.map(({ entityType, entityName }) => [entityType, entityName])),
      key,
      remove ? null : value,
    ),
  ),
  on(Records.producerIds, (image, { nextProducerId }) => {
    image.nextProducerId = nextProducerId;
  }),
]);

/** Applies a record to the image. @throws Error if it contradicts the image or is of a later version than Kafka 4.3's */
export function replay(image: ClusterImage, record: FramedRecord): void {
  replays.get(record.type)?.(image, record);
  image.carried.accept(record);
}

/** PartitionRegistration.merge: naming a leader starts a new leader epoch, even if it is the same broker. */
function changed(
  { elr, lastKnownElr, adding, removing, ...partition }: PartitionImage,
  change: Decoded<typeof Records.partitionChange.message.fields>,
): PartitionImage {
  const sameLeader = change.leader === NO_LEADER_CHANGE;
  return {
    ...partition,
    replicas: change.replicas ?? partition.replicas,
    isr: change.isr ?? partition.isr,
    ...some('elr', change.eligibleLeaderReplicas ?? elr),
    ...some('lastKnownElr', change.lastKnownElr ?? lastKnownElr),
    ...some('adding', change.addingReplicas ?? adding),
    ...some('removing', change.removingReplicas ?? removing),
    directories: change.directories ?? partition.directories,
    leader: sameLeader ? partition.leader : change.leader,
    leaderEpoch: partition.leaderEpoch + (sameLeader ? 0 : 1),
    partitionEpoch: partition.partitionEpoch + 1,
  };
}

type ReplicaList = 'elr' | 'lastKnownElr' | 'adding' | 'removing';

/** A list of the image, which leaves out empty ones. */
function some(name: ReplicaList, ids: readonly number[] | null | undefined): Partial<PartitionImage> {
  return ids && ids.length > 0 ? { [name]: ids } : {};
}
