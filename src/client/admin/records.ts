import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { DeleteRecords } from '../../protocol/messages/delete-records.ts';
import type { Broker } from '../broker-link.ts';
import type { Cluster } from '../cluster.ts';
import { byTopic, partitionKey } from './by-topic.ts';
import { askLeaders, untilKnown } from './leaders.ts';
import { errorField } from './outcomes.ts';
import type { CallOptions, DeletedRecords, RecordsToDelete } from './types.ts';

/** @see Admin.deleteRecords */
export function deleteRecords(
  cluster: Cluster,
  requests: readonly RecordsToDelete[],
  { timeoutMs = cluster.settings.defaultApiTimeoutMs }: CallOptions = {},
): Promise<DeletedRecords[]> {
  const ask = (open: readonly RecordsToDelete[], leftMs: number) =>
    askLeaders(cluster, 'deleteRecords', open, sendTo(cluster), failed, leftMs);
  return untilKnown(cluster, 'deleteRecords', requests, { ask, failed, isUnknown, timeoutMs });
}

const sendTo =
  ({ settings }: Cluster) =>
  async (broker: Broker, share: readonly RecordsToDelete[]): Promise<DeletedRecords[]> => {
    const response = await broker.send(DeleteRecords, {
      topics: byTopic(share, ({ partition, beforeOffset }) => ({ partitionIndex: partition, offset: beforeOffset })),
      timeoutMs: settings.requestTimeoutMs,
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

function failed({ topic, partition }: RecordsToDelete, error: KafkaError): DeletedRecords {
  const answer = { topic, partition, lowWatermark: -1 };
  if (error.code !== ErrorCode.INVALID_TOPIC_EXCEPTION) return { ...answer, error };
  const message = `Failed to fetch metadata for partition ${topic}-${partition} due to invalid topic \`${topic}\``;
  return { ...answer, error: new KafkaError(error.code, message) };
}

/** A partition that may still be made: Kafka's client asks for its leader until time is up. */
const isUnknown = ({ error }: DeletedRecords): boolean => error?.code === ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
