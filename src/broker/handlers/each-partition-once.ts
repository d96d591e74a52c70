// Kafka keeps the partitions of a Produce request in a map: of a partition that is there twice the last data count, and a
// topic without partitions is not in the answer (KafkaApis.handleProduceRequest).
import type { ProduceRequest } from '../../protocol/messages/produce.ts';

type Topic = ProduceRequest['topicData'][number];

/** The topics with each partition once; the list itself where one topic has one partition, as nearly always. */
export function eachPartitionOnce(topics: readonly Topic[]): readonly Topic[] {
  if (topics.length === 1 && topics[0]!.partitionData.length === 1) return topics;
  const byTopic = new Map<string, { topic: Topic; partitions: Map<number, Topic['partitionData'][number]> }>();
  for (const topic of topics) {
    const key = `${topic.topicId} ${topic.name}`;
    const known = byTopic.get(key) ?? { topic, partitions: new Map() };
    for (const data of topic.partitionData) known.partitions.set(data.index, data);
    if (known.partitions.size > 0) byTopic.set(key, known);
  }
  return [...byTopic.values()].map(({ topic, partitions }) => ({ ...topic, partitionData: [...partitions.values()] }));
}
