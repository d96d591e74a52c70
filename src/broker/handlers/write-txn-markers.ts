// WriteTxnMarkers, v1-2: ends transactions in partitions; what `kafka-transactions abort` sends.
// v1: flexible.  v2: the transaction's version (KIP-1228).
// Follows kafka.server.KafkaApis.handleWriteTxnMarkersRequest.
import { WriteTxnMarkers } from '../../protocol/messages/write-txn-markers.ts';
import { writeMarker } from '../transactions/markers.ts';
import { defineHandler } from './define.ts';

export const writeTxnMarkersHandler = defineHandler(WriteTxnMarkers, (request, { services }) => ({
  markers: request.markers.map(({ topics, transactionResult, ...marker }) => ({
    producerId: marker.producerId,
    topics: topics.map(({ name, partitionIndexes }) => ({
      name,
      partitions: partitionIndexes.map((partitionIndex) => {
        const place = { topic: name, partition: partitionIndex };
        return { partitionIndex, errorCode: writeMarker(services, place, { ...marker, committed: transactionResult }) };
      }),
    })),
  })),
}));
