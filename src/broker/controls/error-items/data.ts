// Records and offsets of partitions, and the transactions around them.
import type { ItemTable } from './items.ts';

const partitionIndexes = (partitions: readonly number[]) => partitions.map((partitionIndex) => ({ partitionIndex }));
const indexOnly = ({ partitionIndex }: { partitionIndex: number }) => ({ partitionIndex });

export const dataItems: ItemTable = {
  Produce: ({ topicData }) => ({
    responses: topicData.map(({ name, topicId, partitionData }) => ({
      name,
      topicId,
      partitionResponses: partitionData.map(({ index }) => ({ index, baseOffset: -1 })),
    })),
  }),
  ListOffsets: ({ topics }) => ({
    topics: topics.map(({ name, partitions }) => ({ name, partitions: partitions.map(indexOnly) })),
  }),
  OffsetForLeaderEpoch: ({ topics }) => ({
    topics: topics.map(({ topic, partitions }) => ({
      topic,
      partitions: partitions.map(({ partition }) => ({ partition })),
    })),
  }),
  DeleteRecords: ({ topics }) => ({
    topics: topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, lowWatermark: -1 })),
    })),
  }),
  DescribeProducers: ({ topics }) => ({
    topics: topics.map(({ name, partitionIndexes: indexes }) => ({ name, partitions: partitionIndexes(indexes) })),
  }),
  InitProducerId: () => ({ producerEpoch: -1 }),
  AddPartitionsToTxn: ({ v3AndBelowTopics }) => ({
    resultsByTopicV3AndBelow: v3AndBelowTopics.map(({ name, partitions }) => ({
      name,
      resultsByPartition: partitionIndexes(partitions),
    })),
  }),
  TxnOffsetCommit: ({ topics }) => ({
    topics: topics.map(({ name, partitions }) => ({ name, partitions: partitions.map(indexOnly) })),
  }),
  WriteTxnMarkers: ({ markers }) => ({
    markers: markers.map(({ producerId, topics }) => ({
      producerId,
      topics: topics.map(({ name, partitionIndexes: indexes }) => ({ name, partitions: partitionIndexes(indexes) })),
    })),
  }),
  DescribeTransactions: ({ transactionalIds }) => ({
    transactionStates: transactionalIds.map((transactionalId) => ({ transactionalId })),
  }),
};
