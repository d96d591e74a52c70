// AddOffsetsToTxn, v0-4: the offsets of a group become part of a transaction, that is, its partition of `__consumer_offsets`.
// v2: PRODUCER_FENCED.  v3: flexible.  v4: TRANSACTION_ABORTABLE (KIP-890).
// Follows kafka.server.KafkaApis.handleAddOffsetsToTxnRequest.
import { ErrorCode } from '../../protocol/errors.ts';
import { AddOffsetsToTxn } from '../../protocol/messages/add-offsets-to-txn.ts';
import { InternalTopic } from '../metadata/internal-topics.ts';
import { defineHandler } from './define.ts';
import { producerErrorOf } from './producer-fenced.ts';

const PRODUCER_FENCED_VERSION = 2;

export const addOffsetsToTxnHandler = defineHandler(AddOffsetsToTxn, (request, { services, apiVersion }) => {
  const { transactionalId, groupId, producerId, producerEpoch } = request;
  try {
    const partition = services.groups.statePartitionFor(groupId);
    const partitions = [{ topic: InternalTopic.CONSUMER_OFFSETS, partition }];
    services.transactions.addPartitions(transactionalId, {
      producerId,
      producerEpoch,
      partitions,
      transactionVersion: 0,
    });
    return { throttleTimeMs: 0, errorCode: ErrorCode.NONE };
  } catch (error) {
    return { throttleTimeMs: 0, errorCode: producerErrorOf(error, apiVersion >= PRODUCER_FENCED_VERSION) };
  }
});
