// DescribeProducers, v0 (KIP-664): the producers that partitions remember, with their open transactions.
// Follows kafka.server.KafkaApis.handleDescribeProducersRequest and ReplicaManager.activeProducerState.
import type { ProducerInfo } from '../../log/partition-log.ts';
import { ErrorCode } from '../../protocol/errors.ts';
import { DescribeProducers } from '../../protocol/messages/describe-producers.ts';
import { whyInvalidTopicName } from '../../util/topic-name.ts';
import { hostedPartition } from '../hosted-partition.ts';
import type { Services } from '../services.ts';
import { defineHandler } from './define.ts';
import { plainFailure } from './failures.ts';

export const describeProducersHandler = defineHandler(DescribeProducers, (request, { services }) => ({
  throttleTimeMs: 0,
  topics: request.topics.map(({ name, partitionIndexes }) => ({
    name,
    partitions: partitionIndexes.map((partitionIndex) => ({
      partitionIndex,
      ...describe(services, name, partitionIndex),
    })),
  })),
}));

function describe(services: Services, name: string, partitionIndex: number) {
  const invalid = whyInvalidTopicName(name);
  if (invalid !== undefined) {
    return { errorCode: ErrorCode.INVALID_TOPIC_EXCEPTION, errorMessage: invalid, activeProducers: [] };
  }
  const topic = services.metadata.topic(name);
  if (topic === undefined) return { ...plainFailure(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION), activeProducers: [] };
  const found = hostedPartition(services, topic, partitionIndex, true);
  if (typeof found === 'number') return { errorCode: found, errorMessage: null, activeProducers: [] };
  return { errorCode: ErrorCode.NONE, activeProducers: found.log.producerStates().map(producerOf) };
}

function producerOf(producer: ProducerInfo) {
  return {
    producerId: producer.producerId,
    producerEpoch: producer.epoch,
    lastSequence: producer.lastSequence,
    lastTimestamp: producer.lastTimestamp,
    coordinatorEpoch: producer.coordinatorEpoch,
    currentTxnStartOffset: producer.currentTxnFirstOffset,
  };
}
