import type { KafkaError } from '../../protocol/errors.ts';
import { DeleteRecords } from '../../protocol/messages/delete-records.ts';
import type { Broker } from '../broker-link.ts';
import type { Cluster } from '../cluster.ts';
import { byTopic, partitionKey } from './by-topic.ts';
import { askLeaders } from './leaders.ts';
import { errorField } from './outcomes.ts';
import type { CallOptions, DeletedRecords, RecordsToDelete } from './types.ts';

/** @see Admin.deleteRecords */
export function deleteRecords(
  cluster: Cluster,
  requests: readonly RecordsToDelete[],
  { timeoutMs }: CallOptions = {},
): Promise<DeletedRecords[]> {
  const send = async (broker: Broker, share: readonly RecordsToDelete[]): Promise<DeletedRecords[]> => {
    const response = await broker.send(DeleteRecords, {
      topics: byTopic(share, ({ partition, beforeOffset }) => ({ partitionIndex: partition, offset: beforeOffset })),
      timeoutMs: cluster.settings.requestTimeoutMs,
    });
    const answers = new Map<string, DeletedRecords>();
    for (const { name, partitions } of response.topics) {
      for (const { partitionIndex, lowWatermark, errorCode } of partitions) {
        const answer = { topic: name, partition: partitionIndex, lowWatermark, ...errorField(errorCode) };
        answers.set(partitionKey(name, partitionIndex), answer);
      }
    }
    return share.flatMap(({ topic, partition }) => answers.get(partitionKey(topic, partition)) ?? []);
  };
  const failed = ({ topic, partition }: RecordsToDelete, error: KafkaError): DeletedRecords => ({
    topic,
    partition,
    lowWatermark: -1,
    error,
  });
  return askLeaders(cluster, 'deleteRecords', requests, send, failed, timeoutMs);
}
