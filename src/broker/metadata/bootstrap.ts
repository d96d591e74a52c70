// The records that a start writes: those of a new cluster, and those of a broker that registers. Names, order and values
// are those of a 4.3.1 controller that is its cluster's only broker.

import { hashMapOrder, javaStringHash } from '../../util/java-hash.ts';
import { SUPPORTED_FEATURES } from './features.ts';
import { type BrokerEndpoint, type BrokerImage, ResourceType } from './image.ts';
import { Records } from './record-kinds.ts';
import { encodeMetadataRecord, type FramedRecord, openMetadataRecord, readMetadataRecord } from './record-serde.ts';

/** BrokerRegistrationChangeRecord.fenced: BrokerRegistrationFencingChange; 0 changes nothing. */
const UNFENCE = -1;
const FENCE = 1;

/**
 * What a new cluster begins with, and min.insync.replicas, which eligible leader replicas need (KIP-966).
 * @param formatted what it was formatted with, or newestFeatures()
 * @param value min.insync.replicas of the broker's own configuration
 */
export function clusterBootstrapRecords(formatted: readonly Buffer[], value = '1'): Buffer[] {
  const hasReplicas = formatted.map(openMetadataRecord).some(isEligibleLeaderReplicas);
  const minIsr = { resourceType: ResourceType.BROKER, resourceName: '', name: 'min.insync.replicas', value };
  return [
    encodeMetadataRecord(Records.beginTransaction, { name: 'Bootstrap records' }),
    ...formatted,
    ...(hasReplicas ? [encodeMetadataRecord(Records.config, minIsr)] : []),
    encodeMetadataRecord(Records.endTransaction, {}),
  ];
}

/** The features of a new cluster that nobody formatted. */
export function newestFeatures(): Buffer[] {
  return SUPPORTED_FEATURES.filter(({ initial }) => initial > 0).map(({ name, initial }) =>
    encodeMetadataRecord(Records.featureLevel, { name, featureLevel: initial }),
  );
}

function isEligibleLeaderReplicas({ type, value }: FramedRecord): boolean {
  if (type !== Records.featureLevel.type) return false;
  return (
    readMetadataRecord(Records.featureLevel.message, openMetadataRecord(value)).name ===
    'eligible.leader.replicas.version'
  );
}

/** A broker as it registers. */
export interface Registration {
  readonly nodeId: number;
  readonly rack: string | null;
  /** Advertised addresses; securityProtocol by SecurityProtocol.id. */
  readonly endPoints: readonly BrokerEndpoint[];
  /** Where its controller listeners are reached. */
  readonly controllerEndPoints: readonly BrokerEndpoint[];
  /** directory.id of each log directory. */
  readonly directoryIds: readonly string[];
  /** New for each start of the process. */
  readonly incarnationId: string;
}

/** The node as a controller (KIP-919): with the features in the order of Kafka's hash tables. */
export function controllerRecord(node: Registration): Buffer {
  return encodeMetadataRecord(Records.registerController, {
    controllerId: node.nodeId,
    incarnationId: node.incarnationId,
    zkMigrationReady: false,
    endPoints: node.controllerEndPoints,
    features: hashMapOrder(supportedRanges(), ({ name }) => javaStringHash(name)),
  });
}

const supportedRanges = () =>
  SUPPORTED_FEATURES.map(({ name, minVersion, maxVersion }) => ({
    name,
    minSupportedVersion: minVersion,
    maxSupportedVersion: maxVersion,
  }));

/** @param brokerEpoch offset at which this record will stand */
export function registrationRecord(broker: Registration, brokerEpoch: number): Buffer {
  return encodeMetadataRecord(Records.registerBroker, {
    brokerId: broker.nodeId,
    incarnationId: broker.incarnationId,
    brokerEpoch,
    endPoints: broker.endPoints,
    features: supportedRanges(),
    rack: broker.rack,
    logDirs: broker.directoryIds,
  });
}

/** Makes a registered broker available. */
export function unfenceRecord(nodeId: number, brokerEpoch: number): Buffer {
  return registrationChange(nodeId, brokerEpoch, { fenced: UNFENCE, cordonedLogDirs: [] });
}

/** Notes that a broker may not lead any more. */
export function fenceRecord(nodeId: number, brokerEpoch: number): Buffer {
  return registrationChange(nodeId, brokerEpoch, { fenced: FENCE });
}

/** Notes that a broker is about to stop (BrokerRegistrationInControlledShutdownChange). */
export function shutdownRecord(nodeId: number, brokerEpoch: number): Buffer {
  return registrationChange(nodeId, brokerEpoch, { inControlledShutdown: 1 });
}

/** Notes which log directories of a broker are left. */
export function directoriesRecord({ id, epoch }: BrokerImage, logDirs: readonly string[]): Buffer {
  return registrationChange(id, epoch, { logDirs });
}

function registrationChange(
  brokerId: number,
  brokerEpoch: number,
  change: {
    fenced?: number;
    inControlledShutdown?: number;
    logDirs?: readonly string[];
    cordonedLogDirs?: readonly string[];
  },
): Buffer {
  return encodeMetadataRecord(Records.brokerRegistrationChange, {
    ...{ brokerId, brokerEpoch, fenced: 0, inControlledShutdown: 0, logDirs: [], cordonedLogDirs: null },
    ...change,
  });
}

/** Forgets a broker. */
export function unregisterRecord({ id, epoch }: BrokerImage): Buffer {
  return encodeMetadataRecord(Records.unregisterBroker, { brokerId: id, brokerEpoch: epoch });
}
