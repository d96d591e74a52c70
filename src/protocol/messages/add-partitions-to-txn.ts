// AddPartitionsToTxn: register partitions with a transaction. v4 batches, between brokers only (KIP-890).
import { api, array, bool, int16, int32, int64, type RequestOf, type ResponseOf, string } from '../schema.ts';

const addPartitionsToTxnTopic = { name: string, partitions: array(int32) };
const addPartitionsToTxnPartitionResult = { partitionIndex: int32, partitionErrorCode: int16 };
const addPartitionsToTxnTopicResult = { name: string, resultsByPartition: array(addPartitionsToTxnPartitionResult) };

export const AddPartitionsToTxn = api({
  name: 'AddPartitionsToTxn',
  key: 24,
  versions: [0, 5],
  flexible: 3,
  request: {
    transactions: array({
      transactionalId: string.since(4),
      producerId: int64.since(4),
      producerEpoch: int16.since(4),
      verifyOnly: bool.since(4).default(false),
      topics: array(addPartitionsToTxnTopic).since(4),
    }).since(4),
    v3AndBelowTransactionalId: string.until(3),
    v3AndBelowProducerId: int64.until(3),
    v3AndBelowProducerEpoch: int16.until(3),
    v3AndBelowTopics: array(addPartitionsToTxnTopic).until(3),
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16.since(4),
    resultsByTransaction: array({
      transactionalId: string.since(4),
      topicResults: array(addPartitionsToTxnTopicResult).since(4),
    }).since(4),
    resultsByTopicV3AndBelow: array(addPartitionsToTxnTopicResult).until(3),
  },
});

export interface AddPartitionsToTxnRequest extends RequestOf<typeof AddPartitionsToTxn> {}
export interface AddPartitionsToTxnResponse extends ResponseOf<typeof AddPartitionsToTxn> {}
