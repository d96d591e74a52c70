// COMMIT and ABORT markers, as the coordinator and WriteTxnMarkers have them written (KafkaApis.handleWriteTxnMarkersRequest).

import { LogError } from '../../log/errors.ts';
import { ErrorCode } from '../../protocol/errors.ts';
import { buildEndTxnMarker } from '../../protocol/records/control.ts';
import type { BrokerCore } from '../broker-core.ts';
import type { GroupCoordinator } from '../groups/group-coordinator.ts';
import { hostedPartition } from '../hosted-partition.ts';
import { InternalTopic } from '../metadata/internal-topics.ts';
import type { ProducerIdAndEpoch, TopicPartition } from './transaction.ts';

export interface TxnMarker extends ProducerIdAndEpoch {
  readonly committed: boolean;
  readonly coordinatorEpoch: number;
  /** From 2 on a marker must bring a higher epoch than the producer's (KIP-1228). */
  readonly transactionVersion: number;
}

export interface MarkerParts extends Pick<BrokerCore, 'nodeId' | 'clock' | 'logs' | 'metadata'> {
  readonly groups: Pick<GroupCoordinator, 'transactionEnded'>;
}

/** Where the leaders of partitions are found. */
export interface Leaders extends Pick<BrokerCore, 'metadata'> {
  readonly peers: {
    /** One that runs. */
    running(nodeId: number): MarkerParts | undefined;
  };
}

/** NO_PRODUCER_ID, NO_PRODUCER_EPOCH. */
const NOBODY = -1;

/** Has the leader of a partition write the marker; NOT_LEADER_OR_FOLLOWER while there is none. */
export function writeMarkerAtLeader({ metadata, peers }: Leaders, place: TopicPartition, marker: TxnMarker): number {
  const image = metadata.topic(place.topic)?.partitions[place.partition];
  if (image === undefined) return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
  const leader = peers.running(image.leader);
  return leader === undefined ? ErrorCode.NOT_LEADER_OR_FOLLOWER : writeMarker(leader, place, marker);
}

/** Ends a transaction in a partition; in `__consumer_offsets` its offsets count from here on. Returns the error code. */
export function writeMarker(parts: MarkerParts, { topic, partition }: TopicPartition, marker: TxnMarker): number {
  const found = hostedPartition(parts, parts.metadata.topic(topic), partition);
  if (typeof found === 'number') return found;
  // Kafka's builder of batches refuses these two, which no branch of the handler expects.
  if (marker.producerId === NOBODY || marker.producerEpoch === NOBODY) return ErrorCode.UNKNOWN_SERVER_ERROR;
  const nowMs = parts.clock.nowMs();
  const { producerId, producerEpoch, coordinatorEpoch, committed, transactionVersion } = marker;
  const type = committed ? 'COMMIT' : 'ABORT';
  const batch = buildEndTxnMarker({ type, producerId, producerEpoch, coordinatorEpoch, timestampMs: nowMs });
  try {
    const { leaderEpoch } = found.image;
    found.log.append(batch, { leaderEpoch, nowMs, origin: 'coordinator', transactionVersion });
  } catch (error) {
    if (!(error instanceof LogError)) throw error;
    return error.code;
  }
  if (topic === InternalTopic.CONSUMER_OFFSETS) parts.groups.transactionEnded(partition, producerId, committed);
  return ErrorCode.NONE;
}
